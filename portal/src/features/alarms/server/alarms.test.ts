import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, expect, test } from 'vitest'
import {
  addCredential,
  createDevice,
  createDeviceType,
  getDevice,
  grantRole,
  setSharing,
  transferDevice,
} from '#features/devices/core'
import { listMyNotices } from '#features/notices/core'
import { latestReadings } from '#features/telemetry/server'
import { type Api, ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { features } from '../../../app/features.ts'
import {
  cancelMaintenance,
  changeAlarmRule,
  createAlarmRule,
  deleteAlarmRule,
  getAlarm,
  getAlarmRule,
  getMaintenance,
  handleAlarm,
  listAlarmRules,
  listAlarms,
  planMaintenance,
  setMaintenance,
  switchAlarmRule,
  tryAlarmRule,
} from '../core/index.ts'
import { endWaits } from './end-waits.ts'
import { clearAlarm, raiseAlarm } from './index.ts'
import { passTime, stopWatching, watchOf } from './watch/watch-alarms.ts'

const world = await twoCompanies(
  await testPortal({
    config: { port: 0, broker: { external: null, port: 0, portIsPreset: false, tls: null } },
    // time passes when a test says so
    features: features.map(feature => (feature.name === 'alarms' ? { ...feature, schedules: {} } : feature)),
  }),
)
const { own, other, platform, portal, database } = world
await portal.listen()
const state = platform.broker.state()
if (state.kind !== 'embedded') throw new Error(`The broker is ${JSON.stringify(state)}`)
const url = state.address
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')
const clients: MqttClient[] = []
afterAll(async () => {
  for (const client of clients) await client.endAsync(true)
})

const text = (said: string) => ({ 'zh-CN': said, en: said })
const type = await service.call(createDeviceType, {
  body: {
    key: 'watched_machine',
    name: text('Machine'),
    metrics: [
      { key: 'heat', name: text('Heat'), unit: '°C', min: -40, max: 150, decimals: 1 },
      { key: 'load', name: text('Load'), unit: '%', min: 0, max: 200, decimals: 0 },
    ],
  },
})

async function newMachine(companyId: string | null = own.id) {
  const { value: device, etag } = await service.callWithEtag(createDevice, {
    body: { serial: crypto.randomUUID().slice(0, 13), model: 'WM-1', typeId: type.id },
  })
  const { token } = await service.call(addCredential, { params: { deviceId: device.id }, body: { kind: 'token', label: 'PLC' } })
  if (companyId)
    await staff.call(transferDevice, { params: { deviceId: device.id }, body: { companyId, reason: 'sold' }, ifMatch: etag })
  await world.database.pool.query(`update device_ownership set from_at = now() - interval '1 year' where device_id = $1`, [
    device.id,
  ])
  const client = await connectAsync(url, { username: device.id, password: token!, clientId: device.id, reconnectPeriod: 0 })
  clients.push(client)
  return {
    id: device.id,
    /** ago: seconds */
    say: (values: object, ago = 0) =>
      client.publishAsync(`fettle/${device.id}/readings`, JSON.stringify({ at: Date.now() - ago * 1000, values }), { qos: 1 }),
  }
}

const above = (value: number, more: object = {}) => ({
  kind: 'threshold' as const,
  metric: 'heat',
  op: 'gt' as const,
  value,
  ...more,
})
const hot = (more: object = {}) => ({
  ...{ name: text('Too hot'), severity: 'high' as const, faultCode: 'E17', cause: text('Coolant'), remedy: text('Fill it up') },
  raise: { kind: 'group' as const, join: 'all' as const, parts: [above(80, { hysteresis: 5 })] },
  ...more,
})

/** A rule of whoever asks that has been tried and watches; it watches when this resolves. */
async function activeRule(api: Api, deviceId: string, fields: ReturnType<typeof hot> = hot()) {
  const { value, etag } = await api.callWithEtag(createAlarmRule, { body: { ...fields, deviceId } })
  const { readings } = await api.call(tryAlarmRule, { params: { ruleId: value.id }, body: { deviceId, days: 7 } })
  const body = { state: 'active' as const, untried: readings === 0 }
  await api.call(switchAlarmRule, { params: { ruleId: value.id }, body, ifMatch: etag })
  await stopWatching(platform) // so that it need not be waited for until it hears of the rule
  await passTime(platform)
  return value.id
}

const alarmsFor = async (api: Api, deviceId: string) => (await api.call(listAlarms, { query: { deviceId } })).items
const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'nothing',
    error => (error instanceof ProblemError ? error.problem.status : String(error)),
  )

