import { parentPort, workerData } from 'node:worker_threads'
import type { ImportProgress } from '../core/import-progress.ts'
import { type ModelFile, readModelFile } from './read-model-file.ts'

/** Nobody reads faster, and each message wakes the thread that serves visitors. ms */
const between = 150

let step = ''
let next = 0

const answer = await readModelFile(workerData as ModelFile, tell)
parentPort!.postMessage({ answer })

function tell(progress: ImportProgress): void {
  const now = performance.now()
  if (progress.step === step && now < next) return
  step = progress.step
  next = now + between
  parentPort!.postMessage({ progress })
}
