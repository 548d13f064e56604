import { demandVisible, type VisibleInterval, visibleIntervals } from '#features/devices/server'
import type { EventStream } from '#platform/core'
import type { Account, Platform } from '#platform/server'
import { type LiveEventName, type LiveEvents, type LiveReading, readMarks, writeEvent, writeMarks } from '../../core/index.ts'
import type { DeviceConnection } from '../read-connections.ts'
import type { Frame } from './frame.ts'
import { hubOf, type Watcher } from './hub.ts'
import { type Bounds, longestReplay, readReplay } from './replay.ts'

/** What a reader knows of one of his machines, and may. */
interface Seen {
  /** null: it was not asked yet */
  spans: Bounds[] | null
  /** up to when he has its readings; null: he has none */
  mark: number | null
  /** up to when he has those of each metric that were sent as the stream began, and the latest of them: the hub sends none twice after that */
  sent: Map<string, number>
  sentUntil: number
  /** what comes while it is asked what he may see, or read what he has missed; null: nothing is */
  waiting: (() => void)[] | null
  /** it is asked what he may see */
  asking: Promise<void> | null
  begun: boolean
}

const encoder = new TextEncoder()
type Reader = Parameters<EventStream['open']>[0]

/**
 * What machines report, to one reader, as it comes: readings in the times he may see, connections, and that alarms or health have changed.
 * 404 where one of the machines is none of his. lastEventId: of a reader who comes back. He is sent what he has missed, for an hour at most
 */
export async function openStream(
  platform: Platform,
  account: Account | null,
  deviceIds: readonly string[],
  lastEventId: string | null,
): Promise<EventStream> {
  const ids = [...new Set(deviceIds)].sort()
  await demandVisible(platform, account, ids)
  const marks = lastEventId === null ? null : readMarks(lastEventId, ids.length)
  return {
    open(reader) {
      const seen = new Map(ids.map((id, at) => [id, newlySeen(marks?.[at] ?? null)]))
      return follow({ platform, account, ids, seen, reader, returns: marks !== null })
    },
  }
}

const newlySeen = (mark: number | null): Seen => ({
  ...{ spans: null, mark, sent: new Map(), sentUntil: 0 },
  ...{ waiting: [], asking: null, begun: false },
})

const boundsOf = (intervals: readonly VisibleInterval[], id: string): Bounds[] =>
  intervals
    .filter(({ deviceId }) => deviceId === id)
    .map(({ deviceId, from, until }) => ({ deviceId, from: from?.getTime() ?? 0, until: until?.getTime() ?? farthest }))

const farthest = 2 ** 52
const openSpan = ({ spans }: Seen): Bounds | undefined => spans?.find(({ until }) => until === farthest)

interface Following {
  platform: Platform
  account: Account | null
  ids: readonly string[]
  seen: ReadonlyMap<string, Seen>
  reader: Reader
  /** he was here before, and his marks are known */
  returns: boolean
}

function follow({ platform, account, ids, seen, reader, returns }: Following): () => void {
  let open = true
  const tell = <Name extends LiveEventName>(name: Name, data: LiveEvents[Name]) => reader.send(writeEvent(name, data))
  const tellReadings = (device: Seen, event: Uint8Array, last: number) => {
    device.mark = Math.max(device.mark ?? 0, last)
    reader.send(Buffer.concat([encoder.encode(`id: ${writeMarks(ids.map(id => seen.get(id)!.mark))}\n`), event]))
  }
  const tellSome = (id: string, device: Seen, readings: LiveReading[]) => {
    if (readings.length === 0) return
    const last = readings.reduce((most, [, at]) => Math.max(most, at), 0)
    tellReadings(device, encoder.encode(writeEvent('readings', { device: id, readings })), last)
  }
  const may = ({ spans }: Seen, at: number) => spans?.some(({ from, until }) => from <= at && at < until)
  /** Now, or once it is known what he may see. */
  const inTurn = (id: string, act: (device: Seen) => void) => {
    const device = seen.get(id)!
    if (device.waiting) device.waiting.push(() => act(device))
    else act(device)
  }
  const watcher: Watcher = {
    readings: (id, frame) => inTurn(id, device => passFrame(id, device, frame)),
    connection: (id, connection) => inTurn(id, device => passConnection(id, device, connection)),
    changed: (id, what) => inTurn(id, device => openSpan(device) && tell(what, { device: id })),
    rights: id => void askAgain(id),
    missed: () => tell('again', {}),
  }
  function passFrame(id: string, device: Seen, frame: Frame): void {
    const present = openSpan(device)
    const whole = present && frame.first >= present.from && frame.first > device.sentUntil
    const isNew = ([metric, at]: LiveReading) => at > (device.sent.get(metric) ?? 0) && may(device, at)
    if (whole) tellReadings(device, frame.encoded(), frame.last)
    else tellSome(id, device, frame.readings.filter(isNew))
  }
  function passConnection(id: string, device: Seen, { connected, since }: DeviceConnection): void {
    const present = openSpan(device)
    if (present)
      tell('connection', { device: id, connected, since: new Date(Math.max(since.getTime(), present.from)).toISOString() })
  }
  function goOn(device: Seen): void {
    if (!device.begun || device.asking) return
    const waiting = device.waiting ?? []
    device.waiting = null
    for (const act of waiting) act()
  }

  async function askAgain(id: string): Promise<void> {
    const device = seen.get(id)!
    device.waiting ??= []
    const asking = visibleIntervals(platform, account, id).then(intervals => {
      if (!open || device.asking !== asking) return // whoever asked later knows better
      device.asking = null
      device.spans = boundsOf(intervals, id)
      tell('rights', { device: id })
      goOn(device)
      if (account?.kind === 'customer' && device.spans.length === 0) reader.end() // who comes again is told that it is not there
    })
    device.asking = asking
    await asking.catch(giveUp)
  }

  async function begin(): Promise<void> {
    const intervals = await visibleIntervals(platform, account, ids) // what changed before it was listened for is in it
    for (const id of ids) seen.get(id)!.spans ??= boundsOf(intervals, id)
    const now = platform.now().getTime()
    const missed = new Set(ids.filter(id => returns && seen.get(id)!.mark !== null))
    if ([...missed].some(id => seen.get(id)!.mark! < now - longestReplay)) tell('again', {})
    const replay = await readReplay(
      platform,
      [...missed].flatMap(id => {
        const { spans, mark } = seen.get(id)!
        return spans!.map(span => ({ ...span, from: Math.max(span.from, mark! + 1, now - longestReplay) }))
      }),
      now,
    )
    for (const id of ids) {
      const device = seen.get(id)!
      const latest = await watching.latest(id)
      while (device.asking) await device.asking
      if (!open) return
      if (missed.has(id)) for (const [metric] of latest) device.sent.set(metric, device.mark!)
      const readings = missed.has(id) ? (replay.get(id) ?? []) : latest
      for (const [metric, at] of readings) device.sent.set(metric, at)
      device.sentUntil = Math.max(0, ...device.sent.values())
      tellSome(
        id,
        device,
        readings.filter(([, at]) => may(device, at)),
      )
      device.begun = true
      goOn(device)
    }
  }

  function giveUp(error: unknown): void {
    platform.log.warn({ error }, 'a live stream ends: it could not be read what its reader may see, or has missed')
    reader.end()
  }

  const watching = hubOf(platform).watch(ids, watcher)
  begin().catch(giveUp)
  return () => {
    open = false
    watching.stop()
  }
}
