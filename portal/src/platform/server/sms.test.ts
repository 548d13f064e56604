import { afterAll, beforeEach, expect, test } from 'vitest'
import { type Behaviour, startSmsServer } from '../../../test/aliyun-sms-server.ts'
import { cloneDatabase } from '../../../test/test-database.ts'
import { newKey } from './cipher.ts'
import { openDatabase } from './database.ts'
import { newId } from './ids.ts'
import { createJobs } from './jobs.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import type { Platform } from './platform.ts'
import { openSignals } from './signals.ts'
import { createSms, openKeptSms, type SmsTables, sendSmsJob } from './sms.ts'
import { aliyunSms } from './sms-aliyun.ts'
import { openVault } from './vault.ts'

const clone = await cloneDatabase()
const lines: string[] = []
const log = createLog('info', { write: (line: string) => void lines.push(line) })
const database = openDatabase(clone.url, () => {})
const signals = await openSignals(clone.url, log)
const vault = await openVault(database, signals, [{ name: 'test', key: newKey() }])
const metrics = createMetrics('test')
const platform = { database, log, vault, metrics, now: () => new Date() } as Platform
const server = await startSmsServer()
afterAll(async () => {
  await server.close()
  await signals.close()
  await database.close()
  await clone.drop()
})
beforeEach(async () => {
  Object.assign(server, { calls: 0, skew: 0 })
  server.taken.length = 0
  server.next.length = 0
  await database.db<SmsTables>().deleteFrom('sms').execute()
})

const to = '+8613800138000'
const soon = () => new Date(Date.now() + 300_000).toISOString()
const message = (change: object = {}) => ({ to, template: 'code', params: { code: '482913' }, until: soon(), ...change })

/** One try of the job. */
async function attempt(jobId: string, { lastTry = false, url = server.url, change = {}, perHour = 500 } = {}) {
  const handlers = sendSmsJob({ smsUrl: url, smsPerHour: perHour }, aliyunSms(url, 500))
  await handlers['platform.send-sms']!.handle(message(change), { jobId, lastTry, platform })
}

const rowOf = async (id: string) =>
  database.db<SmsTables>().selectFrom('sms').select(['state', 'why', 'code', 'content']).where('id', '=', id).executeTakeFirst()

test('a message goes out signed, with the signature and template agreed with the carrier, and nothing of it is kept', async () => {
  const id = newId()
  await attempt(id)
  expect(server.taken).toEqual([
    { number: '13800138000', sign: '智造先锋', template: 'SMS_100000001', params: { code: '482913' }, outId: id },
  ])
  expect(await rowOf(id)).toEqual({ state: 'sent', why: null, code: null, content: null })
})

test('a number abroad gets the template agreed for abroad', async () => {
  const international = await startSmsServer({ abroad: true })
  await attempt(newId(), { url: international.url, change: { to: '+85251234567' } })
  expect(international.taken).toMatchObject([{ number: '85251234567', template: 'SMS_200000002' }])
  await international.close()
})

test('a wrong secret is a refusal that says so', async () => {
  const id = newId()
  await attempt(id, { url: server.url.replace(/:[^:@]*@/, ':another@') })
  expect(await rowOf(id)).toMatchObject({ state: 'refused', why: 'settings', code: 'SignatureDoesNotMatch' })
  expect(server.taken).toEqual([])
})

test.each([
  ['isv.MOBILE_NUMBER_ILLEGAL', 'number'],
  ['isv.BUSINESS_LIMIT_CONTROL', 'limit'],
  ['isv.DAY_LIMIT_CONTROL', 'limit'],
  ['isv.AMOUNT_NOT_ENOUGH', 'balance'],
  ['isv.OUT_OF_SERVICE', 'balance'],
  ['isv.BLACK_KEY_CONTROL_LIMIT', 'blocked'],
  ['isv.SMS_TEMPLATE_ILLEGAL', 'settings'],
  ['isv.SOMETHING_NEW', 'other'],
])('%s is not tried again, but kept: %s', async (code, why) => {
  const id = newId()
  server.next.push({ kind: 'code', code })
  await attempt(id)
  const { content, ...row } = (await rowOf(id))!
  expect(row).toEqual({ state: 'refused', why, code })
  expect(await openKeptSms(vault, content!)).toEqual({ recipient: to, template: 'code', params: null }) // no code that may still open
})

test.each<[string, Behaviour]>([
  ['the carrier is busy', { kind: 'code', code: 'Throttling.User', status: 400 }],
  ['the carrier is away', { kind: 'code', code: 'ServiceUnavailable', status: 503 }],
])('%s: nothing was sent, and the next try sends it', async (_, behaviour) => {
  const id = newId()
  server.next.push(behaviour)
  await expect(attempt(id)).rejects.toThrow('did not take the text message')
  expect(await rowOf(id)).toBeUndefined()
  await attempt(id)
  expect(server.taken).toHaveLength(1)
})

