import type { Interval } from '@fettle/engine'

/**
 * The possible value nearest to the wish. From a value one wishes up or down, and a gap must not hold one back: the nearest value
 * in that direction is taken where there is one, even if the present value is nearer.
 */
export function nearestPossible(possible: readonly Interval[], wish: number, from: number): number {
  const direction = Math.sign(wish - from)
  const candidates = possible.map(({ min, max }) => Math.min(max, Math.max(min, wish)))
  const onward = candidates.filter(candidate => Math.sign(candidate - from) === direction)
  return (onward.length > 0 ? onward : candidates).reduce(
    (best, candidate) => (Math.abs(candidate - wish) < Math.abs(best - wish) ? candidate : best),
    (onward.length > 0 ? onward : candidates)[0] ?? from,
  )
}
