const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Lengths of steps that people think in, in milliseconds. */
const lengths = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map(count => count * second),
  ...[1, 2, 5, 10, 15, 30].map(count => count * minute),
  ...[1, 2, 3, 6, 12, 24].map(count => count * hour),
]

/** The shortest step by which a time has no more than so many of them, in milliseconds. */
export function stepFor(spanMs: number, points: number): number {
  const least = spanMs / points
  return lengths.find(length => length >= least) ?? Math.ceil(least / (24 * hour)) * 24 * hour
}
