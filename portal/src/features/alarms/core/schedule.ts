/** Hours of a week in a time zone. */
export interface Hours {
  /** 1 Monday to 7 Sunday */
  days: readonly number[]
  from: string
  until: string
  zone: string
}

/** Whether a moment lies in these hours. Hours that end before they begin belong to the day on which they begin. */
export function isWithin({ days, from, until, zone }: Hours, at: number): boolean {
  const { day, minute } = localTime(zone, at)
  const [begin, end] = [minutesOf(from), minutesOf(until)]
  const yesterday = day === 1 ? 7 : day - 1
  if (begin === end) return days.includes(day)
  if (begin < end) return days.includes(day) && minute >= begin && minute < end
  return (days.includes(day) && minute >= begin) || (days.includes(yesterday) && minute < end)
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

const formats = new Map<string, Intl.DateTimeFormat>()
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

function localTime(zone: string, at: number): { day: number; minute: number } {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    })
    formats.set(zone, format)
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return {
    day: weekdays.indexOf(parts.get('weekday')!) + 1,
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  }
}
