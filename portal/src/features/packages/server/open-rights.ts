import type { Selectable } from 'kysely'
import { intervalsOfCompany, type OpenTo, typedDevices } from '#features/devices/server'
import type { Database, Platform } from '#platform/server'
import { type Held, isOpen, type Right, rights } from '../core/index.ts'
import type { PackageTables } from './tables.ts'

export type EntitlementRow = Selectable<PackageTables['entitlement']>

/** What of these rights is open to whom, for features that show it. Staff see all; nobody signed in, nothing. */
export const openTo =
  (right: Right): OpenTo =>
  async (platform, reader, deviceIds) => {
    if (!reader) return new Set()
    if (reader.kind === 'staff') return new Set(deviceIds)
    const closed = await closedTo(platform, reader.companyId, deviceIds)
    return new Set(deviceIds.filter(id => !closed.get(id)?.includes(right)))
  }

/** What is closed to a company at machines, by machine; where nothing is, the machine is absent. companyId null: a person without one */
export async function closedTo(
  platform: Platform,
  companyId: string | null,
  deviceIds: readonly string[],
): Promise<Map<string, Right[]>> {
  const { database } = platform
  const offers = await offeredPackages(database)
  if (offers.length === 0 || deviceIds.length === 0) return new Map()
  const typeIds = [...new Set(offers.flatMap(({ type_ids }) => type_ids))]
  const devices = await typedDevices(database, { typeIds, ids: deviceIds })
  const [held, intervals] = await Promise.all([
    heldAt(
      database,
      devices.map(({ id }) => id),
    ),
    companyId === null ? [] : intervalsOfCompany(platform, companyId),
  ])
  const present = new Set(intervals.filter(({ until }) => until === null).map(({ deviceId }) => deviceId))
  const now = platform.now()
  return new Map(
    devices.map(({ id, typeId, ownerId }) => {
      const offered = offers.filter(({ type_ids }) => type_ids.includes(typeId)).flatMap(one => one.rights)
      const sold = { offered, held: held.get(id) ?? [], ownerId }
      const looker = { companyId: companyId ?? '', holds: present.has(id) }
      return [id, rights.filter(right => !isOpen(right, sold, looker, now))]
    }),
  )
}

/** Packages that are offered now. */
export const offeredPackages = ({ db }: Database) =>
  db<PackageTables>().selectFrom('service_package').selectAll().where('offered', '=', true).orderBy('created_at').execute()

async function heldAt({ db }: Database, deviceIds: readonly string[]): Promise<Map<string, Held[]>> {
  if (deviceIds.length === 0) return new Map()
  const rows = await db<PackageTables>()
    .selectFrom('entitlement')
    .selectAll()
    .where('device_id', 'in', deviceIds)
    .where('granted_at', 'is not', null)
    .where('ended_at', 'is', null)
    .execute()
  return new Map(
    [...Map.groupBy(rows, ({ device_id }) => device_id)].map(([id, own]) => [
      id,
      own.map(row => ({ ...timesOf(row), companyId: row.company_id, rights: row.rights })),
    ]),
  )
}

/** The times by which an entitlement stands. */
export const timesOf = (row: EntitlementRow) => ({
  ...{ kind: row.kind, grantedAt: row.granted_at, from: row.from_at, until: row.until_at, endedAt: row.ended_at },
})
