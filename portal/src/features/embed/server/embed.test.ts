import { afterAll, expect, test } from 'vitest'
import { makeApiKey, type PermissionName, revokeMyApiKey } from '#features/accounts/core'
import { listAlarms } from '#features/alarms/core'
import { raiseAlarm } from '#features/alarms/server'
import { createDevice, createDeviceType, getDevice, setSharing, transferDevice } from '#features/devices/core'
import { getMyOutlook } from '#features/prognosis/core'
import { createApi } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { type EventReader, readEvents } from '../../../../test/event-reader.ts'
import { testPortal, type Visitor } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { features } from '../../../app/features.ts'
import {
  getShown,
  getShownHistory,
  getShownMarks,
  getShownOutlook,
  getShownSpectra,
  getShownVibration,
  isOrigin,
  listShown,
  listShownAlarms,
  makeToken,
} from '../core/index.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform, request } = world
const service = await world.api('service')
const staff = confirmingApi(world, 'admin')
const site = 'https://intranet.example.com'
const open: EventReader[] = []
afterAll(async () => {
  for (const reader of open) await reader.close()
})

const name = (text: string) => ({ 'zh-CN': text, en: text })
const { value: type } = await (await world.api('product')).callWithEtag(createDeviceType, {
  body: {
    key: 'shown_machine',
    name: name('Machine'),
    metrics: [{ key: 'load', name: name('Load'), unit: '%', min: 0, max: 150, decimals: 1 }],
  },
})

/** A machine that the company has had for an hour. */
async function newMachine(companyId = own.id): Promise<string> {
  const { value, etag } = await service.callWithEtag(createDevice, {
    body: { serial: crypto.randomUUID().slice(0, 13), model: 'EM-1', typeId: type.id },
  })
  await give(value.id, companyId, etag)
  await world.database.pool.query(`update device_ownership set from_at = now() - interval '1 hour' where device_id = $1`, [
    value.id,
  ])
  return value.id
}

async function give(deviceId: string, companyId: string, etag?: string): Promise<void> {
  const ifMatch = etag ?? (await service.callWithEtag(getDevice, { params: { deviceId } })).etag
  await staff.call(transferDevice, { params: { deviceId }, body: { companyId, reason: 'sold on' }, ifMatch })
}

async function say(deviceId: string, load: number): Promise<void> {
  const payload = Buffer.from(JSON.stringify({ at: Date.now(), values: { load } }))
  for (const { broker } of features)
    await broker?.receive?.(
      [{ deviceId, topic: 'readings', sparkplug: null, payload, qos: 1, retain: false, receivedAt: new Date() }],
      platform,
    )
}

const keyOf = (as: Visitor, scopes: PermissionName[] = ['device.read-own']) =>
  confirmingApi(world, as).call(makeApiKey, { body: { name: 'intranet', scopes } })
const key = await keyOf(own.admin.visitor)

const asking = (bearer: string, origin?: string) =>
  createApi((path, { method, headers, body }) =>
    request(path, {
      ...{ method, ...(body ? { body } : {}) },
      headers: { ...headers, authorization: `Bearer ${bearer}`, ...(origin ? { origin } : {}) },
    }),
  )
const server = asking(key.key)
const tokenFor = async (machines: string[] | 'all', { by = server, minutes = 15 } = {}) =>
  (await by.call(makeToken, { body: { origin: site, machines, minutes } })).token
const page = (token: string, origin = site) => asking(token, origin)

const problem = (type: string) => ({ problem: { type: `/problems/${type}` } })
const refused = problem('key-refused')