test('a customer makes his own rule, tries it on history, lets it watch, and sees it raise and end by the clock of his machine', async () => {
  const { id: deviceId, say } = await newMachine()
  for (const [ago, heat] of [
    [7200, 70],
    [7100, 85],
    [7000, 60],
    [3600, 95],
    [3500, 60],
  ] as const)
    await say({ heat }, ago)
  const { api } = own.member
  const { value: rule, etag } = await api.callWithEtag(createAlarmRule, { body: { ...hot(), deviceId } })
  expect(rule).toMatchObject({ state: 'draft', testedAt: null, mine: true })
  const activate = () => api.call(switchAlarmRule, { params: { ruleId: rule.id }, body: { state: 'active' }, ifMatch: etag })
  expect(await refused(activate())).toBe(409)
  const trial = await api.call(tryAlarmRule, { params: { ruleId: rule.id }, body: { deviceId, days: 7 } })
  expect(trial).toMatchObject({ readings: 5, count: 2 })
  expect(Date.parse(trial.raises[0]!.until!) - Date.parse(trial.raises[0]!.from)).toBeGreaterThan(95_000)
  expect((await activate()).state).toBe('active')
  await stopWatching(platform)
  await passTime(platform)
  await say({ heat: 90 }, 20)
  await say({ heat: 78 }, 10)
  const [alarm] = await alarmsFor(api, deviceId)
  expect(alarm).toMatchObject({ name: text('Too hot'), severity: 'high', state: 'unacknowledged', active: true, raises: 1 })
  expect(Math.abs(Date.parse(alarm!.startedAt) - (Date.now() - 20_000))).toBeLessThan(8000)
  await api.call(handleAlarm, { params: { alarmId: alarm!.id }, body: { do: 'acknowledge' } })
  await say({ heat: 70 }, 0)
  const detail = await api.call(getAlarm, { params: { alarmId: alarm!.id } })
  expect(detail).toMatchObject({
    ...{ state: 'normal', active: false, faultCode: 'E17', remedy: text('Fill it up'), handles: true },
    readings: [{ metric: 'heat', unit: '°C', value: 90 }],
  })
  expect(detail.entries.map(({ kind, side }) => `${kind} ${side}`)).toEqual([
    'raised portal',
    'acknowledged customer',
    'cleared portal',
  ])
  expect(await refused(api.call(handleAlarm, { params: { alarmId: alarm!.id }, body: { do: 'acknowledge' } }))).toBe(409)
})

test('changed, a rule has to be tried again; of what a machine does not measure there is none', async () => {
  const { id: deviceId } = await newMachine()
  const { api } = own.admin
  const ruleId = await activeRule(api, deviceId)
  const { etag } = await api.callWithEtag(getAlarmRule, { params: { ruleId } })
  const changed = await api.callWithEtag(changeAlarmRule, { params: { ruleId }, body: hot({ severity: 'low' }), ifMatch: etag })
  expect(changed.value).toMatchObject({ state: 'draft', testedAt: null, severity: 'low' })
  const unknown = { kind: 'group' as const, join: 'all' as const, parts: [{ ...above(1), metric: 'noise' }] }
  expect(await refused(api.call(createAlarmRule, { body: { ...hot({ raise: unknown }), deviceId } }))).toBe(422)
})

