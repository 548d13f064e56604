import { expect, test } from 'vitest'
import { changePlan, getMyMaintenance } from '#features/advisory/core'
import { openAlarms } from '#features/alarms/server'
import {
  changeDeviceType,
  createDevice,
  createDeviceType,
  getDevice,
  getDeviceType,
  replaceComponent,
  setSharing,
  transferDevice,
} from '#features/devices/core'
import { ProblemError } from '#platform/core'
import { createMachine } from '../../../../../examples/machine-simulator/machine.ts'
import { confirmingApi } from '../../../../test/confirming.ts'
import { eventually } from '../../../../test/eventually.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { getHealth, getMyHealth, relearnHealth } from '../core/index.ts'
import { assessMachines } from './assess-machines.ts'
import { findingsOf, healthHistory, healthOf } from './index.ts'
import { learnVerdict } from './learn-verdict.ts'
import { relearnReplaced } from './relearn.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform } = world
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')
const name = (text: string) => ({ 'zh-CN': text, en: text })
const metrics = [
  { key: 'spindle_speed', unit: '1/min', max: 20_000, decimals: 0 },
  { key: 'spindle_load', unit: '%', max: 200, decimals: 1 },
  { key: 'spindle_vibration', unit: 'mm/s', max: 50, decimals: 2 },
  { key: 'bearing_temperature', unit: 'Cel', max: 150, decimals: 1, maxRate: 0.1 },
  { key: 'coolant_pressure', unit: 'bar', max: 200, decimals: 1 },
].map(metric => ({ ...metric, name: name(metric.key), min: 0 }))
const type = await (await world.api('product')).call(createDeviceType, {
  body: {
    key: 'diagnosed',
    name: name('Machine'),
    metrics,
    components: ['spindle', 'bearing'].map(key => ({ key, name: name(key) })),
  },
})

const hour = 3_600_000
const day = 24 * hour
const now = Math.floor(Date.now() / hour) * hour

// A machine works by weekdays and shifts: every run of the test sees the same weeks, whenever it runs.
const monday = Date.UTC(2026, 0, 5)

interface Reported {
  days: number
  fault?: 'bearing' | 'sensor'
  /** hours of work */
  after?: number
  /** day from which on it tells of its coolant; absent: never */
  coolant?: number
}

/** A machine of the company that has reported for some days, with a fault that begins after some hours of work. */
async function newMachine({ days, fault = 'bearing', after, coolant = days }: Reported) {
  const { value: device, etag } = await service.callWithEtag(createDevice, {
    body: { serial: crypto.randomUUID().slice(0, 13), model: 'TM-1', typeId: type.id },
  })
  await staff.call(transferDevice, {
    params: { deviceId: device.id },
    body: { companyId: own.id, reason: 'sold' },
    ifMatch: etag,
  })
  await world.database.pool.query(`update device_ownership set from_at = now() - interval '1 year' where device_id = $1`, [
    device.id,
  ])
  const machine = createMachine({
    ...{ seed: 11, spindle: { speed: 12_000, power: 15 }, begin: new Date(monday), faultHours: 60 },
    ...(after === undefined ? {} : { fault, soundHours: after }),
  })
  const rows = Array.from({ length: (days * day) / 240_000 }, (_, i) => {
    const at = now - days * day + i * 240_000
    const said = machine.step(new Date(monday + i * 240_000)) as unknown as Record<string, number>
    const told = metrics.filter(({ key }) => key !== 'coolant_pressure' || i * 240_000 >= coolant * day)
    return {
      device_id: device.id,
      metric: told.map(({ key }) => key),
      at: told.map(() => at),
      scaled: told.map(({ key, decimals }) => Math.round(said[key]! * 10 ** decimals)),
    }
  })
  await platform.warehouse.insert('readings_taken', rows, { batchId: platform.newId() })
  return device.id
}

const of = (deviceId: string) => ({ params: { deviceId } })
const statusOf = (call: Promise<unknown>) =>
  call.then(
    () => 200,
    error => (error instanceof ProblemError ? error.problem.status : String(error)),
  )

