/** Whole months from one day to another, both YYYY-MM-DD; 0 where the first is not before the second. */
export function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number)
  const [year = 0, month = 0, day = 0] = to.split('-').map(Number)
  return Math.max(0, (year - fromYear) * 12 + month - fromMonth - (day < fromDay ? 1 : 0))
}

/** How much of its expected life a component has behind it, by the calendar: 0 … 1 and more. null: not known */
export function spentLife(since: string | null, lifeMonths: number | null, today: string): number | null {
  if (since === null || lifeMonths === null) return null
  return monthsBetween(since, today) / lifeMonths
}

/** From here on a component is near the end of its expected life. */
export const nearEnd = 0.8
