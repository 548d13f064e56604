import { companyNames, personNames } from '#features/accounts/server'
import { devicesById } from '#features/devices/server'
import { decodeCursor, encodeCursor, notFound, type Platform } from '#platform/server'
import type { EntitlementStage, ListedEntitlement } from '../core/index.ts'
import type { EntitlementRow } from './open-rights.ts'
import { standingOf } from './read-offering.ts'
import type { PackageTables } from './tables.ts'

interface Wish {
  stage?: EntitlementStage | undefined
  packageId?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** One page of the entitlements of all customers, the last first. */
export async function listEntitlements(
  platform: Platform,
  { stage, packageId, cursor, limit }: Wish,
): Promise<{ items: ListedEntitlement[]; nextCursor: string | null }> {
  const now = platform.now()
  let query = entitlementRows(platform)
    .orderBy('e.id', 'desc')
    .limit(limit + 1)
  if (stage === 'waiting') query = query.where('e.granted_at', 'is', null).where('e.ended_at', 'is', null)
  if (stage === 'granted') query = query.where('e.ended_at', 'is', null).where('e.until_at', '>', now)
  if (stage === 'over') query = query.where(eb => eb.or([eb('e.ended_at', 'is not', null), eb('e.until_at', '<=', now)]))
  if (packageId) query = query.where('e.package_id', '=', packageId)
  if (cursor) query = query.where('e.id', '<', decodeCursor<{ id: string }>(cursor, { id: 'uuid' }).id)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  return {
    items: await listed(platform, page),
    nextCursor: rows.length > limit ? encodeCursor({ id: page.at(-1)!.id }) : null,
  }
}

/** One entitlement as lists show it; 404 where there is none. */
export async function readEntitlement(platform: Platform, id: string): Promise<ListedEntitlement> {
  const row = await entitlementRows(platform).where('e.id', '=', id).executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '服务权益', en: 'entitlement' })
  return (await listed(platform, [row]))[0]!
}

const entitlementRows = ({ database }: Platform) =>
  database
    .db<PackageTables>()
    .selectFrom('entitlement as e')
    .innerJoin('service_package as p', 'p.id', 'e.package_id')
    .selectAll('e')
    .select(['p.name_zh', 'p.name_en'])

async function listed(
  platform: Platform,
  rows: readonly (EntitlementRow & { name_zh: string; name_en: string })[],
): Promise<ListedEntitlement[]> {
  const { database } = platform
  const [devices, companies, people] = await Promise.all([
    devicesById(database, [...new Set(rows.map(row => row.device_id))]),
    companyNames(database, [...new Set(rows.map(row => row.company_id))]),
    personNames(
      database,
      rows.flatMap(row => row.granted_by ?? []),
    ),
  ])
  const plates = new Map(devices.map(({ id, serial, model }) => [id, { id, serial, model }]))
  return rows.map(row => ({
    ...standingOf(row, platform.now()),
    device: plates.get(row.device_id)!,
    company: { id: row.company_id, name: companies.get(row.company_id) ?? '' },
    package: { id: row.package_id, name: { 'zh-CN': row.name_zh, en: row.name_en } },
    grantedBy: row.granted_by && (people.get(row.granted_by) ?? null),
  }))
}
