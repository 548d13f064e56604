/** Rounds how long somebody stayed: to 5 s below a minute, 30 s below ten minutes, 5 minutes up to two hours, the longest. 0 below 1 s. */
export function roundedSeconds(seconds: number): number {
  if (!(seconds >= 1)) return 0
  const step = seconds < 60 ? 5 : seconds < 600 ? 30 : 300
  return Math.min(7200, Math.max(step, Math.round(seconds / step) * step))
}

/** The value in the middle, where each stands for `amount` of them; the lower of two in the middle. null: there is none */
export function medianOf(values: readonly { value: number; amount: number }[]): number | null {
  const sorted = values.filter(({ amount }) => amount > 0).toSorted((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, { amount }) => sum + amount, 0) / 2
  let reached = 0
  for (const { value, amount } of sorted) {
    reached += amount
    if (reached >= half) return value
  }
  return null
}
