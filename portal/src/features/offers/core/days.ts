const dayMs = 24 * 60 * 60_000

/** The day it is at that moment in the zone (IANA), YYYY-MM-DD. */
export const dayIn = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** The moment at which a day (YYYY-MM-DD) is over in the zone. */
export function endOfDay(day: string, zone: string): Date {
  const midnight = Date.parse(`${addDays(day, 1)}T00:00:00Z`)
  // the offset there, found from the offset here: they differ only around a change of the clocks
  const first = midnight - offsetAt(new Date(midnight), zone)
  return new Date(midnight - offsetAt(new Date(first), zone))
}

/** Milliseconds by which the clocks of the zone are ahead of UTC. */
function offsetAt(at: Date, zone: string): number {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second) - at.getTime()
}
