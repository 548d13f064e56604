import { openThread, type Thread } from '#platform/server'
import type { Analysis, AnalysisOrder } from '../core/index.ts'

export type Analyst = Thread<AnalysisOrder, Analysis>

/** A thread that computes spectra. */
export const openAnalyst = (): Analyst => openThread(new URL('./analyse-worker.ts', import.meta.url), { megabytes: 200 })
