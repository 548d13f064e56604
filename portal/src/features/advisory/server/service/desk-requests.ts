import { companyNames, findStaff, listStaff, personNames } from '#features/accounts/server'
import { demandVisible } from '#features/devices/server'
import { type Account, changedMeanwhile, decodeCursor, encodeCursor, invalid, type Platform, sealFields } from '#platform/server'
import { type DeskRequest, type DeskSummary, mayMove, type Part, type ServiceStatus } from '../../core/index.ts'
import { recordMaintenance } from '../maintenance/record-maintenance.ts'
import { moveRequest, serviceMoved } from './move-request.ts'
import { writeMessage } from './own-requests.ts'
import { detailOf, lockRequest, noSuchRequest, type RequestRow, requestRows, summarise } from './request-rows.ts'

interface Wish {
  status?: ServiceStatus | undefined
  assignee?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** One page of the requests of all customers, newest first. */
export async function listRequests(
  { database }: Platform,
  me: Account,
  { status, assignee, cursor, limit }: Wish,
): Promise<{ items: DeskSummary[]; nextCursor: string | null }> {
  let query = requestRows(database)
    .orderBy('r.id', 'desc')
    .limit(limit + 1)
  if (status) query = query.where('r.status', '=', status)
  if (assignee === 'none') query = query.where('r.assignee_id', 'is', null)
  else if (assignee) query = query.where('r.assignee_id', '=', assignee === 'me' ? me.id : assignee)
  if (cursor) query = query.where('r.id', '<', decodeCursor<{ id: string }>(cursor, { id: 'uuid' }).id)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const [summaries, companies, people] = await Promise.all([
    summarise(database, page),
    companyNames(database, [...new Set(page.map(row => row.company_id))]),
    personNames(
      database,
      page.flatMap(row => row.assignee_id ?? []),
    ),
  ])
  return {
    items: summaries.map((summary, at) => ({ ...summary, ...deskFacts(page[at]!, companies, people) })),
    nextCursor: rows.length > limit ? encodeCursor({ id: page.at(-1)!.id }) : null,
  }
}

const deskFacts = (row: RequestRow, companies: ReadonlyMap<string, string>, people: ReadonlyMap<string, string>) => ({
  company: companies.get(row.company_id) ?? '',
  assignee: row.assignee_id ? { id: row.assignee_id, name: people.get(row.assignee_id) ?? '' } : null,
})

/** A request with what was written and whom it can be given to. */
export async function deskRequest(platform: Platform, requestId: string): Promise<{ value: DeskRequest; etag: string }> {
  const { database } = platform
  const row = await requestRows(database).where('r.id', '=', requestId).executeTakeFirst()
  if (!row) throw noSuchRequest()
  const [companies, people, staff] = await Promise.all([
    companyNames(database, [row.company_id]),
    personNames(
      database,
      [row.account_id, row.assignee_id].flatMap(id => id ?? []),
    ),
    listStaff(platform, 'service.handle'),
  ])
  const detail = await detailOf(platform, row, people)
  const assignees = staff.map(({ id, name }) => ({ id, name }))
  return { value: { ...detail, ...deskFacts(row, companies, people), assignees }, etag: String(row.revision) }
}

interface DeskChange {
  status?: ServiceStatus | undefined
  assigneeId?: string | null | undefined
  visitAt?: string | null | undefined
  result?: string | undefined
  parts?: Part[] | undefined
}

/**
 * Moves a request on, gives it to somebody, agrees a visit, writes down what was done. 412 where somebody did meanwhile. What is done on a task
 * of the plan is a record of it too, where the owner lets the manufacturer see the machine.
 */
export async function changeRequest(
  platform: Platform,
  account: Account,
  { requestId, revision, change }: { requestId: string; revision: string; change: DeskChange },
): Promise<void> {
  const { database, vault } = platform
  await database.transaction(async () => {
    const row = await lockRequest(database, requestId)
    if (String(row.revision) !== revision) throw changedMeanwhile()
    const to = change.status ?? row.status
    if (to !== row.status && !mayMove(row.status, to, 'staff')) throw serviceMoved()
    const visitAt = change.visitAt === undefined ? row.visit_at : change.visitAt && new Date(change.visitAt)
    if (to === 'scheduled' && !visitAt) throw invalid([noVisit])
    if (change.assigneeId && !(await findStaff(platform, change.assigneeId, 'service.handle'))) throw invalid([noAssignee])
    const sealed = change.result === undefined ? {} : await sealFields(vault, 'service_request', { result: change.result })
    await moveRequest(platform, row, {
      ...sealed,
      ...(change.status ? { status: to } : {}),
      ...(change.assigneeId === undefined ? {} : { assignee_id: change.assigneeId }),
      ...(change.visitAt === undefined ? {} : { visit_at: visitAt || null }),
      ...(change.parts ? { parts: change.parts } : {}),
    })
    await platform.audit.write({
      action: 'service-request.changed',
      target: { kind: 'service-request', id: requestId },
      before: { status: row.status },
      after: { status: to, ...(change.assigneeId === undefined ? {} : { assigneeId: change.assigneeId }) },
    })
    if (to === 'done' && row.status !== 'done' && row.subject === 'maintenance') await recordTask(platform, account, row)
  })
}

async function recordTask(platform: Platform, account: Account, { device_id, about_key, number }: RequestRow) {
  const seen = (await demandVisible(platform, account, [device_id])).some(({ until }) => until === null)
  if (seen) await recordMaintenance(platform, account, device_id, { task: about_key, note: `#${number}` })
}

/** Adds a message of the manufacturer. */
export async function writeDeskMessage(platform: Platform, account: Account, requestId: string, text: string): Promise<void> {
  await platform.database.transaction(async () => {
    await lockRequest(platform.database, requestId)
    await writeMessage(platform, { requestId, account, text })
    await platform.audit.write({ action: 'service-request.answered', target: { kind: 'service-request', id: requestId } })
  })
}

const noVisit = {
  field: '/visitAt',
  message: { 'zh-CN': '没有约定时间。', en: 'There is no appointment.' },
  remedy: { 'zh-CN': '请填写上门时间。', en: 'Say when somebody comes.' },
}
const noAssignee = {
  field: '/assigneeId',
  message: { 'zh-CN': '这位同事不处理服务请求。', en: 'This colleague does not handle service.' },
  remedy: { 'zh-CN': '请选择列表中的同事。', en: 'Choose a colleague from the list.' },
}
