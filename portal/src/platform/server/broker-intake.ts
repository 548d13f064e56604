import { setTimeout as delay } from 'node:timers/promises'
import type { DeviceMessage } from './broker.ts'
import type { BrokerLimits } from './broker-limits.ts'
import { createLines, type Entry } from './broker-lines.ts'
import type { Log } from './log.ts'

/** Messages on their way from the wire to who writes them down. */
export interface Intake {
  /** `done` is called once the message is durably written; never where the process ends before */
  add(message: DeviceMessage, done: () => void): void
  /** Whether so many messages of the device, of so many bytes together, may be read from the wire. */
  hasRoom(deviceId: string, count: number, bytes: number): boolean
  /** Whether so much waits of all devices together that only those are read of which nothing waits. */
  isFull(): boolean
  /** Calls back each time something was written, until the function returned is called. */
  onRoom(look: () => void): () => void
  /** messages that are not written yet */
  waiting(): number
  /** Waits for what was taken, for so long, then gives nothing more out. Nothing may be added meanwhile. */
  close(): Promise<void>
}

export interface IntakeOptions {
  limits: BrokerLimits
  log: Log
  receive(messages: readonly DeviceMessage[]): Promise<void>
  onWritten?(written: { messages: number; seconds: number }): void
}

/** tries of a batch until it is asked whether it is the fault of some devices alone */
const triesTogether = 3
/** devices of which nothing can be written in a row: then it is the fault of none */
const outage = 3

/**
 * Gathers messages of all devices into batches: one at a time is being written while the next gathers, which costs one flush to
 * disk for many. Each device that waits has its turn, so that nobody waits behind another's thousands. What could not be written
 * comes again, first; where it is one device's alone, it waits apart and the others go on.
 */
export function createIntake({ limits, log, receive, onWritten }: IntakeOptions): Intake {
  const lines = createLines(limits)
  const looking = new Set<() => void>()
  let writing: Promise<void> | null = null
  let beganAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | null = null
  let scheduled = false
  let closed = false

  function schedule(): void {
    const readyAt = lines.readyAt()
    if (scheduled || writing || closed || readyAt === null) return
    const rest = Math.max(beganAt + limits.betweenBatchesMs, readyAt) - performance.now()
    if (timer) clearTimeout(timer)
    timer = null
    const begin = () => {
      scheduled = false
      if (closed || writing) return
      writing = write(lines.gather()).finally(() => {
        writing = null
        schedule()
      })
    }
    if (rest > limits.betweenBatchesMs) {
      timer = setTimeout(begin, rest) // only for what waits apart: whatever comes meanwhile is sooner
      return
    }
    scheduled = true
    if (rest > 1) setTimeout(begin, rest)
    else setImmediate(begin) // what else arrived in this turn of the loop goes with it
  }

  const messagesOf = (entries: readonly Entry[]) => entries.map(({ message }) => message)

  async function write(batch: readonly Entry[]): Promise<void> {
    beganAt = performance.now()
    let left = batch
    let [pause, most] = limits.retryMs
    for (let tries = 1; left.length > 0; tries++) {
      try {
        await receive(messagesOf(left))
        finish(left)
        return
      } catch (error) {
        log.warn({ error, messages: left.length }, 'messages of devices could not be written; they are given again')
      }
      if (tries >= triesTogether) left = await writeApart(withOthers(left), tries)
      if (left.length === 0) return
      await delay(pause)
      if (closed) return
      pause = Math.min(pause * 2, most)
    }
  }

  /** Of one device alone nobody could say whose fault it is. */
  const withOthers = (left: readonly Entry[]): readonly Entry[] =>
    left.every(({ message }) => message.deviceId === left[0]!.message.deviceId) ? [...left, ...lines.gather()] : left

  /** Writes what can be written, device by device, and sets those apart of which nothing can. Answers what is left: all, in an outage. */
  async function writeApart(entries: readonly Entry[], tries: number): Promise<readonly Entry[]> {
    const devices = [...Map.groupBy(entries, ({ message }) => message.deviceId).values()]
    const first = ((tries - triesTogether) * outage) % devices.length // others than the last time
    const failed: Entry[][] = []
    let written = false
    for (const own of [...devices.slice(first), ...devices.slice(0, first)]) {
      try {
        await receive(messagesOf(own))
        written = true
        finish(own)
      } catch (error) {
        failed.push(own)
        if (!written && failed.length >= Math.min(outage, devices.length)) return entries
        log.warn({ error, deviceId: own[0]!.message.deviceId }, 'what a device said could not be written; it waits apart')
      }
    }
    for (const own of failed) lines.setApart(own)
    return []
  }

  function finish(entries: readonly Entry[]): void {
    onWritten?.({ messages: entries.length, seconds: (performance.now() - beganAt) / 1000 })
    lines.settle(entries)
    for (const { done } of entries) done()
    for (const look of [...looking]) look()
  }

  return {
    add(message, done) {
      lines.add(message, done)
      schedule()
    },
    hasRoom: lines.hasRoom,
    isFull: lines.isFull,
    onRoom(look) {
      looking.add(look)
      return () => looking.delete(look)
    },
    waiting: lines.waiting,
    async close() {
      for (const until = performance.now() + limits.stopMs; lines.waiting() > 0 && performance.now() < until; ) await delay(5)
      closed = true
      if (timer) clearTimeout(timer)
    },
  }
}