test('for a stranger there is neither rule nor alarm, and the manufacturer sees no rule of a customer', async () => {
  const { id: deviceId, say } = await newMachine()
  const ruleId = await activeRule(own.admin.api, deviceId)
  await say({ heat: 90 })
  const [alarm] = await alarmsFor(own.admin.api, deviceId)
  const { api } = other.admin
  expect(await refused(api.call(listAlarms, { query: { deviceId } }))).toBe(404)
  expect((await api.call(listAlarms, {})).items).toEqual([])
  expect(await refused(api.call(getAlarm, { params: { alarmId: alarm!.id } }))).toBe(404)
  expect(await refused(api.call(handleAlarm, { params: { alarmId: alarm!.id }, body: { do: 'acknowledge' } }))).toBe(404)
  expect(await refused(api.call(createAlarmRule, { body: { ...hot(), deviceId } }))).toBe(404)
  for (const api of [other.admin.api, service]) {
    expect(await refused(api.call(getAlarmRule, { params: { ruleId } }))).toBe(404)
    expect(await refused(api.call(deleteAlarmRule, { params: { ruleId } }))).toBe(404)
  }
  expect((await service.call(listAlarmRules, { query: { deviceId } })).items.map(({ id }) => id)).not.toContain(ruleId)
  expect(await alarmsFor(service, deviceId)).toHaveLength(1)
  await own.admin.api.call(setSharing, { params: { deviceId }, body: { whom: 'manufacturer', shared: false } })
  expect(await alarmsFor(service, deviceId)).toEqual([])
  expect(await refused(service.call(getAlarm, { params: { alarmId: alarm!.id } }))).toBe(404)
})

test('a transfer cuts: rules and open alarms of the former owner end, and what still holds is raised anew for the new one', async () => {
  const { id: deviceId, say } = await newMachine()
  await activeRule(service, deviceId)
  const ruleId = await activeRule(own.admin.api, deviceId)
  await say({ heat: 90 })
  expect(await alarmsFor(own.admin.api, deviceId)).toHaveLength(2)
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId } })
  await staff.call(transferDevice, { params: { deviceId }, body: { companyId: other.id, reason: 'sold on' }, ifMatch: etag })
  await portal.settled()
  expect((await alarmsFor(own.admin.api, deviceId)).map(one => one.state)).toEqual(['normal', 'normal'])
  expect(await refused(own.admin.api.call(getAlarmRule, { params: { ruleId } }))).toBe(404)
  const raisedAnew = async () => {
    await say({ heat: 91 }) // it is noticed once the portal has heard that the alarm of before has ended
    return alarmsFor(other.admin.api, deviceId)
  }
  await expect.poll(raisedAnew, { timeout: 5000 }).toMatchObject([{ state: 'unacknowledged' }])
  expect(await alarmsFor(own.admin.api, deviceId)).toHaveLength(2)
})

test('what is raised for the new owner before the alarm of the former one has ended is an alarm of its own', async () => {
  const { id: deviceId } = await newMachine()
  const found = { deviceId, source: 'diagnosis:bearing', name: text('Bearing'), severity: 'high' as const, component: null }
  const raised = () => raiseAlarm(platform, { ...found, at: new Date(), message: text('It wears'), remedy: null })
  const before = await raised()
  const busy = await database.pool.connect()
  try {
    await busy.query(`begin; select from event_listener where name = 'alarms.follow-owner' for update`) // as if it were served elsewhere
    const { etag } = await service.callWithEtag(getDevice, { params: { deviceId } })
    await staff.call(transferDevice, { params: { deviceId }, body: { companyId: other.id, reason: 'sold on' }, ifMatch: etag })
    const after = await raised()
    expect(after).not.toBe(before)
    expect(await raised()).toBe(after)
    // where the machine's clock is ahead its new owner's time begins later: what is raised until then is one alarm too
    const beginLater = (interval: string) =>
      database.pool.query(
        'update device_ownership set from_at = from_at + $2::interval where device_id = $1 and until_at is null',
        [deviceId, interval],
      )
    await beginLater('3 minutes')
    expect(await raised()).toBe(after)
    await beginLater('-3 minutes')
    expect(await alarmsFor(own.admin.api, deviceId)).toMatchObject([{ id: before, state: 'normal' }])
    expect(await alarmsFor(other.admin.api, deviceId)).toMatchObject([{ id: after, state: 'unacknowledged' }])
  } finally {
    await busy.query('rollback')
    busy.release()
  }
  await portal.settled()
  expect(await alarmsFor(other.admin.api, deviceId)).toMatchObject([{ state: 'unacknowledged' }])
})

