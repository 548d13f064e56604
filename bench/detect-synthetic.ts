import { detectionThreshold } from '../portal/src/features/diagnosis/core/index.ts'
import { type Detector, portalDetector, windowedGaussian } from './detectors.ts'
import { type Measure, round } from './harness.ts'
import { bestThreshold, type Costs, normalised, rawScore, type Scored } from './nab-scoring.ts'
import { type Signal, signalsOf, worlds } from './synthetic-signals.ts'

/** NAB's standard profile */
const costs: Costs = { tpWeight: 1, fpWeight: 0.11, fnWeight: 1 }
const seeds = { development: [1, 2, 3, 4, 5, 6, 7, 8], holdout: [201, 202, 203, 204, 205, 206, 207, 208] }

/**
 * The detector of the portal on signals of which the truth is known, scored as NAB scores its files: worlds by which it was made, and others that were
 * kept for judging it.
 */
export async function synthetic(): Promise<Measure[]> {
  return (Object.keys(worlds) as (keyof typeof worlds)[]).flatMap(part => {
    const signals = signalsOf(part, seeds[part])
    const gaussian = judged(signals, windowedGaussian)
    const ours = judged(signals, portalDetector)
    const score = (scored: readonly Judged[], threshold: number) => {
      const windows = scored.reduce((sum, one) => sum + one.windows.length, 0)
      return round(normalised(rawScore(scored, costs, threshold), windows, costs))
    }
    const measure = (name: string, scored: readonly Judged[]) => ({
      case: name,
      metric: 'score, own threshold',
      value: score(scored, detectionThreshold),
      unit: 'of 100',
    })
    const peer = { name: 'windowed Gaussian', value: score(gaussian, bestThreshold(gaussian, costs).threshold) }
    return [
      { ...measure(part, ours), note: `${signals.length} signals`, peer },
      ...Object.keys(worlds[part]).map(world =>
        measure(
          world,
          ours.filter(one => one.world === world),
        ),
      ),
    ]
  })
}

interface Judged extends Scored {
  world: string
}

function judged(signals: readonly Signal[], detector: Detector): Judged[] {
  return signals.map(({ name, world, rows, windows }) => ({
    ...{ name, world },
    stamps: rows.map((_, i) => String(i)),
    scores: detector(rows),
    windows: windows.map(([from, until]) => [String(from), String(until)] as const),
  }))
}
