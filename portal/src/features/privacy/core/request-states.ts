export const requestKinds = ['access', 'export', 'correction', 'erasure', 'withdrawal'] as const
export type RequestKind = (typeof requestKinds)[number]

export const requestStates = ['received', 'identity-checked', 'in-work', 'done', 'refused'] as const
export type RequestState = (typeof requestStates)[number]

/** Where a request may go from each state. Nothing is answered to somebody whose identity was not checked; what is closed stays closed. */
export const requestTransitions: Readonly<Record<RequestState, readonly RequestState[]>> = {
  received: ['identity-checked', 'refused'],
  'identity-checked': ['in-work', 'done', 'refused'],
  'in-work': ['done', 'refused'],
  done: [],
  refused: [],
}

export const mayMoveRequest = (from: RequestState, to: RequestState): boolean => requestTransitions[from].includes(to)

/** People a colleague erases within 24 hours alone; from the next on a second one has to approve. */
export const eraseAlone = 10

/** One month (GDPR article 12; within the 15 working days that PIPL practice expects is better): the same day next month, or its last. */
export function dueAfter(received: Date): Date {
  const due = new Date(received)
  const day = due.getUTCDate()
  due.setUTCMonth(due.getUTCMonth() + 1)
  if (due.getUTCDate() !== day) due.setUTCDate(0) // the month is shorter: its last day
  return due
}

/** Days from Monday to Friday after `now` until `due`; negative: so many days too late. Holidays are not known here. */
export function weekdaysLeft(due: Date, now: Date): number {
  const day = 24 * 60 * 60_000
  const [from, to] = [now, due].map(time => Math.floor(time.getTime() / day)) as [number, number]
  const step = to < from ? -1 : 1
  let count = 0
  for (let at = from; at !== to; at += step)
    if (![0, 6].includes(new Date((at + (step > 0 ? 1 : 0)) * day).getUTCDay())) count += step
  return count
}
