import { createServer, type IncomingHttpHeaders } from 'node:http'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { handleAlarm } from '#features/alarms/core'
import { clearAlarm, raiseAlarm } from '#features/alarms/server'
import { createDevice, createDeviceType, getDevice, setSharing, transferDevice } from '#features/devices/core'
import { listMyNotices } from '#features/notices/core'
import type { Api, ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { verifyWebhook } from '../../../../test/verify-webhook.ts'
import {
  addWebhook,
  changeWebhook,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  renewWebhookSecret,
  retryDelivery,
  tryWebhook,
  webhookFlood,
  webhookMessages,
} from '../core/index.ts'

/** A program of somebody else: notes what it takes, and answers as it is told. */
const taken: { path: string; headers: IncomingHttpHeaders; body: string }[] = []
const answers = new Map<string, { status: number; location?: string }[]>()
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', chunk => (body += chunk))
  request.on('end', () => {
    const path = request.url!
    const { status, location } = answers.get(path)?.shift() ?? { status: 204 }
    taken.push({ path, headers: request.headers, body })
    response.writeHead(status, location ? { location } : {}).end(status >= 300 ? `answered ${status}` : '')
  })
})
await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve))
const { port } = receiver.address() as { port: number }
afterAll(() => receiver.close())
const at = (path: string) => `http://127.0.0.1:${port}${path}`
/** a busy machine is late */
const soon = { timeout: 30_000 }
const messagesTo = (path: string) => taken.filter(one => one.path === path).map(({ body }) => JSON.parse(body))

const world = await twoCompanies(await testPortal({ config: { catchWebhooks: false, outgoingPrivate: true } }))
const { own, other, platform, database } = world
const [admin, service] = await Promise.all([world.api('admin'), world.api('service')])
const text = (said: string) => ({ 'zh-CN': said, en: said })
const type = await service.call(createDeviceType, { body: { key: 'told', name: text('Mill') } })
const [mine, house] = [confirmingApi(world, own.admin.visitor), confirmingApi(world, 'admin')]

async function newMachine(companyId: string): Promise<string> {
  const body = { serial: crypto.randomUUID().slice(0, 13), model: 'HM-1', typeId: type.id }
  const { value, etag } = await service.callWithEtag(createDevice, { body })
  await house.call(transferDevice, { params: { deviceId: value.id }, body: { companyId, reason: 'sold' }, ifMatch: etag })
  return value.id
}
const deviceId = await newMachine(own.id)
const raise = (
  source: string,
  { severity = 'high', machine = deviceId }: { severity?: 'critical' | 'high' | 'low'; machine?: string } = {},
) =>
  raiseAlarm(platform, {
    ...{ deviceId: machine, source, name: text(source), severity, at: new Date(), message: text('It shakes') },
    ...{ component: null, remedy: text('Look at the bearing') },
  })
const add = async (api: Api, path: string, more: object = {}) => {
  const { webhook, secret } = await api.call(addWebhook, {
    body: { name: path, address: at(path), kinds: ['alarm.raised'], ...more },
  })
  onTestFinished(() => drop(api, webhook.id))
  return { id: webhook.id, secret, tag: String(webhook.revision) }
}
const deliveriesOf = async (api: Api, webhookId: string) => (await api.call(listDeliveries, { params: { webhookId } })).items
const drop = (api: Api, webhookId: string) => api.call(removeWebhook, { params: { webhookId } })
/** Instead of waiting for its pauses to be over. */
async function hurry(webhookId: string): Promise<void> {
  await database.pool.query(`update webhook_message set due_at = now() where webhook_id = $1 and state = 'waiting'`, [webhookId])
  await platform.jobs.enqueue('webhooks.deliver', { webhookId })
}
const refused = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('The call was expected to be refused')
    },
    error => (error as ProblemError).problem,
  )

