import { personNames } from '#features/accounts/server'
import { readManufacturer } from '#features/manufacturer/server'
import type { Language } from '#platform/core'
import { type Account, type Platform, sealFields } from '#platform/server'
import { mayMove, type ServiceRequest, type ServiceSummary } from '../../core/index.ts'
import type { ServiceTables } from '../tables.ts'
import { moveRequest, serviceMoved } from './move-request.ts'
import { detailOf, lockRequest, noSuchRequest, type RequestRow, requestRows, summarise } from './request-rows.ts'

const mostListed = 200

/** Requests of the account's company, newest first. */
export async function ownRequests({ database }: Platform, { companyId }: Account): Promise<ServiceSummary[]> {
  const rows = await requestRows(database)
    .where('r.company_id', '=', companyId)
    .orderBy('r.id', 'desc')
    .limit(mostListed)
    .execute()
  return summarise(database, rows)
}

/** A request of the account's company, in the words of both sides; of the manufacturer's people, his name alone. 404 for strangers. */
export async function ownRequest(
  platform: Platform,
  account: Account,
  requestId: string,
  language: Language,
): Promise<ServiceRequest> {
  const row = await requestRows(platform.database).where('r.id', '=', requestId).executeTakeFirst()
  if (!isOwn(row, account)) throw noSuchRequest()
  const names = await personNames(platform.database, row.account_id ? [row.account_id] : [])
  const [detail, maker] = await Promise.all([detailOf(platform, row, names), readManufacturer(platform.database)])
  const messages = detail.messages.map(one => (one.by === 'manufacturer' ? { ...one, name: maker.name[language] } : one))
  return { ...detail, messages }
}

const isOwn = (row: RequestRow | undefined, { companyId }: Account): row is RequestRow =>
  row !== undefined && companyId !== null && row.company_id === companyId

/** Takes a request of the account's company back, while nobody is at it. */
export async function withdrawRequest(platform: Platform, account: Account, requestId: string): Promise<void> {
  await platform.database.transaction(async () => {
    const row = await lockRequest(platform.database, requestId)
    if (!isOwn(row, account)) throw noSuchRequest()
    if (!mayMove(row.status, 'withdrawn', 'customer')) throw serviceMoved()
    await moveRequest(platform, row, { status: 'withdrawn' })
  })
}

/** Adds a message in the name of the account's company. */
export async function writeOwnMessage(platform: Platform, account: Account, requestId: string, text: string): Promise<void> {
  await platform.database.transaction(async () => {
    const row = await lockRequest(platform.database, requestId)
    if (!isOwn(row, account)) throw noSuchRequest()
    await writeMessage(platform, { requestId, account, text })
  })
}

/** Adds a message to a request, in the ambient transaction. */
export async function writeMessage(
  platform: Platform,
  { requestId, account, text }: { requestId: string; account: Account; text: string },
): Promise<void> {
  const { database, vault } = platform
  const side = account.kind === 'staff' ? 'manufacturer' : 'customer'
  const [id, at] = [platform.newId(), platform.now()]
  const sealed = await sealFields(vault, 'service_message', { name: account.name, text })
  await database
    .db<ServiceTables>()
    .insertInto('service_message')
    .values({ id, request_id: requestId, author_id: account.id, side, at, ...sealed })
    .execute()
  await database.db<ServiceTables>().updateTable('service_request').set({ updated_at: at }).where('id', '=', requestId).execute()
  await platform.record('service.message-written', { requestId, messageId: id, by: side })
  await platform.live.publish('service', requestId)
}
