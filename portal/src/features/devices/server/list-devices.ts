import { sql } from 'kysely'
import { companiesNamed, companyNames } from '#features/accounts/server'
import { decodeCursor, encodeCursor, type Platform } from '#platform/server'
import { type ListedDevice, plainKey } from '../core/index.ts'
import { platesOf } from './read-devices.ts'
import type { DeviceTables } from './tables.ts'

interface ListQuery {
  q?: string | undefined
  type?: string | undefined
  company?: string | undefined
  owned?: 'yes' | 'no' | undefined
  cursor?: string | undefined
  limit: number
}

/** One page of the register for staff, by serial number. */
export async function listDevices(platform: Platform, { q, type, company, owned, cursor, limit }: ListQuery) {
  const { database } = platform
  let query = database
    .db<DeviceTables>()
    .selectFrom('device as d')
    .leftJoin('device_ownership as o', join =>
      join.onRef('o.device_id', '=', 'd.id').on('o.role', '=', 'owner').on('o.until_at', 'is', null),
    )
    .select(['d.id', 'd.serial_key', 'o.company_id'])
    .orderBy('d.serial_key')
    .orderBy('d.id')
    .limit(limit + 1)
  if (type) query = type === 'none' ? query.where('d.type_id', 'is', null) : query.where('d.type_id', '=', type)
  if (company) query = query.where('o.company_id', '=', company)
  if (owned) query = query.where('o.id', owned === 'yes' ? 'is not' : 'is', null)
  if (q) {
    const owners = await companiesNamed(database, q)
    const [key, words] = [like(plainKey(q)), like(q)]
    query = query.where(({ or, eb }) =>
      or([
        ...(plainKey(q) ? [eb('d.serial_key', 'like', key), eb('d.model_key', 'like', key)] : []),
        eb('d.type_code', 'ilike', words),
        eb('d.order_number', 'ilike', words),
        sql<boolean>`o.company_id = any(${owners}::uuid[])`,
      ]),
    )
  }
  if (cursor) {
    const { key, id } = decodeCursor<{ key: string; id: string }>(cursor, { key: 'string', id: 'uuid' })
    query = query.where(sql<boolean>`(d.serial_key, d.id) > (${key}, ${id}::uuid)`)
  }
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: await present(platform, page),
    nextCursor: rows.length > limit && last ? encodeCursor({ key: last.serial_key, id: last.id }) : null,
  }
}

const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

async function present(platform: Platform, rows: readonly { id: string; company_id: string | null }[]): Promise<ListedDevice[]> {
  const ids = rows.map(({ id }) => id)
  const [plates, names, seen] = await Promise.all([
    platesOf(platform, ids),
    companyNames(
      platform.database,
      rows.flatMap(({ company_id }) => company_id ?? []),
    ),
    lastSeen(platform, ids),
  ])
  return plates.map(({ builtYear, configurationToken, revision, ...plate }) => {
    const owner = rows.find(({ id }) => id === plate.id)?.company_id
    return {
      ...plate,
      owner: owner ? { id: owner, name: names.get(owner) ?? '' } : null,
      lastSeenAt: seen.get(plate.id)?.toISOString() ?? null,
    }
  })
}

/** When each of these machines last signed in. */
async function lastSeen({ database }: Platform, ids: readonly string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .db<DeviceTables>()
    .selectFrom('device_credential')
    .select(eb => ['device_id', eb.fn.max('last_used_at').as('at')])
    .where('device_id', 'in', ids)
    .where('last_used_at', 'is not', null)
    .groupBy('device_id')
    .execute()
  return new Map(rows.map(({ device_id, at }) => [device_id, at as Date]))
}
