import { type Condition, meets, type Signal } from './signal.ts'

export const dueStates = ['overdue', 'due', 'soon', 'later', 'unknown'] as const
/** Most pressing first. unknown: neither a day nor a counter to reckon from. */
export type DueState = (typeof dueStates)[number]

/** When a task comes round: by time, by a counter and by a condition, whichever is first. */
export interface Rhythm {
  everyMonths: number | null
  /** metric: one that only counts up, such as the hours of the spindle; every: in its unit */
  counter: { metric: string; every: number } | null
  condition: Condition | null
}

/** From what a reader reckons. */
export interface Basis {
  /** YYYY-MM-DD: the first day of the machine that he knows; null: not known */
  since: string | null
  /** whether he knows the machine from its first day: then what he does not see was not done */
  fromNew: boolean
  /** when it was done last, as far as he may know */
  last: { on: string; counter: number | null } | null
  /** what the counter says now; null: not known */
  counter: number | null
  /** what the machine shows now */
  signals: readonly Signal[]
  /** YYYY-MM-DD */
  today: string
}

export interface Due {
  state: DueState
  /** by time: YYYY-MM-DD */
  on: string | null
  /** by the counter: what it will say */
  at: number | null
  /** what makes it due by its condition */
  because: Signal | null
}

/** When a task is due next, and how pressing that is. */
export function dueOf(rhythm: Rhythm, basis: Basis): Due {
  const on = dayDue(rhythm, basis)
  const at = counterDue(rhythm, basis)
  const because = basis.signals.find(signal => rhythm.condition !== null && meets(rhythm.condition, signal)) ?? null
  const states: DueState[] = [
    on === null ? 'unknown' : byTime(daysBetween(basis.today, on), rhythm.everyMonths!),
    at === null || basis.counter === null ? 'unknown' : byCounter(at - basis.counter, rhythm.counter!.every),
    because ? 'due' : rhythm.condition ? 'later' : 'unknown',
  ]
  return { state: dueStates.find(state => states.includes(state))!, on, at, because }
}

function dayDue({ everyMonths }: Rhythm, { last, since }: Basis): string | null {
  const from = last?.on ?? since
  return everyMonths === null || from === null ? null : monthsAfter(from, everyMonths)
}

/** Who does not know what was done before takes the manufacturer's rhythm from new: the next whole multiple. */
function counterDue({ counter }: Rhythm, { last, fromNew, counter: now }: Basis): number | null {
  if (!counter) return null
  if (last) return last.counter === null ? null : last.counter + counter.every
  if (fromNew) return counter.every
  return now === null ? null : (Math.floor(now / counter.every) + 1) * counter.every
}

/** A monthly task is not announced a month ahead. */
const byTime = (left: number, months: number): DueState =>
  left < 0 ? 'overdue' : left === 0 ? 'due' : left <= Math.min(30, months * 5) ? 'soon' : 'later'

const byCounter = (left: number, every: number): DueState =>
  left < 0 ? 'overdue' : left === 0 ? 'due' : left <= every / 10 ? 'soon' : 'later'

/** So many months after a day; the last of the month where it is shorter. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** Days from one day to another, below zero where the second is before. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** Most pressing first; among equals the nearer day. */
export const byUrgency = (a: Pick<Due, 'state' | 'on'>, b: Pick<Due, 'state' | 'on'>): number =>
  dueStates.indexOf(a.state) - dueStates.indexOf(b.state) || (a.on ?? '9999').localeCompare(b.on ?? '9999')
