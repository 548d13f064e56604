import { Worker } from 'node:worker_threads'
import type { Judgement, Life, LifeModel, LifeSettings, Refusal, Score } from '../core/index.ts'

export interface TrainingOrder {
  lives: Life[]
  settings: LifeSettings
  /** the model that runs, to be compared with */
  running: { model: LifeModel; scores: Score[] } | null
}

export interface Trained {
  model: LifeModel
  scores: Score[]
  judgement: Judgement
  refusals: Refusal[]
}

export type TrainingSaid = { progress: number } | { answer: Trained }

/** The job library gives a job up after 300 s. */
const patience = { ms: 280_000, memory: 1200 }

/** Trains in a thread of its own, bounded in time and memory. null: it took too long or too much. Ends at once when `signal` says so. */
export function trainApart(order: TrainingOrder, tell: (progress: number) => void, signal: AbortSignal): Promise<Trained | null> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train-worker.ts', import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: patience.memory },
    })
    const end = () => {
      resolve(null)
      void worker.terminate()
    }
    const tooLate = setTimeout(end, patience.ms)
    signal.addEventListener('abort', end)
    worker.on('message', (said: TrainingSaid) => ('answer' in said ? resolve(said.answer) : tell(said.progress)))
    worker.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(null) : reject(error),
    )
    worker.once('exit', () => {
      clearTimeout(tooLate)
      signal.removeEventListener('abort', end)
      resolve(null)
    })
  })
}