test('an alarm reaches the program of the machine’s company, signed as Standard Webhooks demands, and of the chosen kinds and severity alone', async () => {
  const { id, secret } = await add(mine, '/signed', { kinds: ['alarm.raised', 'alarm.cleared'], severityFrom: 'high' })
  await raise('a trifle', { severity: 'low' })
  const alarmId = await raise('Spindle vibration')
  await own.admin.api.call(handleAlarm, { params: { alarmId }, body: { do: 'acknowledge' } })
  await clearAlarm(platform, { deviceId, source: 'Spindle vibration', at: new Date() })
  await expect.poll(() => messagesTo('/signed').map(({ type }) => type), soon).toEqual(['alarm.raised', 'alarm.cleared'])
  const [first] = taken.filter(({ path }) => path === '/signed')
  const verified = verifyWebhook(secret, first!.body, first!.headers as Record<string, string>)
  expect(verified).toMatchObject({
    data: { id: alarmId, severity: 'high', name: text('Spindle vibration'), url: expect.stringContaining('/account/machines/') },
  })
  expect(() => verifyWebhook(secret, first!.body.replace('high', 'low'), first!.headers as Record<string, string>)).toThrow()
  for (const message of messagesTo('/signed')) webhookMessages[message.type]!.body.parse(message)
  await expect
    .poll(() => deliveriesOf(own.admin.api, id), soon) // the answer is noted after it has come
    .toMatchObject([{ state: 'delivered' }, { state: 'delivered', attempts: [{ status: 204 }] }])
})

test('what is refused is sent again under the same id, and so it is by hand', async () => {
  const { id } = await add(mine, '/refusing')
  answers.set('/refusing', [{ status: 500 }, { status: 302, location: at('/elsewhere') }])
  await raise('refused at first')
  await expect.poll(() => messagesTo('/refusing').length, soon).toBe(1)
  for (const count of [2, 3]) {
    await expect.poll(async () => (await deliveriesOf(mine, id))[0]?.attempts.length, soon).toBe(count - 1)
    await hurry(id)
    await expect.poll(() => messagesTo('/refusing').length, soon).toBe(count)
  }
  await expect.poll(async () => (await deliveriesOf(mine, id))[0]?.state, soon).toBe('delivered')
  const [delivery] = await deliveriesOf(mine, id)
  expect(delivery!.attempts).toMatchObject([
    { status: 204 },
    { status: null, said: expect.stringContaining('elsewhere') },
    { status: 500, said: 'answered 500' },
  ])
  expect(taken.some(({ path }) => path === '/elsewhere')).toBe(false)
  await mine.call(retryDelivery, { params: { webhookId: id, messageId: delivery!.id } })
  await expect.poll(() => messagesTo('/refusing').length, soon).toBe(4)
  expect(new Set(taken.filter(({ path }) => path === '/refusing').map(({ headers }) => headers['webhook-id']))).toEqual(
    new Set([delivery!.id]),
  )
})

test('nobody’s program is told of a machine that was sold meanwhile, or that is kept from him', async () => {
  const machine = await newMachine(own.id)
  const ofOwner = await add(mine, '/owner')
  await add(house, '/house')
  await add(confirmingApi(world, other.admin.visitor), '/stranger')
  await own.admin.api.call(setSharing, { params: { deviceId: machine }, body: { whom: 'manufacturer', shared: false } })
  answers.set('/owner', [{ status: 503 }])
  await raise('before the sale', { machine })
  await expect.poll(async () => (await deliveriesOf(mine, ofOwner.id))[0]?.attempts.length, soon).toBe(1)
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId: machine } })
  await house.call(transferDevice, {
    params: { deviceId: machine },
    body: { companyId: other.id, reason: 'sold on' },
    ifMatch: etag,
  })
  await hurry(ofOwner.id)
  await expect.poll(async () => (await deliveriesOf(mine, ofOwner.id))[0]?.state, soon).toBe('dropped')
  await raise('after the sale', { machine })
  await expect.poll(() => messagesTo('/stranger').map(({ data }) => data.name.en), soon).toEqual(['after the sale'])
  expect(messagesTo('/owner')).toHaveLength(1)
  expect(JSON.stringify(messagesTo('/house'))).not.toContain('before the sale')
})

test('a flood comes as single messages up to the bound and as one with all of it', async () => {
  const { id } = await add(mine, '/flooded')
  const many = webhookFlood.most + 12
  await platform.database.transaction(async () => {
    for (let number = 0; number < many; number++) await raise(`Flooding ${number}`)
  })
  const told = () => messagesTo('/flooded').flatMap(one => (one.type === 'webhook.bundle' ? one.data.messages : [one]))
  const singles = () => messagesTo('/flooded').filter(({ type }) => type !== 'webhook.bundle').length
  await expect.poll(() => messagesTo('/flooded').length - singles(), soon).toBe(1)
  expect(singles()).toBeLessThanOrEqual(webhookFlood.most)
  await expect
    .poll(async () => {
      await database.pool.query(`update webhook_message set sent_at = sent_at - interval '1 minute' where webhook_id = $1`, [id])
      await hurry(id) // the next window
      return told().length
    }, soon)
    .toBe(many)
  expect(new Set(told().map(({ data }) => data.name.en)).size).toBe(many)
  for (const message of messagesTo('/flooded')) webhookMessages[message.type]!.body.parse(message)
})

