import { parentPort, workerData } from 'node:worker_threads'
import { compileAccepted, counterOf, type Model, writeCounter } from '@fettle/engine'

/** What a configurator would load for the one number that it tells; bytes. */
const largest = 200_000

const counter = counterOf(compileAccepted(workerData as Model))
// Bounds may hold on to one selection, and say "at least one" after a choice against it.
const bytes = counter.status === 'exact' ? writeCounter(counter) : new Uint8Array()
parentPort!.postMessage({ answer: bytes.length > largest ? new Uint8Array() : bytes })