test.each<[string, Behaviour]>([
  ['an answer that does not come', { kind: 'silent' }],
  ['a connection that breaks', { kind: 'hang-up' }],
  ['a page of a proxy', { kind: 'page', status: 502 }],
  ['an error inside the carrier', { kind: 'code', code: 'InternalError', status: 500 }],
])('after %s it may have been sent, so it is not sent again', async (_, behaviour) => {
  const id = newId()
  server.next.push(behaviour)
  await attempt(id)
  await attempt(id) // as after a kill before the mark
  expect(server.calls).toBe(1)
  expect(await rowOf(id)).toMatchObject({ state: 'unknown', content: null })
})

test('what was begun by a process that was killed is not begun again', async () => {
  const id = newId()
  const killed = sendSmsJob({ smsUrl: server.url, smsPerHour: 500 }, { send: () => Promise.reject(new Error('killed')) })
  await expect(killed['platform.send-sms']!.handle(message(), { jobId: id, lastTry: false, platform })).rejects.toThrow('killed')
  expect(await rowOf(id)).toMatchObject({ state: 'sending' })
  await attempt(id)
  expect(server.calls).toBe(0)
  expect(await rowOf(id)).toMatchObject({ state: 'unknown', code: 'interrupted' })
})

test('a clock that is an hour off costs one more call, and none after it', async () => {
  server.skew = 3_600_000
  const carrier = aliyunSms(server.url)
  const send = () => carrier.send({ id: newId(), to, template: 'code', params: { code: '1' } })
  expect(await send()).toEqual({ result: 'sent' })
  expect(server.calls).toBe(2)
  expect(await send()).toEqual({ result: 'sent' })
  expect(server.calls).toBe(3)
})

test('a carrier that is not there is waited for, and the last try keeps the message', async () => {
  const id = newId()
  const gone = await startSmsServer()
  await gone.close()
  const away = gone.url
  await expect(attempt(id, { url: away })).rejects.toThrow('ECONNREFUSED')
  await attempt(id, { url: away, lastTry: true })
  expect(await rowOf(id)).toMatchObject({ state: 'refused', why: 'unreachable', code: 'ECONNREFUSED' })
})

test('a message that comes too late is not sent', async () => {
  const id = newId()
  await attempt(id, { change: { until: new Date(Date.now() - 1).toISOString() } })
  expect(server.calls).toBe(0)
  expect(await rowOf(id)).toMatchObject({ state: 'refused', why: 'too-late' })
})

test('one number gets ten within a day, and all together as many within an hour as is set', async () => {
  for (let sent = 0; sent < 10; sent++) await attempt(newId())
  const eleventh = newId()
  await attempt(eleventh)
  expect(await rowOf(eleventh)).toMatchObject({ state: 'refused', why: 'limit', code: 'per-number' })
  await attempt(newId(), { change: { to: '+8613900139000' } })
  expect(server.calls).toBe(11)
  const beyond = newId()
  await attempt(beyond, { change: { to: '+8613700137000' }, perHour: 11 })
  expect(await rowOf(beyond)).toMatchObject({ state: 'refused', why: 'limit', code: 'SMS_PER_HOUR' })
  expect(server.calls).toBe(11)
})

test('of twenty at once no more are sent than the hour allows', async () => {
  await Promise.all(
    Array.from({ length: 20 }, (_, at) => attempt(newId(), { change: { to: `+86139000000${10 + at}` }, perHour: 7 })),
  )
  expect(server.taken).toHaveLength(7)
})

test('the queue brings a message to the carrier after the transaction it was sent in, and not where that failed', async () => {
  const handlers = sendSmsJob({ smsUrl: server.url, smsPerHour: 500 })
  const jobs = createJobs(database, signals, vault, log)
  await jobs.prepare(handlers)
  await jobs.work(handlers, {}, platform)
  const sms = createSms({ mode: 'production', smsUrl: server.url }, jobs)!
  const send = (code: string) => sms.send({ to, template: 'code', params: { code }, until: new Date(Date.now() + 60_000) })
  await database
    .transaction(async () => {
      await send('111111')
      throw new Error('rolled back')
    })
    .catch(() => {})
  await database.transaction(() => send('222222'))
  await expect.poll(() => server.taken.map(({ params }) => params.code), { timeout: 15_000 }).toEqual(['222222'])
  const { rows } = await database.pool.query<{ text: string }>('select data::text as text from job.job')
  expect(rows.map(({ text }) => text).join()).not.toMatch(/222222|13800138000/)
  await jobs.stop()
})

test('without a carrier a demo catches messages, sealed, and production has none', async () => {
  const id = newId()
  const handlers = sendSmsJob({ smsUrl: null, smsPerHour: 1 })
  await handlers['platform.send-sms']!.handle(message(), { jobId: id, lastTry: false, platform })
  const { content, ...row } = (await rowOf(id))!
  expect(row).toEqual({ state: 'caught', why: null, code: null })
  expect(String(content)).not.toMatch(/482913|1380013/)
  expect(await openKeptSms(vault, content!)).toEqual({ recipient: to, template: 'code', params: { code: '482913' } })
  expect(createSms({ mode: 'production', smsUrl: null }, {} as never)).toBeNull()
})

test('no number and no code is logged, and what came of messages is counted', async () => {
  expect(lines.length).toBeGreaterThan(3)
  expect(lines.join('')).not.toMatch(/13800138000|482913/)
  expect((await metrics.read()).text).toMatch(/fettle_sms_total\{result="refused"\} \d{1,2}/)
})
