import { type Channel, channels, type NoticeKind, type Urgency } from './notice.ts'

/** How somebody wants to be told. */
export interface NoticeSettings {
  channels: Readonly<Record<Urgency, readonly Channel[]>>
  kinds: readonly NoticeKind[]
  /** HH:MM by the clock of the zone; until before from: over midnight. null: none */
  quiet: { from: string; until: string } | null
  zone: string
}

/** How people of a side are told until they choose: customers see all that happens at their machines, staff what presses. */
export const usualSettings = (side: 'staff' | 'customer', zone: string): NoticeSettings => ({
  channels:
    side === 'customer'
      ? { critical: ['portal', 'mail'], high: ['portal', 'mail'], medium: ['portal'], low: ['portal'] }
      : { critical: ['portal', 'mail'], high: ['portal'], medium: [], low: [] },
  kinds: ['alarm', 'escalation', 'certificate', 'webhook-off'],
  quiet: null,
  zone,
})

/** By which ways a notice goes to somebody. Whoever is asked to step in is always shown it. */
export function channelsFor(settings: NoticeSettings, kind: NoticeKind, urgency: Urgency): Channel[] {
  if (!settings.kinds.includes(kind)) return []
  const chosen = settings.channels[urgency]
  return channels.filter(channel => chosen.includes(channel) || (kind === 'escalation' && channel === 'portal'))
}

/** When a notice may ring: at once, or when quiet hours are over. What is critical does not wait. */
export function ringsAt({ quiet, zone }: Pick<NoticeSettings, 'quiet' | 'zone'>, urgency: Urgency, now: Date): Date {
  if (!quiet || urgency === 'critical' || quiet.from === quiet.until) return now
  const until = minutesOf(quiet.until)
  let at = now.getTime()
  // the clock may be put forward or back meanwhile, so that one look is not enough
  for (let looks = 0; looks < 4 && isQuiet(quiet, minuteIn(zone, at)); looks++)
    at = Math.floor(at / 60_000) * 60_000 + ((until - minuteIn(zone, at) + 1440) % 1440) * 60_000
  return new Date(at)
}

function isQuiet({ from, until }: { from: string; until: string }, minute: number): boolean {
  const [begin, end] = [minutesOf(from), minutesOf(until)]
  return begin < end ? minute >= begin && minute < end : minute >= begin || minute < end
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** Minutes since midnight in a zone. */
function minuteIn(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const found = new Map(parts.formatToParts(at).map(({ type, value }) => [type, value]))
  return Number(found.get('hour')) * 60 + Number(found.get('minute'))
}
