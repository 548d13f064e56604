import type { Account, Platform } from '#platform/server'
import type { Signal } from '../core/index.ts'

/** What machines show now that may ask for work on them, by machine. Whoever tells a reader of it cuts it by the times he may see. */
export type SignalSource = (platform: Platform, deviceIds: readonly string[]) => Promise<Map<string, Signal[]>>

/** All that the sources say. */
export const signalsFrom =
  (sources: readonly SignalSource[]): SignalSource =>
  async (platform, deviceIds) => {
    const said = await Promise.all(sources.map(source => source(platform, deviceIds)))
    return new Map(deviceIds.map(id => [id, said.flatMap(signals => signals.get(id) ?? [])]))
  }

/** What machines show of which a reader is told; null: nobody signed in. */
export type SignalsFor = (reader: Pick<Account, 'kind' | 'companyId'> | null) => SignalSource