const worn = await newMachine({ days: 22, after: 140 })
const loose = await newMachine({ days: 19, fault: 'sensor', after: 145, coolant: 16 })
const young = await newMachine({ days: 3 })
// the portal's own job may have begun one of them meanwhile
await eventually(async () => {
  await assessMachines(platform)
  const known = await healthOf(platform, [worn, loose, young])
  return [...known.values()].every(({ asOf }) => asOf?.getTime() === now - hour)
})

test('a worn bearing is found, with an alarm, a falling index of its component, and reasons in words', async () => {
  const health = await own.member.api.call(getMyHealth, of(worn))
  expect(health).toMatchObject({ kind: 'known', withheld: false, asOf: new Date(now - hour).toISOString() })
  expect(health.index).toBeLessThan(60)
  expect(health.status).not.toBe('good')
  expect(health.components[0]).toEqual({ key: 'spindle', name: name('spindle'), index: health.index, judged: true })
  const drift = health.findings.find(({ text }) => text.en.startsWith('spindle_vibration stays above'))!
  expect(drift).toMatchObject({ kind: 'drift', until: null, verdict: null, component: name('spindle') })
  expect(drift.contributions).toEqual([{ name: name('spindle_vibration'), share: 1, higher: true }])
  const alarms = (await openAlarms(platform, [worn])).get(worn)!
  expect(alarms.find(({ raisedAt }) => raisedAt.toISOString() === drift.since)).toMatchObject({ severity: 'medium' })
  const { rows } = await world.database.pool.query(`select name from event where data->>'findingId' = $1`, [drift.id])
  expect(rows).toEqual([{ name: 'finding.opened' }])
  expect(health.history[0]!.index).toBe(100)
  expect(health.history.at(-1)!.index).toBe(health.index)
})

test('a sensor that jumps impossibly raises nothing about its component: it is said not to be judged, since when and why', async () => {
  const health = await own.member.api.call(getMyHealth, of(loose))
  expect(health).toMatchObject({
    kind: 'known',
    status: 'function-check',
    components: [{ judged: true }, { key: 'bearing', judged: false }],
  })
  expect(health.index).toBeGreaterThan(60)
  const [finding, ...others] = health.findings.filter(({ until }) => until === null)
  expect(others).toEqual([])
  expect(finding).toMatchObject({
    kind: 'jump',
    component: null,
    text: { en: expect.stringMatching(/^bearing_temperature changes/) },
  })
  expect(finding!.unused).toBeGreaterThan(50)
  const [alarm] = (await openAlarms(platform, [loose])).get(loose)!
  expect(alarm).toMatchObject({ severity: 'low', source: 'diagnosis:jump:bearing_temperature' })
  expect(alarm!.raisedAt.toISOString()).toBe(finding!.since)
})

test('a metric that comes after a machine has learned is learned by itself: the page says of what, how far and until when', async () => {
  const { later, components } = await own.member.api.call(getMyHealth, of(loose))
  const [metric] = later
  expect(metric).toMatchObject({ metric: name('coolant_pressure'), use: [], of: 14, waits: false })
  expect([3, 4]).toContain(metric!.days)
  expect(Date.parse(metric!.until!)).toBe(now - hour + (14 - metric!.days) * day)
  expect(components.map(({ key }) => key)).toEqual(['spindle', 'bearing'])
  for (const { use } of later.slice(1)) expect(use[0]).toMatchObject({ name: name('spindle_speed'), unit: '1/min' })
  expect((await own.member.api.call(getMyHealth, of(young))).later).toEqual([])
})

test('a task of the plan is due by the health of a component, and not by that of one that is well', async () => {
  const task = (key: string, below: number) => ({
    ...{ key, name: name(key), instructions: name(key) },
    condition: { kind: 'health' as const, code: 'spindle', below },
  })
  await service.call(changePlan, {
    params: { typeId: type.id },
    body: { tasks: [task('inspect', 60), task('replace', 1)] },
    ifMatch: '0',
  })
  const { tasks } = await own.member.api.call(getMyMaintenance, of(worn))
  const due = Object.fromEntries(tasks.map(({ key, due: { state, because } }) => [key, [state, because?.en ?? null]]))
  expect(due).toEqual({ inspect: ['due', 'Health index'], replace: ['later', null] })
  expect((await own.member.api.call(getMyMaintenance, of(young))).tasks.map(({ due: { state } }) => state)).toEqual([
    'later',
    'later',
  ])
})

