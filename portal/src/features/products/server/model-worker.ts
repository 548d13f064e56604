import { parentPort, workerData } from 'node:worker_threads'
import { type ModelFile, readModelFile } from './read-model-file.ts'

parentPort!.postMessage(await readModelFile(workerData as ModelFile))
