import type { DeviceMessage } from './broker.ts'
import type { BrokerLimits } from './broker-limits.ts'
import type { Log } from './log.ts'

/** Messages on their way from the wire to who writes them down. */
export interface Intake {
  /** `done` is called once the message is durably written; never where the process ends before */
  add(message: DeviceMessage, done: () => void): void
  /** Whether so many messages of the device, of so many bytes together, may be read from the wire. */
  hasRoom(deviceId: string, count: number, bytes: number): boolean
  /** Calls back each time something was written, until the function returned is called. */
  onRoom(look: () => void): () => void
  /** messages that are not written yet */
  waiting(): number
  /** Waits for what was taken, for so long, then gives nothing more out. Nothing may be added meanwhile. */
  close(): Promise<void>
}

interface Entry {
  message: DeviceMessage
  bytes: number
  done: () => void
}

interface Line {
  deviceId: string
  entries: Entry[]
  /** messages and bytes of this device that are not written yet, those being written included */
  count: number
  bytes: number
}

export interface IntakeOptions {
  limits: BrokerLimits
  log: Log
  receive(messages: readonly DeviceMessage[]): Promise<void>
  onWritten?(written: { messages: number; seconds: number }): void
}

/** beside the payload, what one message costs in memory */
const overhead = 300

/**
 * Gathers messages of all devices into batches: one at a time is being written while the next gathers, which costs one flush to
 * disk for many. Each device that waits has its turn, so that nobody waits behind another's thousands. What could not be written
 * comes again, first.
 */
export function createIntake({ limits, log, receive, onWritten }: IntakeOptions): Intake {
  const lines = new Map<string, Line>()
  const looking = new Set<() => void>()
  /** devices whose messages wait, in the order of their turns */
  let turns: Line[] = []
  let [waiting, waitingBytes] = [0, 0]
  let writing: Promise<void> | null = null
  let beganAt = Number.NEGATIVE_INFINITY
  let scheduled = false
  let closed = false

  function schedule(): void {
    if (scheduled || writing || closed || turns.length === 0) return
    scheduled = true
    const rest = beganAt + limits.betweenBatchesMs - performance.now()
    const begin = () => {
      scheduled = false
      if (closed) return
      writing = write(gather()).finally(() => {
        writing = null
        schedule()
      })
    }
    if (rest > 1) setTimeout(begin, rest)
    else setImmediate(begin) // what else arrived in this turn of the loop goes with it
  }

  function gather(): Entry[] {
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

  async function write(batch: Entry[]): Promise<void> {
    beganAt = performance.now()
    const messages = batch.map(({ message }) => message)
    let [delay, most] = limits.retryMs
    for (;;) {
      try {
        await receive(messages)
        break
      } catch (error) {
        log.warn({ error, messages: batch.length }, 'messages of devices could not be written; they are given again')
        await new Promise(resolve => setTimeout(resolve, delay))
        if (closed) return
        delay = Math.min(delay * 2, most)
      }
    }
    onWritten?.({ messages: batch.length, seconds: (performance.now() - beganAt) / 1000 })
    for (const { message, bytes, done } of batch) {
      const line = lines.get(message.deviceId)!
      line.count--
      line.bytes -= bytes
      if (line.count === 0) lines.delete(message.deviceId)
      waiting--
      waitingBytes -= bytes
      done()
    }
    for (const look of [...looking]) look()
  }

  return {
    add(message, done) {
      const bytes = message.payload.byteLength + overhead
      const line = lines.get(message.deviceId) ?? { deviceId: message.deviceId, entries: [], count: 0, bytes: 0 }
      lines.set(message.deviceId, line)
      if (line.entries.length === 0) turns.push(line)
      line.entries.push({ message, bytes, done })
      line.count++
      line.bytes += bytes
      waiting++
      waitingBytes += bytes
      schedule()
    },
    hasRoom(deviceId, count, bytes) {
      const line = lines.get(deviceId)
      if (waitingBytes >= limits.waitingBytes * 2) return false
      if (!line && count === 1) return true // of a quiet device one message is read whatever the others do
      if (waitingBytes >= limits.waitingBytes) return false
      return (line?.count ?? 0) + count <= limits.inFlight && (line?.bytes ?? 0) + bytes <= limits.inFlightBytes
    },
    onRoom(look) {
      looking.add(look)
      return () => looking.delete(look)
    },
    waiting: () => waiting,
    async close() {
      for (const until = performance.now() + limits.stopMs; waiting > 0 && performance.now() < until; )
        await new Promise(resolve => setTimeout(resolve, 5))
      closed = true
    },
  }
}