test('what a machine reported before it was sold raises nothing for the new owner, and his alarms begin with his time', async () => {
  const { id: deviceId, say } = await newMachine()
  const silent = {
    kind: 'group' as const,
    join: 'all' as const,
    parts: [{ kind: 'silence' as const, metric: null, seconds: 600 }],
  }
  await activeRule(service, deviceId, hot({ name: text('Silent'), raise: silent }))
  await say({ heat: 90 }, 590)
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId } })
  await staff.call(transferDevice, { params: { deviceId }, body: { companyId: other.id, reason: 'sold on' }, ifMatch: etag })
  await portal.settled()
  await watchOf(platform).known()
  const later = { ...platform, now: () => new Date(Date.now() + 60_000) }
  await passTime(later)
  await stopWatching(later)
  expect(await alarmsFor(other.admin.api, deviceId)).toEqual([])
  expect(await alarmsFor(own.admin.api, deviceId)).toEqual([])
  const found = { deviceId, source: 'diagnosis:bearing', name: text('Bearing'), severity: 'high' as const, component: null }
  const at = new Date(Date.now() - 3_600_000)
  const id = await raiseAlarm(platform, { ...found, at, message: text('It wears'), remedy: null })
  expect(await alarmsFor(other.admin.api, deviceId)).toMatchObject([{ id, state: 'unacknowledged' }])
  expect(await alarmsFor(own.admin.api, deviceId)).toEqual([])
})

test('a trial without readings is none: such a rule is activated only where that is confirmed and there is nothing to try it on', async () => {
  const { id: deviceId, say } = await newMachine()
  const { api } = own.admin
  const { value: rule, etag } = await api.callWithEtag(createAlarmRule, { body: { ...hot(), deviceId } })
  const params = { ruleId: rule.id }
  expect(await api.call(tryAlarmRule, { params, body: { deviceId, days: 7 } })).toMatchObject({ readings: 0 })
  expect((await api.call(getAlarmRule, { params })).testedAt).toBe(null)
  const turn = (body: { state: 'active' | 'off'; untried?: boolean }, ifMatch = etag) =>
    api.callWithEtag(switchAlarmRule, { params, body, ifMatch })
  expect(await refused(turn({ state: 'active' }))).toBe(409)
  const active = await turn({ state: 'active', untried: true })
  expect(active.value).toMatchObject({ state: 'active', testedAt: null })
  const off = await turn({ state: 'off' }, active.etag)
  await say({ load: 20 })
  expect((await turn({ state: 'active', untried: true }, off.etag)).value.state).toBe('active') // nothing of what it looks at
  const again = await turn({ state: 'off' }, (await api.callWithEtag(getAlarmRule, { params })).etag)
  await say({ heat: 20 })
  expect(await refused(turn({ state: 'active', untried: true }, again.etag))).toBe(409)
  await api.call(tryAlarmRule, { params, body: { deviceId, days: 1 } })
  expect((await turn({ state: 'active' }, again.etag)).value.testedAt).not.toBe(null)
})

