export interface SessionLimits {
  /** without a request for so long a session ends */
  idleMinutes: number
  /** and after so long in any case */
  hours: number
}

interface Times {
  createdAt: Date
  /** null: not seen since it began */
  lastSeenAt: Date | null
}

/** When a session ends unless it is used before, and at the latest. */
export function sessionEnd({ createdAt, lastSeenAt }: Times, { idleMinutes, hours }: SessionLimits): Date {
  const idle = (lastSeenAt ?? createdAt).getTime() + idleMinutes * 60_000
  return new Date(Math.min(idle, createdAt.getTime() + hours * 60 * 60_000))
}
