/** By linear interpolation between ordered values; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  if (sorted.length === 0) return Number.NaN
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (place - below)
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Standard deviation of a normal distribution with the same median distance from its median, which single wild values do not move. */
export function robustSpread(values: readonly number[]): number {
  const middle = median(values)
  return 1.4826 * median(values.map(value => Math.abs(value - middle)))
}

/** The value, or the end of -most to most that is nearer. */
export function clipped(value: number, most: number): number {
  return Math.max(-most, Math.min(most, value))
}