test('alarms of a company’s own rule are told to its people, and to the manufacturer and service partners only where the rule says so', async () => {
  const { id: deviceId, say } = await newMachine()
  await service.call(grantRole, { params: { deviceId }, body: { companyId: other.id, role: 'service-partner' } })
  await activeRule(own.admin.api, deviceId, hot({ name: text('Ours alone') }))
  await activeRule(own.admin.api, deviceId, hot({ name: text('For partners'), tells: ['holders'] }))
  await activeRule(own.admin.api, deviceId, hot({ name: text('For all'), tells: ['holders', 'manufacturer'] }))
  await activeRule(service, deviceId, hot({ name: text('The maker’s'), tells: [] }))
  await say({ heat: 90 })
  await portal.settled()
  const told = async (api: Api) => {
    const { items } = await api.call(listMyNotices, { query: { limit: 100 } })
    return items.flatMap(({ title, path }) => (path.includes(deviceId) ? title.en : [])).toSorted()
  }
  expect(await told(own.member.api)).toEqual(['For all', 'For partners', 'Ours alone', 'The maker’s'])
  expect(await told(other.admin.api)).toEqual(['For all', 'For partners', 'The maker’s'])
  expect(await told(service)).toEqual(['For all', 'The maker’s'])
  // who may see it still does
  expect((await alarmsFor(service, deviceId)).map(({ name }) => name.en)).toContain('Ours alone')
})

test('maintenance ends with the ownership or the role of whoever began it, and what he was told aside is told when its time is up', async () => {
  const { id: deviceId } = await newMachine()
  const hour = new Date(Date.now() + 3_600_000).toISOString()
  const found = { deviceId, source: 'diagnosis:bearing', name: text('Bearing'), severity: 'high' as const, component: null }
  const raised = () => raiseAlarm(platform, { ...found, at: new Date(), message: text('It wears'), remedy: null })
  await own.admin.api.call(setMaintenance, { params: { deviceId }, body: { until: hour } })
  await raised()
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId } })
  await staff.call(transferDevice, { params: { deviceId }, body: { companyId: other.id, reason: 'sold on' }, ifMatch: etag })
  await portal.settled()
  const alarmId = await raised()
  expect(await alarmsFor(other.admin.api, deviceId)).toMatchObject([{ id: alarmId, state: 'unacknowledged' }])
  await other.admin.api.call(handleAlarm, { params: { alarmId }, body: { do: 'shelve', until: hour } })
  await clearAlarm(platform, { deviceId, source: found.source, at: new Date() })
  expect(await raised()).toBe(alarmId)
  const told = async () =>
    (await database.pool.query(`select from event where name = 'alarm.raised' and data->>'alarmId' = $1`, [alarmId])).rowCount
  expect(await told()).toBe(1)
  await database.transaction(() => endWaits({ ...platform, now: () => new Date(Date.now() + 7_200_000) }))
  expect(await told()).toBe(2)
})

test('silence and what lasts are noticed without a reading, and a restart misses nothing', async () => {
  const { id: deviceId, say } = await newMachine()
  const silent = {
    kind: 'group' as const,
    join: 'all' as const,
    parts: [{ kind: 'silence' as const, metric: null, seconds: 600 }],
  }
  await activeRule(own.admin.api, deviceId, hot({ name: text('Silent'), raise: silent }))
  await say({ heat: 20, load: 1 }, 590)
  await watchOf(platform).known()
  const later = { ...platform, now: () => new Date(Date.now() + 60_000) }
  await passTime(later) // as another process would, which has seen none of its messages
  await stopWatching(later)
  const [alarm] = await alarmsFor(own.admin.api, deviceId)
  expect(alarm).toMatchObject({ name: text('Silent'), state: 'unacknowledged' })
  expect(Math.abs(Date.parse(alarm!.startedAt) - Date.now() - 10_000)).toBeLessThan(9000)

  await stopWatching(platform)
  await world.database.pool.query('update alarm_rule set state = $1 where device_id = $2', ['active', deviceId])
  await say({ heat: 30 })
  await watchOf(platform).known()
  expect(await alarmsFor(own.admin.api, deviceId)).toMatchObject([{ state: 'returned', active: false }])
})

