/** A day of the calendar, '2026-11-26'. Sorts as text. */
export type Day = string

/** Both ends belong to it. */
export interface Span {
  from: Day
  to: Day
}

const dayMs = 24 * 60 * 60_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** The day it is at a moment by the clock on the wall in a zone (IANA). */
export function dayIn(at: Date, timeZone: string): Day {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv', { timeZone })
  formats.set(timeZone, format)
  return format.format(at)
}

const numberOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / dayMs
const dayOf = (number: number): Day => new Date(number * dayMs).toISOString().slice(0, 10)

export const addDays = (day: Day, days: number): Day => dayOf(numberOf(day) + days)

/** Days of a span; of one that ends before it begins none. */
export const daysIn = ({ from, to }: Span): number => Math.max(0, numberOf(to) - numberOf(from) + 1)

/** Monday of its week (ISO 8601). */
export const mondayOf = (day: Day): Day => addDays(day, -((((numberOf(day) + 3) % 7) + 7) % 7))

/** First day of the month so many months after that of the day. */
export function monthFrom(day: Day, months: number): Day {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
}

/** First day of its quarter. */
export const quarterOf = (day: Day): Day => monthFrom(day, -((Number(day.slice(5, 7)) - 1) % 3))

/** Whether there is such a day. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(numberOf(text)) && dayOf(numberOf(text)) === text