test('a page of the site shows the machines that its token names, with health and readings, and no others', async () => {
  const [machine, another] = [await newMachine(), await newMachine()]
  await say(machine, 42)
  const shown = page(await tokenFor([machine]))
  const { standing, metrics, side } = await shown.call(getShown, { params: { deviceId: machine } })
  expect(standing.contact).toBe('reporting')
  expect(metrics.metrics[0]!.latest?.value).toBe(42)
  expect(side).toBe('own')
  const hour = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date(Date.now() + 1000).toISOString() }
  const { points } = await shown.call(getShownHistory, { params: { deviceId: machine, metric: 'load' }, query: hour })
  expect(points.at(-1)?.mean).toBe(42)
  expect((await shown.call(listShown, {})).items.map(({ id }) => id)).toEqual([machine])
  await expect(shown.call(getShown, { params: { deviceId: another } })).rejects.toMatchObject(problem('not-found'))
  const all = await page(await tokenFor('all')).call(listShown, {})
  expect(all.items.map(({ id }) => id)).toEqual(expect.arrayContaining([machine, another]))
})

const views = (shown: ReturnType<typeof page>, deviceId: string) => {
  const of = { params: { deviceId } }
  const query = { from: new Date(Date.now() - 1000).toISOString(), to: new Date().toISOString() }
  return {
    alarms: () => shown.call(listShownAlarms, of),
    outlook: () => shown.call(getShownOutlook, of),
    vibration: () => shown.call(getShownVibration, of),
    spectra: () => shown.call(getShownSpectra, { ...of, query: { point: 'front', at: query.from } }),
    marks: () => shown.call(getShownMarks, { ...of, query }),
  }
}

test('alarms, remaining life, vibration and marks are seen as in the portal: of what is open to the company, and of no other machine', async () => {
  const [machine, another] = [await newMachine(), await newMachine()]
  const found = { name: name('Warm'), severity: 'high' as const, message: name('It is warm'), component: null, remedy: null }
  const raise = (source: string) => raiseAlarm(platform, { deviceId: machine, source, at: new Date(), ...found })
  await raise('diagnosis:warm')
  const shown = page(await tokenFor([machine]))
  const seen = views(shown, machine)
  const inPortal = await own.admin.api.call(listAlarms, { query: { deviceId: machine } })
  expect(await seen.alarms()).toEqual(inPortal)
  expect(inPortal.items.length).toBeGreaterThan(0)
  expect(await seen.outlook()).toEqual(await own.admin.api.call(getMyOutlook, { params: { deviceId: machine } }))
  expect(await seen.vibration()).toMatchObject({ points: [] })
  expect((await seen.marks()).items.map(({ kind }) => kind)).toContain('alarm')
  await expect(seen.spectra()).rejects.toMatchObject(problem('not-found'))
  for (const read of Object.values(views(shown, another))) await expect(read()).rejects.toMatchObject(problem('not-found'))
  await give(machine, other.id)
  const ofNewOwner = await raise('diagnosis:loud')
  expect((await seen.alarms()).items.map(({ id }) => id)).not.toContain(ofNewOwner)
  expect((await other.admin.api.call(listAlarms, { query: { deviceId: machine } })).items.map(({ id }) => id)).toEqual([
    ofNewOwner,
  ])
})

test('a key gives tokens for machines of its owner alone, and nobody does without a key', async () => {
  const theirs = await newMachine(other.id)
  await expect(tokenFor([theirs])).rejects.toMatchObject(problem('not-found'))
  await expect(tokenFor([await newMachine(), theirs])).rejects.toMatchObject(problem('not-found'))
  const signedIn = await world.api(own.admin.visitor)
  await expect(signedIn.call(makeToken, { body: { origin: site, machines: 'all' } })).rejects.toMatchObject(
    problem('only-for-keys'),
  )
  const narrow = asking((await keyOf(own.admin.visitor, ['configuration.read-own'])).key)
  await expect(tokenFor('all', { by: narrow })).rejects.toMatchObject(problem('not-permitted'))
})

