import { AsyncLocalStorage } from 'node:async_hooks'
import type { FeatureRefusal } from '#platform/core'

type Count = (deviceId: string, reason: FeatureRefusal, count: number) => void

/**
 * Counts what features refuse. Within `during`, where they take messages, that is counted once it resolved: where it throws, the same
 * messages come again and are judged again, and what is wrong with them is wrong once.
 */
export function countOnceWritten(count: Count): {
  during(work: () => Promise<void>): Promise<void>
  refuse(deviceId: string, reason: FeatureRefusal): void
} {
  const ambient = new AsyncLocalStorage<Map<string, Map<FeatureRefusal, number>>>()
  return {
    async during(work) {
      const refused = new Map<string, Map<FeatureRefusal, number>>()
      await ambient.run(refused, work)
      for (const [deviceId, reasons] of refused) for (const [reason, times] of reasons) count(deviceId, reason, times)
    },
    refuse(deviceId, reason) {
      const refused = ambient.getStore()
      if (!refused) return count(deviceId, reason, 1)
      const reasons = refused.get(deviceId) ?? new Map<FeatureRefusal, number>()
      refused.set(deviceId, reasons)
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    },
  }
}
