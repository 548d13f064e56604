import { clipped } from '../detection/order.ts'

/**
 * Of values of one metric in one way of use: how many, their mean, and the sum of squared distances from it. What the machine did not do while it
 * learned has a learning time of its own: days of it that are left, and the day of the last value; both are absent where it is known.
 */
export type Usual = [count: number, mean: number, squares: number, left?: number, day?: number]

/** What is usual, by way of use and metric. */
export type Baseline = Record<string, Record<string, Usual>>

/** values of a metric in a way of use from which on it can be judged there */
const enough = 30
/** ways of use that are told apart; what a machine does beyond is not learned */
const mostRegimes = 400

/** Takes a value in; wild ones move what is usual no farther than five deviations do. */
export function learnUsual(baseline: Baseline, regime: string, metric: string, value: number): void {
  if (!baseline[regime] && Object.keys(baseline).length >= mostRegimes) return
  baseline[regime] ??= {}
  baseline[regime][metric] ??= [0, 0, 0]
  const usual = baseline[regime][metric]
  const [count, mean, squares] = usual
  const taken = count < enough ? value : mean + clipped(value - mean, 5 * deviation(usual) + 1e-9)
  usual[0] = count + 1
  usual[1] = mean + (taken - mean) / (count + 1)
  usual[2] = squares + (taken - mean) * (taken - usual[1])
}

/** What the machine did not do while it learned: learned in days of its own, and known behind the last of them if there is enough of it. days: of its learning time */
export function learnLater(
  baseline: Baseline,
  { regime, metric, value, day, days }: { regime: string; metric: string; value: number; day: number; days: number },
): void {
  const usual = baseline[regime]?.[metric]
  const left = usual?.[3] ?? days
  const isNew = usual?.[4] !== day
  if (isNew && left === 0 && usual![0] >= enough) {
    usual!.length = 3
    return
  }
  learnUsual(baseline, regime, metric, value)
  const learned = baseline[regime]?.[metric]
  if (!learned) return
  learned[3] = isNew ? Math.max(0, left - 1) : left
  learned[4] = day
}

/** Whether a metric can be judged in a way of use. */
export const isKnown = (usual: Usual | undefined): boolean => usual !== undefined && usual[0] >= enough && usual[3] === undefined

/** In usual deviations, 8 at most, so that one wrong value does not speak for an hour; null: not enough is known of it. */
export function distanceFrom(baseline: Baseline, regime: string, metric: string, value: number): number | null {
  const usual = baseline[regime]?.[metric]
  if (!usual || usual[0] < enough) return null
  return clipped((value - usual[1]) / (deviation(usual) || Math.abs(usual[1]) / 100 || 1), 8)
}

function deviation([count, , squares]: Usual): number {
  return Math.sqrt(squares / Math.max(1, count - 1))
}
