import type { DeviceMessage } from './broker.ts'
import type { BrokerLimits } from './broker-limits.ts'

export interface Entry {
  message: DeviceMessage
  bytes: number
  done: () => void
}

/** What waits of one device. */
interface Line {
  entries: Entry[]
  /** messages and bytes that are not written yet, those being written included */
  count: number
  bytes: number
  /** it has no turn before, since what it said could not be written; 0: it has one like everybody. By performance.now() */
  until: number
  /** ms from its last failure to this moment */
  pause: number
}

/** Messages that wait to be written, by device. */
export interface Lines {
  add(message: DeviceMessage, done: () => void): void
  hasRoom(deviceId: string, count: number, bytes: number): boolean
  /** Whether so much waits of all devices together that only those are read of which nothing waits. */
  isFull(): boolean
  waiting(): number
  /** What is to be written next: of each device that has a turn a little; or of one that was set apart, whose time has come, and of nobody else */
  gather(): Entry[]
  /** when gather() would answer something, by performance.now(); null: nothing waits */
  readyAt(): number | null
  /** They are written. */
  settle(entries: readonly Entry[]): void
  /** What this one device said cannot be written just now: it waits, longer each time, and nobody waits for it. */
  setApart(entries: readonly Entry[]): void
}

/** beside the payload, what one message costs in memory */
const overhead = 300

export function createLines(limits: BrokerLimits): Lines {
  const lines = new Map<string, Line>()
  /** devices whose messages wait, in the order of their turns */
  let turns: Line[] = []
  const apart = new Set<Line>()
  let [waiting, waitingBytes] = [0, 0]

  function lineOf(deviceId: string): Line {
    const line = lines.get(deviceId) ?? { entries: [], count: 0, bytes: 0, until: 0, pause: 0 }
    lines.set(deviceId, line)
    return line
  }

  function gatherOfAll(): Entry[] {
    const batch: Entry[] = []
    let bytes = 0
    while (turns.length > 0 && batch.length < limits.batch && bytes < limits.batchBytes) {
      const again: Line[] = []
      for (const [i, line] of turns.entries()) {
        if (batch.length >= limits.batch || bytes >= limits.batchBytes) {
          again.unshift(...turns.slice(i)) // whoever had no turn comes first the next time
          break
        }
        const taken = line.entries.splice(0, limits.turn)
        for (const entry of taken) bytes += entry.bytes
        batch.push(...taken)
        if (line.entries.length > 0) again.push(line)
      }
      turns = again
    }
    return batch
  }

  const reaches = (times: number) => waitingBytes >= limits.waitingBytes * times || waiting >= limits.waitingMessages * times

  return {
    add(message, done) {
      const bytes = message.payload.byteLength + overhead
      const line = lineOf(message.deviceId)
      if (line.entries.length === 0 && line.until === 0) turns.push(line)
      line.entries.push({ message, bytes, done })
      line.count++
      line.bytes += bytes
      waiting++
      waitingBytes += bytes
    },
    hasRoom(deviceId, count, bytes) {
      const line = lines.get(deviceId)
      if (reaches(2)) return false
      if (!line && count === 1) return true // of a quiet device one message is read whatever the others do
      if (reaches(1)) return false
      return (line?.count ?? 0) + count <= limits.inFlight && (line?.bytes ?? 0) + bytes <= limits.inFlightBytes
    },
    isFull: () => reaches(1),
    waiting: () => waiting,
    gather() {
      const now = performance.now()
      for (const line of apart)
        if (line.until <= now) {
          apart.delete(line)
          return line.entries.splice(0, limits.turn)
        }
      return gatherOfAll()
    },
    readyAt() {
      if (turns.length > 0) return 0
      return apart.size > 0 ? Math.min(...[...apart].map(({ until }) => until)) : null
    },
    settle(entries) {
      for (const { message, bytes } of entries) {
        const line = lines.get(message.deviceId)!
        line.count--
        line.bytes -= bytes
        waiting--
        waitingBytes -= bytes
        if (line.count === 0) lines.delete(message.deviceId)
        else if (line.until > 0 && line.entries.length > 0) turns.push(line)
        line.until = line.pause = 0
      }
    },
    setApart(entries) {
      const line = lines.get(entries[0]!.message.deviceId)!
      turns = turns.filter(other => other !== line)
      line.entries.unshift(...entries)
      line.pause = Math.min(Math.max(line.pause * 2, limits.apartMs[0]), limits.apartMs[1])
      line.until = performance.now() + line.pause
      apart.add(line)
    },
  }
}
