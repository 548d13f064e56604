import { parentPort, workerData } from 'node:worker_threads'
import { type ModelFile, readModelFile } from './read-model-file.ts'

parentPort!.postMessage(readModelFile(workerData as ModelFile))