test.each([7, 60])(
  'what came while the portal’s clock was %i minutes ahead blinds no rule once it is right again',
  async minutes => {
    const { id: deviceId, say } = await newMachine()
    await activeRule(own.admin.api, deviceId)
    const alarms = () => alarmsFor(own.admin.api, deviceId)
    await say({ heat: 20 })
    const receivedAt = new Date(Date.now() + minutes * 60_000)
    const payload = Buffer.from(JSON.stringify({ values: { heat: 21 } })) // without a time of its own
    const wrong = { deviceId, topic: 'readings', sparkplug: null, payload, qos: 1 as const, retain: false, receivedAt }
    for (const { broker } of features) await broker?.receive?.([wrong], platform)
    expect((await latestReadings(platform, [deviceId])).get(deviceId)?.get('heat')?.at).toBe(receivedAt.getTime())
    await say({ heat: 90 })
    await expect.poll(alarms, { timeout: 15_000 }).toMatchObject([{ active: true }])
    await say({ heat: 20 })
    await expect.poll(alarms, { timeout: 15_000 }).toMatchObject([{ state: 'returned', active: false }])
  },
)

test('an alarm that is put aside comes back when its time is up, the machine is in service and it still holds', async () => {
  const { id: deviceId, say } = await newMachine()
  await activeRule(service, deviceId)
  await say({ heat: 90 })
  const [alarm] = await alarmsFor(service, deviceId)
  const params = { alarmId: alarm!.id }
  const { api } = own.member
  const until = new Date(Date.now() + 3_600_000).toISOString()
  expect(await api.call(handleAlarm, { params, body: { do: 'shelve', until } })).toMatchObject({
    state: 'shelved',
    shelvedUntil: until,
  })
  await database.transaction(() => endWaits(platform))
  expect(await alarmsFor(api, deviceId)).toMatchObject([{ state: 'shelved' }])
  const outOfService = { until: new Date(Date.now() + 7_200_000).toISOString() }
  await api.call(setMaintenance, { params: { deviceId }, body: outOfService })
  const after = async (hours: number) => {
    await database.transaction(() => endWaits({ ...platform, now: () => new Date(Date.now() + hours * 3_600_000) }))
    return (await alarmsFor(api, deviceId))[0]!.state
  }
  expect([await after(1.1), await after(2.1)]).toEqual(['shelved', 'unacknowledged'])
  const judged = await api.call(handleAlarm, { params, body: { do: 'judge', verdict: 'no-fault' } })
  expect(judged.verdict).toBe('no-fault')
  const { rows } = await database.pool.query(`select data from event where name = 'alarm.judged' and data->>'alarmId' = $1`, [
    alarm!.id,
  ])
  expect(rows).toEqual([{ data: { alarmId: alarm!.id, deviceId, verdict: 'no-fault' } }])
})

test('while a machine is in maintenance its alarms wait, and what still holds comes afterwards', async () => {
  const { id: deviceId, say } = await newMachine()
  await activeRule(service, deviceId)
  await own.member.api.call(setMaintenance, {
    params: { deviceId },
    body: { until: new Date(Date.now() + 3_600_000).toISOString() },
  })
  await say({ heat: 90 })
  expect(await alarmsFor(own.member.api, deviceId)).toMatchObject([{ state: 'suppressed' }])
  await own.member.api.call(setMaintenance, { params: { deviceId }, body: { until: null } })
  expect(await alarmsFor(own.member.api, deviceId)).toMatchObject([{ state: 'unacknowledged', active: true }])
})

