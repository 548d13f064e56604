import { parentPort } from 'node:worker_threads'
import { type AnalysisOrder, analyse } from '../core/analyse.ts' // not its door: contracts would have to be read each time the thread starts

/** The thread in which records are computed: one after the other. */
parentPort!.on('message', (order: AnalysisOrder) => parentPort!.postMessage(analyse(order)))