test('a machine that is new learns, and says how long', async () => {
  const health = await own.member.api.call(getMyHealth, of(young))
  expect(health).toMatchObject({ kind: 'learning', index: null, learned: { of: 14 }, findings: [], history: [], components: [] })
  expect([3, 4]).toContain(health.learned.days)
  const known = await healthOf(platform, [young, worn, platform.newId()])
  expect([...known.values()].map(({ kind }) => kind)).toEqual(['learning', 'known', 'unknown'])
})

test('assessed again with nothing new nothing changes, and what was begun elsewhere is left to who began it', async () => {
  const before = await world.database.pool.query('select device_id, revision from device_diagnosis order by 1')
  await assessMachines(platform)
  expect((await world.database.pool.query('select device_id, revision from device_diagnosis order by 1')).rows).toEqual(
    before.rows,
  )
  const leased = await newMachine({ days: 1 })
  await world.database.pool.query(
    `insert into device_diagnosis (device_id, revision, learned_days, leased_until) values ($1, 0, 0, now() + interval '1 minute')`,
    [leased],
  )
  await assessMachines(platform)
  expect((await healthOf(platform, [leased])).get(leased)).toMatchObject({ kind: 'unknown' })
  await world.database.pool.query(`update device_diagnosis set leased_until = now() - interval '1 second' where device_id = $1`, [
    leased,
  ])
  await assessMachines(platform)
  expect((await healthOf(platform, [leased])).get(leased)).toMatchObject({ kind: 'learning' })
})

test('no fault on inspection is written at the finding, and what is now is usual', async () => {
  const within = { from: new Date(now - 30 * day), until: new Date() }
  const finding = (await findingsOf(platform, worn, within)).find(
    ({ text, closedAt }) => closedAt === null && text.en.startsWith('spindle_vibration stays above'),
  )!
  const limitOf = async () =>
    JSON.parse(
      (await world.database.pool.query('select standing from device_diagnosis where device_id = $1', [worn])).rows[0].standing,
    ).courses.spindle_vibration.limit as number
  const before = await limitOf()
  const judged = { alarmId: finding.alarmId!, deviceId: worn, verdict: 'no-fault' as const }
  await learnVerdict({ id: platform.newId(), name: 'alarm.judged', at: new Date(), data: judged } as never, platform)
  expect(await limitOf()).toBeGreaterThan(before)
  const shown = (await own.member.api.call(getMyHealth, of(worn))).findings.find(({ id }) => id === finding.id)
  expect(shown).toMatchObject({ verdict: 'no-fault' })
})

test('a stranger finds nothing, staff nothing of a time that is kept from them, and each owner only his own time', async () => {
  expect(await statusOf(other.admin.api.call(getMyHealth, of(worn)))).toBe(404)
  expect((await service.call(getHealth, of(worn))).kind).toBe('known')
  await own.admin.api.call(setSharing, { ...of(worn), body: { whom: 'manufacturer', shared: false } })
  expect(await service.call(getHealth, of(worn))).toMatchObject({ kind: 'unknown', withheld: true, findings: [], history: [] })
  await own.admin.api.call(setSharing, { ...of(worn), body: { whom: 'manufacturer', shared: true } })
  const { etag } = await service.callWithEtag(getDevice, of(worn))
  await staff.call(transferDevice, { ...of(worn), body: { companyId: other.id, reason: 'sold on' }, ifMatch: etag })
  const former = await own.admin.api.call(getMyHealth, of(worn))
  expect(former).toMatchObject({ kind: 'unknown', withheld: true, index: null })
  expect(former.findings.length).toBeGreaterThan(0)
  expect(former.findings.every(({ until }) => until !== null)).toBe(true)
  const present = await other.admin.api.call(getMyHealth, of(worn))
  expect(present).toMatchObject({ kind: 'known', history: [] })
  expect(former.later).toEqual([])
  expect(present.findings.every(({ since }) => Date.parse(since) >= now)).toBe(true)
  const whole = await healthHistory(platform, worn, 'spindle', { from: new Date(now - 30 * day), until: new Date() })
  expect(whole.length).toBeGreaterThan(3)
})

