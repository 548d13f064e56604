import { addDays, type Day, daysIn, mondayOf, monthFrom, quarterOf, type Span } from './days.ts'

export const periodKinds = ['week', 'month', 'quarter', 'days'] as const
export type PeriodKind = (typeof periodKinds)[number]

/** What somebody wants to look at. */
export interface PeriodWish {
  period: PeriodKind
  /** a day in it; today unless given */
  at?: Day | undefined
  /** of `days` */
  from?: Day | undefined
  to?: Day | undefined
}

/** Longest span of one's own: three years and some. */
export const mostDays = 1100

/** A period as it is counted today. */
export interface Period {
  kind: PeriodKind
  /** from its first to its last day */
  whole: Span
  /** as far as it has come: to today where it is not over */
  counted: Span
  /** the same number of days of the period before, or all of it where this one is over */
  earlier: Span
}

/** Null where it has not begun. */
export function periodOf({ period, at, from, to }: PeriodWish, today: Day): Period | null {
  const day = at ?? today
  const whole = period === 'days' ? { from: from ?? addDays(today, -27), to: to ?? today } : calendar[period](day)
  if (whole.from > today || whole.from > whole.to) return null
  const over = whole.to <= today
  const counted = over ? whole : { from: whole.from, to: today }
  const before =
    period === 'days'
      ? { from: addDays(whole.from, -daysIn(whole)), to: addDays(whole.from, -1) }
      : calendar[period](addDays(whole.from, -1))
  const asFar = addDays(before.from, daysIn(counted) - 1)
  return { kind: period, whole, counted, earlier: over || asFar > before.to ? before : { from: before.from, to: asFar } }
}

const calendar: Record<Exclude<PeriodKind, 'days'>, (day: Day) => Span> = {
  week: day => ({ from: mondayOf(day), to: addDays(mondayOf(day), 6) }),
  month: day => ({ from: monthFrom(day, 0), to: addDays(monthFrom(day, 1), -1) }),
  quarter: day => ({ from: quarterOf(day), to: addDays(monthFrom(quarterOf(day), 3), -1) }),
}

/** Mondays of the weeks up to the one a day is in, the earliest first. */
export const weeksTo = (day: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, i) => addDays(mondayOf(day), -7 * (count - 1 - i)))

/** What happens in so many days where so much happens in a month of 30.44 days. */
export const inDays = (perMonth: number, days: number): number => (perMonth * days) / 30.44
