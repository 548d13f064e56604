/** How long readings are kept as they were measured, in months; null: without end. Later there are values by the hour. */
export type RetentionMonths = number | null

export const retentionLimits = {
  /** diagnosis learns of the last 90 days, reading by reading */
  least: 3,
  most: 120,
} as const

const day = 86_400_000

/** After it can come no more, what is old is left alone for so long: whatever of it was just being written is there then. */
const quiet = 2 * day

/**
 * The first of a month (UTC, in milliseconds since 1970) before which nothing is taken in any more: whole months go, so each reading is kept for
 * `months` at least.
 */
export function takenSince(now: Date, months: number): number {
  const ends = new Date(now)
  ends.setUTCDate(1)
  ends.setUTCHours(0, 0, 0, 0)
  ends.setUTCMonth(ends.getUTCMonth() - months)
  return ends.getTime()
}

/** The first of a month before which the nightly run leaves values by the hour alone. */
export const hourlyBefore = (now: Date, months: number): number => takenSince(new Date(now.getTime() - quiet), months)

/** At night in China, in UTC. */
export const nightlyRun = { hour: 18, minute: 41 } as const

/** No run takes up what was said less than this before it. */
const notice = 60 * 60_000

/** The run by which a shorter term holds that was set at a moment; until then it can be taken back. */
export function runAfter(since: Date): Date {
  const run = new Date(since.getTime() + notice)
  run.setUTCHours(nightlyRun.hour, nightlyRun.minute, 0, 0)
  return run.getTime() < since.getTime() + notice ? new Date(run.getTime() + day) : run
}

/** Whether less would be kept than before. */
export const isShorter = (months: RetentionMonths, before: RetentionMonths): boolean =>
  months !== null && (before === null || months < before)
