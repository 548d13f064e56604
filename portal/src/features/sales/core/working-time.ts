/** When somebody is there to answer. */
export interface WorkingTime {
  /** 1 Monday … 7 Sunday */
  days: readonly number[]
  /** minutes of the day */
  from: number
  to: number
}

const minuteMs = 60_000
const dayMinutes = 24 * 60

/**
 * Minutes of working time from one moment to a later one, 0 where it is not later; by the clock on the wall in the zone (IANA). Public
 * holidays are not known here; in the night clocks are put forward or back nobody works.
 */
export function workingMinutes(since: Date, until: Date, { days, from, to }: WorkingTime, timeZone: string): number {
  const [start, end] = [since, until].map(at => wallMinutes(at, timeZone)) as [number, number]
  let sum = 0
  for (let day = Math.floor(start / dayMinutes); day * dayMinutes < end; day++) {
    if (!days.includes(weekday(day))) continue
    const begins = Math.max(start, day * dayMinutes + from)
    const ends = Math.min(end, day * dayMinutes + to)
    if (ends > begins) sum += ends - begins
  }
  return sum
}

/** Minutes since 1970 by the clock on the wall. */
function wallMinutes(at: Date, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute) / minuteMs
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const numeric = 'numeric'
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
  })
  formats.set(timeZone, made)
  return made
}

/** Of a day since 1970-01-01, which was a Thursday. */
const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1