test('a time out of service is planned by whoever may see the machine now, within bounds, and can be taken back', async () => {
  const { id: deviceId } = await newMachine()
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
  const plan = (api: Api, from: number, until: number) =>
    api.call(planMaintenance, { params: { deviceId }, body: { from: at(from), until: at(until) } })
  const { planned } = await plan(own.member.api, 24, 30)
  expect(planned).toMatchObject([{ by: 'own' }])
  for (const [from, until] of [
    [-1, 5],
    [50, 49],
    [50, 50 + 32 * 24],
    [367 * 24, 367 * 24 + 1],
  ] as const)
    expect(await refused(plan(own.member.api, from, until))).toBe(422)
  expect(await refused(plan(service, 29, 31))).toBe(409)
  expect(await refused(plan(other.admin.api, 40, 41))).toBe(404)
  expect(await refused(other.admin.api.call(getMaintenance, { params: { deviceId } }))).toBe(404)
  await plan(service, 30, 31)
  // what is out of service now is another thing
  const body = { until: at(1) }
  await own.admin.api.call(setMaintenance, { params: { deviceId }, body })
  await own.admin.api.call(setMaintenance, { params: { deviceId }, body: { until: null } })
  const seen = await own.member.api.call(getMaintenance, { params: { deviceId } })
  expect([seen.until, seen.planned.map(({ by }) => by)]).toEqual([null, ['own', 'manufacturer']])
  const params = { deviceId, windowId: planned[0]!.id }
  expect(await refused(other.admin.api.call(cancelMaintenance, { params }))).toBe(404)
  expect((await service.call(cancelMaintenance, { params })).planned).toMatchObject([{ by: 'manufacturer' }])
  expect(await refused(service.call(cancelMaintenance, { params }))).toBe(404)
})

test('alarms wait from when a planned time begins until it ends, and none of it comes where whoever planned it has left', async () => {
  const { id: deviceId, say } = await newMachine()
  await activeRule(service, deviceId)
  await say({ heat: 90 })
  const alarm = async () => (await alarmsFor(own.member.api, deviceId))[0]!.state
  const at = (hours: number) => new Date(Date.now() + hours * 3_600_000)
  const pass = (hours: number) => database.transaction(() => endWaits({ ...platform, now: () => at(hours) }))
  const body = { from: at(1).toISOString(), until: at(2).toISOString() }
  await own.member.api.call(planMaintenance, { params: { deviceId }, body })
  const states = []
  for (const hours of [0, 0.9, 1.1, 1.9, 2.1]) {
    await pass(hours)
    states.push(await alarm())
  }
  expect(states).toEqual(['unacknowledged', 'unacknowledged', 'suppressed', 'suppressed', 'unacknowledged'])
  const told = await database.pool.query(`select from event where name = 'alarm.raised' and data->>'deviceId' = $1`, [deviceId])
  expect(told.rowCount).toBe(2)

  const later = { from: at(5).toISOString(), until: at(6).toISOString() }
  await service.call(planMaintenance, { params: { deviceId }, body: later })
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId } })
  await staff.call(transferDevice, { params: { deviceId }, body: { companyId: other.id, reason: 'sold on' }, ifMatch: etag })
  await portal.settled()
  // what its owner had planned is gone, what the manufacturer has planned is not
  const { planned } = await other.admin.api.call(getMaintenance, { params: { deviceId } })
  expect(planned.map(({ by }) => by)).toEqual(['manufacturer'])
})

test('what people of the other side are called is not told, and whom an alarm is assigned to is the manufacturer’s affair', async () => {
  const { id: deviceId, say } = await newMachine()
  await activeRule(service, deviceId)
  await say({ heat: 90 })
  const params = { alarmId: (await alarmsFor(service, deviceId))[0]!.id }
  await service.call(handleAlarm, { params, body: { do: 'comment', text: 'We come tomorrow' } })
  const { rows } = await database.pool.query(
    `select id from person where kind = 'staff' and id in (select person_id from staff_role where role = 'service')`,
  )
  await service.call(handleAlarm, { params, body: { do: 'assign', to: rows[0].id } })
  const seen = await own.member.api.call(getAlarm, { params })
  expect(seen.assignee).toBeNull()
  expect(seen.entries.map(({ kind, by, side, note }) => [kind, by, side, note])).toEqual([
    ['raised', null, 'portal', null],
    ['commented', null, 'manufacturer', 'We come tomorrow'],
  ])
  expect((await service.call(listAlarms, { query: { assigned: 'nobody', deviceId } })).items).toEqual([])
  expect((await service.call(getAlarm, { params })).assignee?.id).toBe(rows[0].id)
  expect(await refused(own.member.api.call(handleAlarm, { params, body: { do: 'assign', to: null } }))).toBe(422)
})
