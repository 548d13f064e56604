import type { Sealed } from '#platform/server'
import { conflict, type Platform } from '#platform/server'
import { isClosed, type Part, type ServiceStatus } from '../../core/index.ts'
import type { ServiceTables } from '../tables.ts'
import type { RequestRow } from './request-rows.ts'

interface Change {
  status?: ServiceStatus
  assignee_id?: string | null
  visit_at?: Date | null
  result?: Sealed
  parts?: Part[]
}

/** Writes what changes of a request that the ambient transaction holds, and tells of it. The caller has asked `mayMove`. */
export async function moveRequest(platform: Platform, row: RequestRow, { parts, ...change }: Change): Promise<void> {
  const now = platform.now()
  const to = change.status ?? row.status
  await platform.database
    .db<ServiceTables>()
    .updateTable('service_request')
    .set({ ...change, updated_at: now, revision: row.revision + 1 })
    .$if(parts !== undefined, query => query.set({ parts: JSON.stringify(parts) }))
    .$if(to !== row.status && isClosed(to), query => query.set({ closed_at: now }))
    .where('id', '=', row.id)
    .execute()
  if (to !== row.status) {
    const { id: requestId, device_id: deviceId, company_id: companyId } = row
    await platform.record('service.moved', { requestId, from: row.status, to })
    if (isClosed(to)) await platform.record('service.closed', { requestId, deviceId, companyId, status: to })
  }
  await platform.live.publish('service', row.id)
}

export const serviceMoved = () =>
  conflict('service-moved', {
    'zh-CN': '这个请求的状态已经改变，不能这样处理。请重新加载。',
    en: 'The request has moved on, and this cannot be done with it any more. Load it again.',
  })
