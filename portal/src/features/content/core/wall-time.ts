/** '2026-12-01T09:00' by the clock on the wall in the zone (IANA), as the field of a form has it. */
export function wallTime(at: Date, timeZone: string): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...digits })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`
}

/** The moment at which that clock shows this; null: it is no such time. In an hour that comes twice, the first. */
export function momentOf(wall: string, timeZone: string): Date | null {
  const asUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall) ? Date.parse(`${wall}:00Z`) : Number.NaN
  if (Number.isNaN(asUtc) || wallTime(new Date(asUtc), 'UTC') !== wall) return null // 31 February too
  const offsetAt = (at: number) => Date.parse(`${wallTime(new Date(at), timeZone)}:00Z`) - at
  // what the offset is half a day before and after: one of the two is right, except in an hour that is left out
  const [before, after] = [asUtc - offsetAt(asUtc - 43_200_000), asUtc - offsetAt(asUtc + 43_200_000)]
  const right = [before, after].sort((a, b) => a - b).find(at => wallTime(new Date(at), timeZone) === wall)
  return new Date(right ?? before)
}

const digits = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
} as const satisfies Intl.DateTimeFormatOptions
