import { sql } from 'kysely'
import { devicesById } from '#features/devices/server'
import { type Database, notFound, openFields, type Platform } from '#platform/server'
import type { ServiceMessage, ServiceRequest, ServiceSummary } from '../../core/index.ts'
import type { ServiceTables } from '../tables.ts'

/** The stranger's answer too. */
export const noSuchRequest = () => notFound({ 'zh-CN': '服务请求', en: 'request for service' })

export const requestRows = ({ db }: Database) =>
  db<ServiceTables>()
    .selectFrom('service_request as r')
    .select(['r.id', 'r.number', 'r.device_id', 'r.company_id', 'r.account_id', 'r.language', 'r.subject', 'r.about_key'])
    .select(['r.about_zh', 'r.about_en', 'r.description', 'r.status', 'r.assignee_id', 'r.visit_at', 'r.result', 'r.parts'])
    .select(['r.revision', 'r.created_at', 'r.updated_at', 'r.closed_at'])
    .select(sql<string | null>`r.wished_on::text`.as('wished_on'))

export type RequestRow = Awaited<ReturnType<ReturnType<typeof requestRows>['execute']>>[number]

/** The row of a request, held until the ambient transaction ends. 404 where there is none. */
export async function lockRequest(database: Database, requestId: string): Promise<RequestRow> {
  const row = await requestRows(database).where('r.id', '=', requestId).forUpdate().executeTakeFirst()
  if (!row) throw noSuchRequest()
  return row
}

/** Requests as lists show them, in the order given. */
export async function summarise(database: Database, rows: readonly RequestRow[]): Promise<ServiceSummary[]> {
  const devices = new Map(
    (
      await devicesById(
        database,
        rows.map(row => row.device_id),
      )
    ).map(one => [one.id, one]),
  )
  return rows.map(row => {
    const { id, serial, model } = devices.get(row.device_id)!
    return {
      id: row.id,
      number: Number(row.number),
      status: row.status,
      device: { id, serial, model },
      subject: row.subject,
      about: row.about_zh === null ? null : { 'zh-CN': row.about_zh, en: row.about_en! },
      wishedOn: row.wished_on,
      visitAt: row.visit_at?.toISOString() ?? null,
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    }
  })
}

/** A request with its words and what was written. names: of accounts, by id */
export async function detailOf(platform: Platform, row: RequestRow, names: ReadonlyMap<string, string>): Promise<ServiceRequest> {
  const { database, vault } = platform
  const [[summary], open, messages] = await Promise.all([
    summarise(database, [row]),
    openFields(vault, 'service_request', row, ['description', 'result']),
    messagesOf(platform, row.id),
  ])
  return {
    ...summary!,
    description: open.description,
    result: open.result,
    parts: row.parts,
    requestedBy: (row.account_id && names.get(row.account_id)) ?? '',
    messages,
  }
}

async function messagesOf({ database, vault }: Platform, requestId: string): Promise<ServiceMessage[]> {
  const rows = await database
    .db<ServiceTables>()
    .selectFrom('service_message')
    .select(['id', 'side', 'name', 'text', 'at'])
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute()
  const open = await Promise.all(rows.map(row => openFields(vault, 'service_message', row, ['name', 'text'])))
  return open.map(({ id, side, name, text, at }) => ({ id, by: side, name, text, at: at.toISOString() }))
}
