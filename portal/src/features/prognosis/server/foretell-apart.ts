import { openThread, type Thread } from '#platform/server'
import type { Foretold, IndexChange, Life, LifeModel, TrendForecast } from '../core/index.ts'

/** What a model says at a step of a life, or when the health index falls to a limit. until: ms since 1970 */
export type ForetellingOrder =
  | { by: 'model'; model: LifeModel; life: Life; step: number }
  | { by: 'trend'; changes: IndexChange[]; until: number; limit: number }

export type Foretelling = Foretold | TrendForecast

export interface Foreteller {
  byModel(order: { model: LifeModel; life: Life; step: number }): Promise<Foretold>
  byTrend(order: { changes: IndexChange[]; until: number; limit: number }): Promise<TrendForecast>
  close(): Promise<void>
}

/** A thread that foretells. Only one at a time may ask it. */
export function openForeteller(): Foreteller {
  const thread: Thread<ForetellingOrder, Foretelling> = openThread(new URL('./foretell-worker.ts', import.meta.url), {
    megabytes: 400,
  })
  return {
    byModel: order => thread.ask({ by: 'model', ...order }) as Promise<Foretold>,
    byTrend: order => thread.ask({ by: 'trend', ...order }) as Promise<TrendForecast>,
    close: () => thread.close(),
  }
}