test('a token holds for the site it names, for its minutes, unchanged, and below /embed/', async () => {
  const deviceId = await newMachine()
  const token = await tokenFor([deviceId], { minutes: 1 })
  const ask = (bearer: string, origin?: string) => asking(bearer, origin).call(getShown, { params: { deviceId } })
  await ask(token, site)
  await expect(ask(token, 'https://elsewhere.example.com')).rejects.toMatchObject(refused)
  await expect(ask(token)).rejects.toMatchObject(refused)
  await expect(ask(`${token.slice(0, -2)}AA`, site)).rejects.toMatchObject(refused)
  for (const path of ['/my/fleet', `/my/devices/${deviceId}`, '/me', '/live?topics=device-health'])
    expect((await request(`/api/v1${path}`, { headers: { authorization: `Bearer ${token}`, origin: site } })).status).toBe(403)
  const { now } = platform
  platform.now = () => new Date(now().getTime() + 61_000)
  await expect(ask(token, site)).rejects.toMatchObject(refused)
  platform.now = now
})

const stream = async (token: string, deviceId: string) => {
  const reader = readEvents(
    await request(`/api/v1/embed/live?device=${deviceId}`, { headers: { authorization: `Bearer ${token}`, origin: site } }),
  )
  open.push(reader)
  return reader
}

test('readings come live; a sale ends the stream and all the rest at once', async () => {
  const machine = await newMachine()
  const token = await tokenFor([machine])
  const reader = await stream(token, machine)
  await say(machine, 7)
  await reader.until(({ name, data }) => name === 'readings' && data.readings[0][2] === 7)
  await give(machine, other.id)
  await reader.until(({ name }) => name === 'rights')
  await expect(page(token).call(listShown, {})).resolves.toMatchObject({ items: [] })
  await expect(page(token).call(getShown, { params: { deviceId: machine } })).rejects.toMatchObject(problem('not-found'))
})

test('revoking the key ends its tokens and their streams at once', async () => {
  const machine = await newMachine()
  const ending = await keyOf(own.admin.visitor)
  const token = await tokenFor([machine], { by: asking(ending.key) })
  const reader = await stream(token, machine)
  await confirmingApi(world, own.admin.visitor).call(revokeMyApiKey, { params: { keyId: ending.id } })
  await reader.ended
  await expect(page(token).call(listShown, {})).rejects.toMatchObject(refused)
})

test('pages of staff show a machine as long as its owner shares it', async () => {
  const machine = await newMachine()
  await say(machine, 9)
  const token = await tokenFor([machine], { by: asking((await keyOf('service', ['device.read'])).key) })
  const read = () => page(token).call(getShown, { params: { deviceId: machine } })
  expect((await read()).metrics.metrics[0]!.latest?.value).toBe(9)
  await own.admin.api.call(setSharing, { params: { deviceId: machine }, body: { whom: 'manufacturer', shared: false } })
  expect(await read()).toMatchObject({ standing: { contact: 'withheld', state: null }, metrics: { metrics: [{ latest: null }] } })
})

test('browsers are told that pages of other sites may read below /embed/, without cookies, and nowhere else', async () => {
  const asked = { method: 'OPTIONS', headers: { origin: site, 'access-control-request-method': 'GET' } }
  const allowed = await request('/api/v1/embed/machines', asked)
  expect(allowed.status).toBe(204)
  expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization')
  expect(allowed.headers.get('access-control-allow-credentials')).toBeNull()
  const expired = await request('/api/v1/embed/machines', { headers: { origin: site, authorization: 'Bearer fettle_embed_x' } })
  expect([expired.status, expired.headers.get('access-control-allow-origin')]).toEqual([401, '*'])
  for (const path of ['/api/v1/my/fleet', '/api/v1/embed-tokens', '/'])
    expect((await request(path, asked)).headers.get('access-control-allow-origin')).toBeNull()
})

test.each(['https://a.example.com', 'http://10.0.0.4:8080', 'http://localhost:4000', 'http://[::1]:8080'])(
  '%s is an origin',
  text => expect(isOrigin(text)).toBe(true),
)
test.each([
  'https://a.example.com/',
  'https://a.example.com:443',
  'HTTPS://a.example.com',
  'null',
  '*',
  'ftp://a.b',
  'https://a b',
])('%s is none', text => expect(isOrigin(text)).toBe(false))
