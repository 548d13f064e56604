import { personNames } from '#features/accounts/server'
import { countInUse } from '#features/devices/server'
import { notFound, type Platform } from '#platform/server'
import type { DeviceList, DeviceListDetail } from '../core/index.ts'
import type { ProvisioningTables } from './tables.ts'

/** Lists by which machines were registered, newest first, fifty at most. */
export const readLists = async (platform: Platform): Promise<{ items: DeviceList[] }> => ({ items: await viewed(platform, null) })

/** 404 where there is none. */
export async function getList(platform: Platform, listId: string): Promise<DeviceListDetail> {
  const [list] = await viewed(platform, listId)
  if (!list) throw noSuchList()
  const members = await platform.database
    .db<ProvisioningTables>()
    .selectFrom('device_list_member')
    .select('device_id')
    .where('list_id', '=', listId)
    .execute()
  const used = await countInUse(
    platform.database,
    members.map(({ device_id }) => device_id),
  )
  return { ...list, ...used }
}

export const noSuchList = () => notFound({ 'zh-CN': '机器清单', en: 'list of machines' })

async function viewed({ database }: Platform, listId: string | null): Promise<DeviceList[]> {
  let query = database
    .db<ProvisioningTables>()
    .selectFrom('device_list as l')
    .selectAll('l')
    .select(({ selectFrom, fn }) =>
      selectFrom('device_list_member as m')
        .select(fn.countAll<string>().as('count'))
        .whereRef('m.list_id', '=', 'l.id')
        .as('machines'),
    )
    .orderBy('registered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
  if (listId) query = query.where('id', '=', listId)
  const rows = await query.execute()
  const people = rows.flatMap(({ registered_by, handed_out_by }) => [registered_by, ...(handed_out_by ? [handed_out_by] : [])])
  const names = await personNames(database, [...new Set(people)])
  return rows.map(row => ({
    ...{ id: row.id, machines: Number(row.machines), fileName: row.file_name },
    ...{ registeredAt: row.registered_at.toISOString(), registeredBy: names.get(row.registered_by) ?? '' },
    handedOutAt: row.handed_out_at?.toISOString() ?? null,
    handedOutBy: row.handed_out_by ? (names.get(row.handed_out_by) ?? '') : null,
  }))
}
