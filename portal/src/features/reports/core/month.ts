/** A month, '2026-10', of which a report tells. */
export type Month = string

/** The month of a day, YYYY-MM-DD. */
export const monthOf = (day: string): Month => day.slice(0, 7)

/** The month before that of a day, YYYY-MM-DD. */
export function monthBefore(day: string): Month {
  const [year, month] = day.split('-').map(Number) as [number, number]
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`
}

/** The first days, YYYY-MM-DD, of a month and of the one after it. */
export function daysOf(month: Month): { first: string; next: string } {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
  return { first: `${month}-01`, next: `${next}-01` }
}
