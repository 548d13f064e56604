import { sql } from 'kysely'
import { manufacturersZone } from '#features/manufacturer/server'
import type { Database } from '#platform/server'
import type { Holding } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'

/** A time in which a company has a role, as it is kept. */
export interface KeptHolding extends Holding {
  id: string
  deviceId: string
}

/** Who held machines when, first come first; all of the register unless ids are given. Days count where the manufacturer is. */
export async function readHoldings(database: Database, deviceIds?: readonly string[]): Promise<KeptHolding[]> {
  if (deviceIds?.length === 0) return []
  const from = sql<Date | null>`coalesce(o.from_at, o.from_day::timestamp at time zone ${manufacturersZone})`
  let joined = database
    .db<DeviceTables>()
    .selectFrom('device_ownership as o')
    .leftJoin('device_withholding as w', 'w.ownership_id', 'o.id')
    .select(['o.id', 'o.device_id', 'o.company_id', 'o.role', 'o.until_at', from.as('from')])
    .select(['w.whom', 'w.from_at as withheld_from', 'w.until_at as withheld_until'])
    .orderBy('o.device_id')
    .orderBy('from', order => order.asc().nullsFirst())
    .orderBy('o.id')
    .orderBy('w.from_at')
  if (deviceIds) joined = joined.where(sql<boolean>`o.device_id = any(${deviceIds}::uuid[])`)
  const rows = await joined.execute()
  return [...Map.groupBy(rows, ({ id }) => id).values()].map(([row, ...more]) => ({
    ...{ id: row!.id, deviceId: row!.device_id, companyId: row!.company_id, role: row!.role },
    ...{ from: row!.from, until: row!.until_at },
    withheld: [row!, ...more].flatMap(({ whom, withheld_from, withheld_until }) =>
      whom === null ? [] : [{ whom, from: withheld_from!, until: withheld_until }],
    ),
  }))
}

export const isNow = ({ until }: Holding): boolean => until === null

/** Who owns a machine now, with its times; undefined: nobody. */
export const ownerAmong = (holdings: readonly KeptHolding[]): KeptHolding | undefined =>
  holdings.find(holding => holding.role === 'owner' && isNow(holding))

/** Since when whoever owns a machine does, be it nobody; null: all along. */
export async function ownedSince(database: Database, deviceId: string): Promise<Date | null> {
  const owners = (await readHoldings(database, [deviceId])).filter(({ role }) => role === 'owner')
  return owners.at(-1)?.until ?? owners.at(-1)?.from ?? null
}

/** Which of these machines companies have a role towards now, by company. */
export async function machinesByCompany(database: Database, deviceIds: readonly string[]): Promise<Map<string, string[]>> {
  const holding = (await readHoldings(database, deviceIds)).filter(isNow)
  const byCompany = Map.groupBy(holding, ({ companyId }) => companyId)
  return new Map([...byCompany].map(([companyId, own]) => [companyId, [...new Set(own.map(({ deviceId }) => deviceId))]]))
}
