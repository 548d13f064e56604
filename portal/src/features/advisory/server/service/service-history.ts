import { isVisible, type Span } from '#features/devices/core'
import { typedDevices } from '#features/devices/server'
import { openFields, type Platform } from '#platform/server'
import type { Visit } from '../../core/index.ts'
import { plannedComponents } from '../maintenance/plan.ts'
import type { ServiceTables } from '../tables.ts'
import { requestRows } from './request-rows.ts'

/**
 * Service that was done on a machine within these times, latest first; asked for by whichever company, without who it was. Part of the small
 * door that a ticket system will take over.
 */
export async function serviceRequestsOf(
  { database, vault }: Platform,
  deviceId: string,
  spans: readonly Span[],
): Promise<Visit[]> {
  const rows = await requestRows(database)
    .where('r.device_id', '=', deviceId)
    .where('r.status', '=', 'done')
    .orderBy('r.closed_at', 'desc')
    .limit(200)
    .execute()
  const seen = await Promise.all(
    rows.filter(row => isVisible(row.closed_at!, spans)).map(row => openFields(vault, 'service_request', row, ['result'])),
  )
  return seen.map(row => ({
    number: Number(row.number),
    subject: row.subject,
    about: row.about_zh === null ? null : { 'zh-CN': row.about_zh, en: row.about_en! },
    at: row.closed_at!.toISOString(),
    result: row.result,
    parts: row.parts,
  }))
}

/**
 * When service was done on components of machines in a time, for the portal's own work: whoever shows it asks `visibleIntervals` about `at`. What was
 * asked for freely, or by a counter, is about no component that is known, and is left out.
 */
export async function doneServiceOf(
  { database }: Platform,
  deviceIds: readonly string[],
  { from, until }: { from: Date; until: Date },
): Promise<{ deviceId: string; component: string; at: Date }[]> {
  if (deviceIds.length === 0) return []
  const [devices, componentOf] = await Promise.all([typedDevices(database, { ids: [...deviceIds] }), plannedComponents(database)])
  const typeOf = new Map(devices.map(({ id, typeId }) => [id, typeId]))
  const rows = await database
    .db<ServiceTables>()
    .selectFrom('service_request')
    .select(['device_id as deviceId', 'closed_at as at', 'subject', 'about_key as key'])
    .where('device_id', 'in', deviceIds)
    .where('status', '=', 'done')
    .where('closed_at', '>=', from)
    .where('closed_at', '<', until)
    .execute()
  return rows.flatMap(({ deviceId, at, subject, key }) => {
    const component = componentOf({ typeId: typeOf.get(deviceId)!, subject, key })
    return at && component !== null ? { deviceId, component, at } : []
  })
}

/** A request by id, as others tell of it, without words or people; undefined where there is none. */
export async function serviceFacts({ database }: Platform, requestId: string) {
  const row = await requestRows(database).where('r.id', '=', requestId).executeTakeFirst()
  return (
    row && {
      ...{ deviceId: row.device_id, companyId: row.company_id, number: Number(row.number), status: row.status },
      visitAt: row.visit_at,
    }
  )
}
