import { listStaff, personOf } from '#features/accounts/server'
import { devicesById } from '#features/devices/server'
import { readManufacturer } from '#features/manufacturer/server'
import { formatTime, type Language, pathIn } from '#platform/core'
import { type Listener, mailLayout, type Platform, translate } from '#platform/server'
import type { ServiceTables } from '../tables.ts'
import { moveRequest } from './move-request.ts'
import { lockRequest, type RequestRow, requestRows } from './request-rows.ts'

/** Those who handle service hear of a new request. */
export const tellServiceOfRequest: Listener<'service.requested'> = {
  name: 'advisory.tell-service-of-request',
  handle: ({ data }, platform) => mailService(platform, data.requestId, 'requested'),
}

/** Whoever asked hears how far it is; the service, that it was taken back. */
export const tellOfMove: Listener<'service.moved'> = {
  name: 'advisory.tell-of-move',
  handle: ({ data: { requestId, to } }, platform) =>
    to === 'withdrawn' ? mailService(platform, requestId, 'withdrawn') : mailCustomer(platform, requestId, 'moved'),
}

/** The other side hears of a message. */
export const tellOfMessage: Listener<'service.message-written'> = {
  name: 'advisory.tell-of-message',
  handle: ({ data: { requestId, by } }, platform) =>
    by === 'customer' ? mailService(platform, requestId, 'message') : mailCustomer(platform, requestId, 'message'),
}

/** Whoever sells a machine wants no service on it any more: what is open of his is taken back. */
export const endWithOwnership: Listener<'device.changed-hands'> = {
  name: 'advisory.end-with-ownership',
  async handle({ data: { deviceId, fromCompanyId } }, platform) {
    if (!fromCompanyId) return
    const { database } = platform
    await database.transaction(async () => {
      const open = await database
        .db<ServiceTables>()
        .selectFrom('service_request')
        .select('id')
        .where('device_id', '=', deviceId)
        .where('company_id', '=', fromCompanyId)
        .where('status', 'in', ['submitted', 'received', 'scheduled', 'in-progress'])
        .execute()
      for (const { id } of open) await moveRequest(platform, await lockRequest(database, id), { status: 'withdrawn' })
    })
  },
}

/** To whoever it was given to, else to all who handle service. Numbers alone: nothing of the customer. */
async function mailService(platform: Platform, requestId: string, occasion: 'requested' | 'withdrawn' | 'message') {
  const row = await requestRows(platform.database).where('r.id', '=', requestId).executeTakeFirst()
  if (!row) return
  const staff = await listStaff(platform, 'service.handle')
  const given = staff.filter(({ id }) => id === row.assignee_id)
  for (const colleague of given.length > 0 ? given : staff)
    await send(platform, row, {
      ...{ to: colleague.email, language: platform.languages.writtenIn(colleague.language) },
      ...{ text: `service.${occasion}`, path: `/console/service/${requestId}` },
    })
}

/** In the language in which he asked. */
async function mailCustomer(platform: Platform, requestId: string, occasion: 'moved' | 'message') {
  const row = await requestRows(platform.database).where('r.id', '=', requestId).executeTakeFirst()
  const person = row?.account_id ? await personOf(platform, row.account_id) : null
  if (!row || !person) return
  await send(platform, row, {
    ...{ to: person.email, language: platform.languages.writtenIn(row.language) },
    ...{ text: `service.${occasion}`, path: `/account/service/${requestId}` },
  })
}

async function send(
  platform: Platform,
  row: RequestRow,
  { to, language, text, path }: { to: string; language: Language; text: string; path: string },
): Promise<void> {
  const [device] = await devicesById(platform.database, [row.device_id])
  const { timeZone } = await readManufacturer(platform.database)
  const status = translate(language, `advisory:service.status.${row.status}`)
  const say = (key: string) => translate(language, `advisory:mail.${key}`, { number: row.number, status })
  const fact = (key: string, value: string | null | undefined) =>
    value ? [{ label: translate(language, `advisory:${key}`), value }] : []
  await platform.mail.send({
    to,
    ...mailLayout(language, {
      subject: say(`${text}.subject`),
      paragraphs: [say(`${text}.text`)],
      facts: [
        ...fact('machine', device && `${device.model} ${device.serial}`),
        ...fact('stateTitle', status),
        ...fact('service.visitAt', row.visit_at && formatTime(row.visit_at, language, timeZone)),
      ],
      action: { label: say('service.open'), url: new URL(pathIn(language, path), platform.config.publicUrl).href },
    }),
  })
}