test('what was replaced before a machine began to learn changes nothing of it; after that, hours from then on are judged anew', async () => {
  const { pool } = world.database
  const kept = async () =>
    (await pool.query('select revision, known_since from device_diagnosis where device_id = $1', [loose])).rows[0]
  const replaced = async (daysAgo: number) => {
    const at = new Date(now - daysAgo * day).toISOString()
    const data = {
      deviceId: loose,
      replacementId: platform.newId(),
      component: 'spindle',
      why: 'failed' as const,
      at,
      since: null,
    }
    await platform.database.transaction(() =>
      relearnReplaced({ id: platform.newId(), name: 'device.component-replaced', at: new Date(), data } as never, platform),
    )
  }
  const before = await kept()
  await replaced(400)
  await replaced(20)
  expect(await kept()).toEqual(before)
  await replaced(17)
  expect((await kept()).known_since).toBeNull()
  const later = `select count(*)::int as rows from device_health where device_id = $1 and at > $2`
  expect((await pool.query(later, [loose, new Date(now - 17 * day)])).rows).toEqual([{ rows: 0 }])
  await eventually(async () => {
    await assessMachines(platform)
    return (await healthOf(platform, [loose])).get(loose)!.asOf?.getTime() === now - hour
  })
  const learned = await kept()
  expect(learned.known_since.getTime()).toBeGreaterThan(before.known_since.getTime())
  await replaced(17) // told twice
  expect(await kept()).toEqual(learned)
  const health = await own.member.api.call(getMyHealth, of(loose))
  expect(health.later.map(({ metric }) => metric?.en)).toContain('coolant_pressure')
})

test('a component of which something is measured is replaced: what is usual is learned anew, what was found is over; staff may ask for it too', async () => {
  const on = new Date().toISOString().slice(0, 10)
  await service.call(replaceComponent, { ...of(worn), body: { component: 'spindle', on, why: 'failed' } })
  await eventually(async () => (await service.call(getHealth, of(worn))).kind === 'learning')
  const health = await service.call(getHealth, of(worn))
  expect(health).toMatchObject({ index: null, learned: { days: 0 }, components: [] })
  expect(health.findings.every(({ until }) => until !== null)).toBe(true)
  expect(((await openAlarms(platform, [worn])).get(worn) ?? []).every(({ state }) => state === 'returned')).toBe(true)
  expect((await service.call(relearnHealth, of(young))).learned.days).toBe(0)
})

test('a type that says anew what its metrics tell of use has its machines learn anew, of the readings they had learned of', async () => {
  const { pool } = world.database
  const kept = async () =>
    (
      await pool.query('select standing, known_since, learning_since, used_by from device_diagnosis where device_id = $1', [
        loose,
      ])
    ).rows[0]
  const before = await kept()
  expect(before.used_by).toBe('spindle_speed spindle_load')
  const product = await world.api('product')
  const { value, etag } = await product.callWithEtag(getDeviceType, { params: { typeId: type.id } })
  const body = {
    ...{ key: value.key, name: value.name, components: value.components },
    metrics: value.metrics.map(metric => ({
      ...metric,
      tells: metric.key === 'spindle_speed' ? ('use' as const) : metric.tells,
    })),
  }
  await product.call(changeDeviceType, { params: { typeId: type.id }, body, ifMatch: etag })
  await pool.query(`update device_diagnosis set assessed_until = assessed_until - interval '1 hour' where device_id = $1`, [
    loose,
  ])
  await eventually(async () => {
    await assessMachines(platform)
    return (await healthOf(platform, [loose])).get(loose)!.asOf?.getTime() === now - hour
  })
  const after = await kept()
  expect(after).toMatchObject({
    used_by: 'spindle_speed',
    known_since: before.known_since,
    learning_since: before.learning_since,
  })
  expect(Object.keys(JSON.parse(after.standing).baseline)).toEqual(expect.arrayContaining(['rest', '5']))
})
