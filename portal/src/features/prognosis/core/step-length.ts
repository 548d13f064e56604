import { median } from './quantiles.ts'

const hour = 3_600_000
const lengths = [1, 2, 4, 6, 12, 24, 48, 168].map(hours => hours * hour)

/** Length of a step in ms and horizon in steps for lives of these lengths (ms): about 200 steps to a life, and the last five eighths of it told apart. */
export function stepsFor(lives: readonly number[]): { stepMs: number; horizon: number } {
  const usual = median(lives)
  const stepMs = lengths.find(length => usual / length <= 250) ?? lengths.at(-1)!
  return { stepMs, horizon: Math.max(8, Math.round((0.625 * usual) / stepMs)) }
}
