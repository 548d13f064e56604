/** The value below which a share of the numbers lies, between neighbours by a straight line. NaN where there are none. */
export function quantile(numbers: ArrayLike<number>, share: number): number {
  return quantileOfSorted(Float64Array.from(numbers).sort(), share)
}

/** The same of numbers that are in order already. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (place - below)
}

export const median = (numbers: ArrayLike<number>): number => quantile(numbers, 0.5)
