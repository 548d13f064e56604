/** Failed tries of one kind, counted under one key. */
export interface Failures {
  count: number
  last: Date
}

/** How many failures cost nothing, and how fast they are forgiven. */
export interface Brake {
  free: number
  /** seconds without a failure that forgive one */
  forgivesAfter: number
}

/**
 * What is slowed down when somebody guesses.
 * person: one account from one place: who mistypes five times waits seconds, who guesses waits minutes.
 * account: one account from all places its owner has never signed in at, so that many addresses do not help.
 * address: one place, whatever accounts, so that one password for everybody does not help. An office shares one.
 */
export const brakes = {
  person: { free: 5, forgivesAfter: 12 * 60 },
  account: { free: 20, forgivesAfter: 3 * 60 },
  address: { free: 30, forgivesAfter: 2 * 60 },
} as const satisfies Record<string, Brake>

const longestWait = 15 * 60
/** beyond this the wait grows no more, and neither does what must be forgiven */
const doublings = 10

/** What is left of the failures after the time since the last. */
export function unforgiven({ free, forgivesAfter }: Brake, failures: Failures | undefined, now: Date): number {
  if (!failures) return 0
  return Math.max(0, Math.min(failures.count, free + doublings) - Math.floor(secondsSince(failures, now) / forgivesAfter))
}

/** Seconds to wait before the next try: none for the free failures, then 2, 4, 8 … up to 15 minutes, counted from the last failure. */
export function waitSeconds(brake: Brake, failures: Failures | undefined, now: Date): number {
  const left = unforgiven(brake, failures, now)
  if (!failures || left < brake.free) return 0
  const wait = Math.min(2 ** (left - brake.free + 1), longestWait)
  return Math.max(0, Math.ceil(wait - secondsSince(failures, now)))
}

const secondsSince = ({ last }: Failures, now: Date): number => (now.getTime() - last.getTime()) / 1000
