import { clipped } from '../detection/order.ts'

/** Of values of one metric in one way of use: how many, their mean, and the sum of squared distances from it. */
export type Usual = [count: number, mean: number, squares: number]

/** What is usual, by way of use and metric. */
export type Baseline = Record<string, Record<string, Usual>>

/** values of a metric in a way of use from which on it can be judged there */
export const enough = 30

/** Takes a value in; wild ones move what is usual no farther than five deviations do. */
export function learnUsual(baseline: Baseline, regime: string, metric: string, value: number): void {
  baseline[regime] ??= {}
  baseline[regime][metric] ??= [0, 0, 0]
  const usual = baseline[regime][metric]
  const [count, mean, squares] = usual
  const taken = count < enough ? value : mean + clipped(value - mean, 5 * deviation(usual) + 1e-9)
  usual[0] = count + 1
  usual[1] = mean + (taken - mean) / (count + 1)
  usual[2] = squares + (taken - mean) * (taken - usual[1])
}

/** In usual deviations, 8 at most, so that one wrong value does not speak for an hour; null: not enough is known of it. */
export function distanceFrom(baseline: Baseline, regime: string, metric: string, value: number): number | null {
  const usual = baseline[regime]?.[metric]
  if (!usual || usual[0] < enough) return null
  return clipped((value - usual[1]) / (deviation(usual) || Math.abs(usual[1]) / 100 || 1), 8)
}

function deviation([count, , squares]: Usual): number {
  return Math.sqrt(squares / Math.max(1, count - 1))
}
