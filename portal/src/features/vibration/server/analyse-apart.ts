import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Analysis, AnalysisOrder } from '../core/index.ts'

export interface Analyst {
  /** Rejects where the thread fails: then it is of no more use. */
  analyse(order: AnalysisOrder): Promise<Analysis>
  close(): Promise<void>
}

/** A thread that computes spectra, so that the portal answers meanwhile; bounded in memory. */
export function openAnalyst(): Analyst {
  const worker = new Worker(new URL('./analyse-worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 200 } })
  return {
    async analyse(order) {
      const answer = once(worker, 'message') // rejects on its error
      worker.postMessage(order)
      return ((await answer) as [Analysis])[0]
    },
    async close() {
      await worker.terminate()
    },
  }
}
