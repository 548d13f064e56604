import { companyNames } from '#features/accounts/server'
import type { Account, Platform } from '#platform/server'
import { ownerAmong, readHoldings } from './holdings/read-holdings.ts'
import { deviceReaderOf, visibleIntervals } from './holdings/visible-intervals.ts'
import { type Plate, platesOf } from './read-devices.ts'
import type { DeviceTables } from './tables.ts'

/** A machine that somebody may watch now. */
export interface WatchedMachine extends Pick<Plate, 'id' | 'serial' | 'model' | 'site' | 'type'> {
  /** whose it is; for staff alone */
  company: { id: string; name: string } | null
  /** since when what it reports is the reader's to see; null: since ever */
  from: Date | null
  /** its owner keeps from the reader what it reports */
  withheld: boolean
}

/**
 * The machines an account may watch now, by serial number: of a customer those towards which his company has a role, of staff all of the
 * register. For the one that is asked for, empty where it is not among them.
 */
export async function machinesToWatch(
  platform: Platform,
  account: Account | null,
  which: string | 'all',
): Promise<WatchedMachine[]> {
  const { database } = platform
  const present = (await visibleIntervals(platform, account, which)).filter(({ until }) => until === null)
  const since = new Map(present.map(({ deviceId, from }) => [deviceId, from]))
  const staff = deviceReaderOf(account)?.kind === 'staff'
  const ids = staff ? await registered(platform, which) : [...since.keys()]
  const plates = await platesOf(platform, ids)
  const owners = staff ? Map.groupBy(await readHoldings(database, ids), ({ deviceId }) => deviceId) : new Map<string, never[]>()
  const companyOf = (id: string) => ownerAmong(owners.get(id) ?? [])?.companyId
  const names = await companyNames(database, [...new Set(ids.flatMap(id => companyOf(id) ?? []))])
  return plates.map(({ id, serial, model, site, type }) => {
    const company = companyOf(id)
    return {
      ...{ id, serial, model, site, type },
      company: company ? { id: company, name: names.get(company) ?? '' } : null,
      from: since.get(id) ?? null,
      withheld: !since.has(id),
    }
  })
}

async function registered({ database }: Platform, which: string | 'all'): Promise<string[]> {
  const all = database.db<DeviceTables>().selectFrom('device').select('id')
  const rows = await (which === 'all' ? all : all.where('id', '=', which)).execute()
  return rows.map(({ id }) => id)
}
