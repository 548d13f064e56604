/** Days before the end of a certificate on which whoever can renew it is told, once each. */
export const reminderDays = [30, 7, 1] as const
export type ReminderDays = (typeof reminderDays)[number]

const dayMs = 86_400_000

/** The reminder that is due now, the last that has come; null: none yet, or it has ended. */
export function reminderDue(endsAt: Date, now: Date): ReminderDays | null {
  const left = endsAt.getTime() - now.getTime()
  if (left <= 0) return null
  return reminderDays.findLast(days => left <= days * dayMs) ?? null
}