test('a new secret signs beside the old one for a day', async () => {
  const { id, secret } = await add(mine, '/renewed')
  const { secret: next } = await mine.call(renewWebhookSecret, { params: { webhookId: id } })
  expect(await mine.call(tryWebhook, { params: { webhookId: id } })).toMatchObject({ state: 'delivered', kind: 'webhook.test' })
  const headersOf = () => taken.findLast(({ path }) => path === '/renewed')!
  for (const one of [secret, next]) verifyWebhook(one, headersOf().body, headersOf().headers as Record<string, string>)
  await database.pool.query(`update webhook set old_until = now() - interval '1 second' where id = $1`, [id])
  await mine.call(tryWebhook, { params: { webhookId: id } })
  verifyWebhook(next, headersOf().body, headersOf().headers as Record<string, string>)
  expect(() => verifyWebhook(secret, headersOf().body, headersOf().headers as Record<string, string>)).toThrow()
})

test('what takes nothing for days, or says that it is gone, is switched off, and its administrator is told', async () => {
  const { id, tag } = await add(mine, '/gone')
  answers.set('/gone', [{ status: 500 }, { status: 410 }])
  await raise('to nobody')
  await expect.poll(async () => (await deliveriesOf(mine, id))[0]?.attempts.length, soon).toBe(1)
  expect((await mine.call(listWebhooks, {})).items).toMatchObject([{ active: true, failingSince: expect.any(String) }])
  await hurry(id)
  await expect
    .poll(async () => (await mine.call(listWebhooks, {})).items[0], soon)
    .toMatchObject({ active: false, givenUpAt: expect.any(String) })
  const notices = async (api: Api) => (await api.call(listMyNotices, {})).items.filter(({ kind }) => kind === 'webhook-off')
  expect(await notices(own.admin.api)).toMatchObject([{ where: '/gone', path: `/account/webhooks/${id}` }])
  for (const api of [own.member.api, other.admin.api, admin]) expect(await notices(api)).toEqual([])
  const messageId = (await deliveriesOf(mine, id))[0]!.id
  expect(await refused(mine.call(retryDelivery, { params: { webhookId: id, messageId } }))).toMatchObject({ status: 409 })
  const body = { name: 'back', kinds: ['alarm.raised' as const], severityFrom: 'low' as const, deviceIds: null, active: true }
  const back = await mine.call(changeWebhook, { params: { webhookId: id }, body, ifMatch: String(Number(tag) + 1) })
  expect(back).toMatchObject({ active: true, failingSince: null, givenUpAt: null })
})

test('a webhook is its company’s alone, its secrets are sealed, and no machine of others can be chosen for it', async () => {
  const { id, secret } = await add(mine, '/ours?token=hidden', { name: 'ours' })
  for (const api of [other.admin.api, admin])
    expect(await refused(api.call(listDeliveries, { params: { webhookId: id } }))).toMatchObject({ status: 404 })
  expect(await refused(own.member.api.call(listWebhooks, {}))).toMatchObject({ status: 403 })
  const { rows } = await database.pool.query('select * from webhook where id = $1', [id])
  const audit = await database.pool.query(`select changes::text from audit_entry where action like 'webhook.%'`)
  for (const hidden of [secret, 'token=hidden']) expect(JSON.stringify([rows, audit.rows])).not.toContain(hidden)
  const strange = await newMachine(other.id)
  const body = { name: 'x', address: at('/x'), kinds: ['alarm.raised' as const], deviceIds: [strange] }
  expect(await refused(mine.call(addWebhook, { body }))).toMatchObject({ status: 404 })
  for (const address of ['ftp://a.example/', 'https://user:word@a.example/', 'hooks', 'https://a.example/#x'])
    expect(await refused(mine.call(addWebhook, { body: { name: 'x', address, kinds: ['alarm.raised'] } }))).toMatchObject({
      errors: [{ field: '/address' }],
    })
})
