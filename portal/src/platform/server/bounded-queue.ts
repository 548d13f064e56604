import { platformFailure } from './http-failures.ts'

export interface BoundedQueue {
  /** Does the work when its turn comes. Throws the 503 failure at once where too many wait already. */
  run<T>(work: () => Promise<T>): Promise<T>
  /** how many are at work, how many wait */
  state(): { working: number; waiting: number }
}

/** Work that takes much time or memory: so many at once, so many waiting, nobody else. */
export function boundedQueue({ atOnce, waiting: most }: { atOnce: number; waiting: number }): BoundedQueue {
  const waiting: (() => void)[] = []
  let working = 0
  return {
    state: () => ({ working, waiting: waiting.length }),
    async run(work) {
      if (working >= atOnce) {
        if (waiting.length >= most) throw platformFailure('overloaded', undefined, { extensions: { retryAfter: 5 } })
        await new Promise<void>(resolve => waiting.push(resolve)) // whoever ends hands his place on
      } else working++
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else working--
      }
    },
  }
}
