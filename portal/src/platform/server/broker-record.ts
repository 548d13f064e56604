import type { DeviceNotice, Refusal } from './broker.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'

/** What happened with devices: counted for Prometheus, kept per device in this process, told to the features. */
export interface DeviceRecord {
  note(notice: DeviceNotice): void
  /** deviceId: null where it is not known whose it was; count: how often, once unless it is said */
  refuse(deviceId: string | null, reason: Refusal, count?: number): void
  /** A connection is not read for a while: too much of one device waits to be written, or of all together. */
  holdBack(since: 'device' | 'all'): void
  refusals(deviceId: string): Readonly<Partial<Record<Refusal, number>>>
  close(): Promise<void>
}

const mostDevices = 20_000
const mostNotices = 50_000

export interface RecordOptions {
  metrics: Metrics
  log: Log
  now(): Date
  tell(notices: readonly DeviceNotice[]): Promise<void>
  everyMs?: number
}

export function createDeviceRecord({ metrics, log, now, tell, everyMs = 1000 }: RecordOptions): DeviceRecord {
  const counts = new Map<string, Partial<Record<Refusal, number>>>()
  let notices: DeviceNotice[] = []
  let refused = new Map<string, DeviceNotice & { kind: 'refused' }>()
  let telling: Promise<void> | null = null

  /** Nothing more while something is being told: where that takes long, what happens meanwhile gathers within its bound. */
  function flush(): void {
    if (telling || (notices.length === 0 && refused.size === 0)) return
    const told = [...notices, ...refused.values()]
    notices = []
    refused = new Map()
    telling = tell(told)
      .catch(error => log.warn({ error, notices: told.length }, 'what happened with devices could not be told'))
      .finally(() => {
        telling = null
      })
  }
  const timer = setInterval(flush, everyMs).unref()

  return {
    note(notice) {
      if (notices.length < mostNotices) notices.push(notice)
      else metrics.deviceNoticeLost()
    },
    refuse(deviceId, reason, count = 1) {
      metrics.deviceRefusal(reason, count)
      if (deviceId === null) return
      const known = counts.get(deviceId) ?? {}
      counts.delete(deviceId) // the latest stand last, the oldest are forgotten first
      counts.set(deviceId, { ...known, [reason]: (known[reason] ?? 0) + count })
      if (counts.size > mostDevices) counts.delete(counts.keys().next().value!)
      const key = `${deviceId} ${reason}`
      const notice = refused.get(key) ?? { kind: 'refused' as const, deviceId, reason, count: 0, at: now() }
      notice.count += count
      if (refused.size < mostNotices || refused.has(key)) refused.set(key, notice)
      else metrics.deviceNoticeLost()
    },
    holdBack: since => metrics.deviceHeldBack(since),
    refusals: deviceId => counts.get(deviceId) ?? {},
    async close() {
      clearInterval(timer)
      await telling
      flush()
      await telling
    },
  }
}
