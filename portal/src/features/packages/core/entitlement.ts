/**
 * Of an entitlement. requested: the customer has asked. granted: it begins later. running: it opens what it says. expiring: it does, and ends
 * soon. expired: its time is over. ended: taken back, declined or ended by a sale before its time was over.
 */
export const entitlementStatuses = ['requested', 'granted', 'running', 'expiring', 'expired', 'ended'] as const
export type EntitlementStatus = (typeof entitlementStatuses)[number]

export const entitlementKinds = ['trial', 'granted', 'renewed'] as const
export type EntitlementKind = (typeof entitlementKinds)[number]

export const entitlementTransitions: Record<EntitlementStatus, readonly EntitlementStatus[]> = {
  requested: ['granted', 'running', 'expiring', 'ended'],
  granted: ['running', 'expiring', 'ended'],
  running: ['expiring', 'ended'],
  expiring: ['expired', 'ended'],
  expired: [],
  ended: [],
}

/** Days before its end at which a customer is told. A trial, which is short, is spoken of once. */
export const noticeDays: Record<EntitlementKind, readonly number[]> = { trial: [3], granted: [30, 7], renewed: [30, 7] }

export interface EntitlementTimes {
  kind: EntitlementKind
  grantedAt: Date | null
  from: Date | null
  until: Date | null
  endedAt: Date | null
}

const dayMs = 86_400_000

/** How an entitlement stands at a moment: by its times alone, so that no job that is late opens anything for longer. */
export function statusOf({ kind, grantedAt, from, until, endedAt }: EntitlementTimes, now: Date): EntitlementStatus {
  if (endedAt !== null) return 'ended'
  if (grantedAt === null || from === null || until === null) return 'requested'
  if (now >= until) return 'expired'
  if (now < from) return 'granted'
  return until.getTime() - now.getTime() <= noticeDays[kind][0]! * dayMs ? 'expiring' : 'running'
}

/** Whether it opens what it says. */
export const isInForce = (status: EntitlementStatus): boolean => status === 'running' || status === 'expiring'

/** Whether it can be ended before its time is over. */
export const mayEnd = (status: EntitlementStatus): boolean => entitlementTransitions[status].includes('ended')

/**
 * The smallest of the notices that is due and was not given yet, in days before the end; 0: that it is over; null: none.
 * told: the last one that was given
 */
export function noticeDue(times: EntitlementTimes, told: number | null, now: Date): number | null {
  const status = statusOf(times, now)
  const due =
    status === 'expired'
      ? 0
      : isInForce(status)
        ? noticeDays[times.kind].findLast(days => times.until!.getTime() - now.getTime() <= days * dayMs)
        : undefined
  return due !== undefined && (told === null || due < told) ? due : null
}

/** When a term that is granted now begins: behind what is in force of the same package, so that no paid or tried day is lost. */
export const beginOf = (now: Date, heldUntil: readonly Date[]): Date =>
  new Date(Math.max(now.getTime(), ...heldUntil.map(until => until.getTime())))

/** So many months later at the same time of day; where that month has no such day, on its last. UTC. */
export function monthsLater(from: Date, months: number): Date {
  const there = new Date(from)
  there.setUTCDate(1)
  there.setUTCMonth(there.getUTCMonth() + months)
  const last = new Date(Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + 1, 0)).getUTCDate()
  there.setUTCDate(Math.min(from.getUTCDate(), last))
  return there
}
