import { Worker } from 'node:worker_threads'

/** A thread that carries out orders one after the other, so that the portal answers meanwhile. */
export interface Thread<Order, Answer> {
  /** Rejects where the thread fails, or takes longer than it may; the next order gets a new one. */
  ask(order: Order): Promise<Answer>
  close(): Promise<void>
}

interface Bounds {
  /** of its memory */
  megabytes: number
  /** of one order; default two minutes */
  ms?: number
}

/** Begins with its first order. program: of the thread, which answers each message by one. Whoever asks waits for the answer before he asks again. */
export function openThread<Order, Answer>(program: URL, { megabytes, ms = 120_000 }: Bounds): Thread<Order, Answer> {
  let worker: Worker | null = null
  const end = async () => {
    const ending = worker
    worker = null
    await ending?.terminate()
  }
  return {
    async ask(order) {
      worker ??= new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: megabytes } })
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      const tooLong = setTimeout(() => reject(new Error(`${program.pathname} took longer than ${ms} ms`)), ms)
      worker.once('message', resolve).once('error', reject)
      try {
        worker.postMessage(order)
        return await promise
      } catch (error) {
        await end()
        throw error
      } finally {
        clearTimeout(tooLong)
        worker?.off('error', reject)
      }
    },
    close: end,
  }
}
