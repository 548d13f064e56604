import type { OpenTo } from '#features/devices/server'
import type { Account, Platform } from '#platform/server'
import type { Signal } from '../core/index.ts'

/** What machines show now that may ask for work on them, by machine. Whoever tells a reader of it cuts it by the times he may see. */
export type SignalSource = (platform: Platform, deviceIds: readonly string[]) => Promise<Map<string, Signal[]>>

/** What machines show by which a reader is told what to do; null: nobody signed in. */
export type SignalsFor = (reader: Pick<Account, 'kind' | 'companyId'> | null) => SignalSource

/** At which machines a reader is told what to do, and at which of them what was found. */
export type Open = Readonly<Record<'advice' | 'findings', OpenTo>>

/** All that the sources say of machines where advice is open to the reader; without names what was found where that is not. */
export const signalsFrom =
  (sources: readonly SignalSource[], open: Open): SignalsFor =>
  reader =>
  async (platform, deviceIds) => {
    const ids = [...(await open.advice(platform, reader, deviceIds))]
    const [findings, ...said] = await Promise.all([
      open.findings(platform, reader, ids),
      ...sources.map(source => source(platform, ids)),
    ])
    const named = (id: string, signal: Signal) => (signal.found && !findings.has(id) ? { ...signal, name: null } : signal)
    return new Map(ids.map(id => [id, said.flatMap(signals => signals.get(id) ?? []).map(signal => named(id, signal))]))
  }
