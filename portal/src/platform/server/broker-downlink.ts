import type { Aedes } from 'aedes'
import type { MessageToDevice, Published } from './broker.ts'
import type { DeviceEmitter } from './broker-emitter.ts'
import type { BrokerLimits } from './broker-limits.ts'
import type { Sessions } from './broker-sessions.ts'
import { topicToDevice } from './broker-topics.ts'

interface Downlink {
  aedes: Aedes
  sessions: Sessions
  emitter: DeviceEmitter
  limits: BrokerLimits
  isConnected(deviceId: string): boolean
}

/** What the portal says to devices of the broker in this process; so much of it waits for one of them at most. */
export function createDownlink({ aedes, sessions, emitter, limits, isConnected }: Downlink) {
  const underWay = new Map<string, number>()

  return async function publish({ deviceId, payload, topic }: MessageToDevice): Promise<Published> {
    const name = topicToDevice({ deviceId, topic })
    const bytes = Buffer.from(payload)
    const listening = isConnected(deviceId) && emitter.listenersOf(name).length > 0
    const kept = sessions.isAwaited(deviceId, name)
    if (!listening && !kept) return 'away'
    const before = underWay.get(deviceId) ?? 0
    if (before >= limits.queue || (kept && sessions.isFull(deviceId, bytes.length))) return 'full'
    underWay.set(deviceId, before + 1)
    aedes.publish({ cmd: 'publish', topic: name, payload: bytes, qos: 1, retain: false, dup: false }, () => {
      const left = (underWay.get(deviceId) ?? 1) - 1
      if (left > 0) underWay.set(deviceId, left)
      else underWay.delete(deviceId)
    })
    return listening ? 'sent' : 'queued'
  }
}
