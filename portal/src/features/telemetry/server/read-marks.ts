import { isVisible } from '#features/devices/core'
import { demandVisible, machinesToWatch, type VisibleInterval } from '#features/devices/server'
import type { Account, Platform } from '#platform/server'
import type { ChartMark, MarkWish } from '../core/index.ts'
import { demandSpan } from './wished-span.ts'

/** Something that happened at a machine. until: the same as `from` for a moment, null while it goes on */
export interface KnownMark extends Omit<ChartMark, 'from' | 'until'> {
  from: Date
  until: Date | null
}

/** Where marks come from: what happened at a machine in a time, at whatever time the reader may see it. */
export type MarkSource = (
  platform: Platform,
  deviceId: string,
  time: { from: Date; until: Date },
  reader: Account | null,
) => Promise<KnownMark[]>

/** The most recent are kept: beyond, marks hide the chart. */
const mostMarks = 300
const mostAlike = 100

/**
 * What happened at a machine in a time, of all sources. What began in a time that is not the account's is left out; what was still going on
 * when its time ended ends with it.
 */
export async function readMarks(
  platform: Platform,
  account: Account | null,
  sources: readonly MarkSource[],
  deviceId: string,
  wish: MarkWish,
): Promise<{ items: ChartMark[] }> {
  const intervals = await demandVisible(platform, account, [deviceId])
  const { from, to } = demandSpan(wish)
  const time = { from: new Date(from), until: new Date(to) }
  const known = intervals.length === 0 ? [] : await Promise.all(sources.map(source => source(platform, deviceId, time, account)))
  const seen = known
    .flat()
    .filter(mark => isVisible(mark.from, intervals))
    .toSorted((a, b) => a.from.getTime() - b.from.getTime())
    .slice(-mostMarks)
  return {
    items: seen.map(mark => ({
      ...mark,
      from: mark.from.toISOString(),
      until: endFor(mark, intervals)?.toISOString() ?? null,
    })),
  }
}

/** Other machines of its type that the account may watch now, by serial number. 404 where nothing of the machine is its. */
export async function readAlike(platform: Platform, account: Account | null, deviceId: string) {
  await demandVisible(platform, account, [deviceId])
  const machines = await machinesToWatch(platform, account, 'all')
  const type = machines.find(({ id }) => id === deviceId)?.type?.id
  const others = machines.filter(one => type !== undefined && one.id !== deviceId && one.type?.id === type && !one.withheld)
  return { items: others.slice(0, mostAlike).map(({ id, model, serial }) => ({ id, name: `${model} ${serial}` })) }
}

function endFor({ from, until }: KnownMark, intervals: readonly VisibleInterval[]): Date | null {
  const ends = intervals.filter(interval => isVisible(from, [interval])).map(interval => interval.until)
  const last = ends.includes(null) ? null : ends.reduce((most, end) => (most && end && most > end ? most : end), null)
  return last && (until === null || until > last) ? last : until
}
