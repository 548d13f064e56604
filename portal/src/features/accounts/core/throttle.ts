/** Failed tries of one account from one address. */
export interface Failures {
  count: number
  last: Date
}

const free = 5
const longestWait = 15 * 60
/** an hour without a failure forgets them all */
export const forgottenAfterSeconds = 60 * 60

/**
 * Seconds to wait before the next try: none for the first five failures, then 2, 4, 8 … up to 15 minutes,
 * counted from the last failure.
 */
export function waitSeconds(failures: Failures | undefined, now: Date): number {
  if (!failures || failures.count < free) return 0
  const since = (now.getTime() - failures.last.getTime()) / 1000
  if (since >= forgottenAfterSeconds) return 0
  const wait = Math.min(2 ** (failures.count - free + 1), longestWait)
  return Math.max(0, Math.ceil(wait - since))
}
