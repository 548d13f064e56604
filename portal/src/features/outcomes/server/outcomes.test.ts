import { expect, test } from 'vitest'
import { raiseAlarm } from '#features/alarms/server'
import { createDevice, createDeviceType, getDevice, replaceComponent, setSharing, transferDevice } from '#features/devices/core'
import { relearnHealth } from '#features/diagnosis/core'
import { createPackage } from '#features/packages/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { eventually } from '../../../../test/eventually.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { type Company, twoCompanies } from '../../../../test/two-companies.ts'
import { getMyOutcomes, getOutcomes } from '../core/index.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform } = world
const { pool } = world.database
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')
const words = (text: string) => ({ 'zh-CN': text, en: text })
const type = await service.call(createDeviceType, {
  body: { key: 'warned_machine', name: words('Machine'), components: [{ key: 'spindle', name: words('Spindle') }] },
})
const day = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * day)

const give = async (deviceId: string, { id }: Company) => {
  const params = { deviceId }
  const { etag } = await service.callWithEtag(getDevice, { params })
  await staff.call(transferDevice, { params, body: { companyId: id, reason: 'sold' }, ifMatch: etag })
}

/** A machine of the company that has been watched for so many days. */
async function newMachine(company: Company, days: number): Promise<string> {
  const serial = crypto.randomUUID().slice(0, 13)
  const { id } = await service.call(createDevice, { body: { serial, model: 'WM-1', typeId: type.id } })
  await give(id, company)
  await pool.query(`update device_ownership set from_at = now() - interval '1 year' where device_id = $1`, [id])
  await pool.query(
    `insert into device_diagnosis (device_id, revision, learned_days, known_since, assessed_until) values ($1, 1, 14, $2, now())`,
    [...[id, ago(days)]],
  )
  return id
}

async function warn(
  deviceId: string,
  days: number,
  verdict: 'confirmed' | 'no-fault' | null,
  source = 'diagnosis:spindle',
): Promise<string> {
  const said = { name: words('-'), message: words('-'), severity: 'high', remedy: null, component: 'spindle' } as const
  const id = await raiseAlarm(platform, { ...said, deviceId, source: `${source}:${days}`, at: ago(days) })
  await pool.query('update alarm set verdict = $2 where id = $1', [id, verdict])
  return id
}

async function fail(deviceId: string, days: number): Promise<void> {
  await pool.query(
    `insert into component_life (id, device_id, component, began_at, ended_at, ending, source, noted_at)
     values ($1, $2, 'spindle', now() - interval '2 years', $3, 'failed', 'staff', now())`,
    [platform.newId(), deviceId, ago(days)],
  )
}

const worn = await newMachine(own, 60)
const calm = await newMachine(own, 30)
const foreign = await newMachine(other, 90)
for (const [days, verdict] of [
  [50, 'confirmed'],
  [40, 'confirmed'],
  [30, 'confirmed'],
  [20, 'no-fault'],
  [10, null],
] as const)
  await warn(worn, days, verdict)
await warn(worn, 5, 'confirmed', 'rule:own') // no finding
await warn(worn, 45, 'confirmed', 'diagnosis:jump:spindle_vibration') // about its sensor
await fail(worn, 20)
await warn(foreign, 15, 'no-fault')

test('warnings, verdicts, time ahead and false alarms are told of the own machines alone, and plainly where they are too few', async () => {
  const { all, machines } = await own.member.api.call(getMyOutcomes, {})
  expect(all).toMatchObject({ warnings: 5, confirmed: 3, noFault: 1, unjudged: 1, precision: null })
  expect(all.machineMonths).toBeCloseTo(3, 1)
  expect(all.falsePerMonth).toBeCloseTo(1 / 3, 1)
  expect(all.lead).toMatchObject({ count: 3, median: expect.closeTo(20, 1), longest: expect.closeTo(30, 1) })
  expect(all.missed).toEqual({ failures: 1, unwarned: 0 })
  expect(machines.map(({ device, company }) => [device.id, company])).toEqual([
    [worn, null],
    [calm, null],
  ])
})

test('staff see the whole fleet or one company, without what an owner does not share', async () => {
  await warn(foreign, 12, 'confirmed')
  const fleet = await service.call(getOutcomes, {})
  expect(fleet.all).toMatchObject({ warnings: 7, precision: { value: expect.closeTo(4 / 6) } })
  expect((await service.call(getOutcomes, { query: { company: other.id } })).all).toMatchObject({ warnings: 2, confirmed: 1 })
  await other.admin.api.call(setSharing, {
    ...{ params: { deviceId: foreign }, body: { whom: 'manufacturer', shared: false } },
  })
  expect((await service.call(getOutcomes, {})).all).toMatchObject({ warnings: 5, precision: null })
})

test('a machine that learns anew or has fallen silent was watched all the same, up to its last reading', async () => {
  const params = { deviceId: await newMachine(other, 90) }
  const months = async () =>
    (await service.call(getOutcomes, { query: { company: other.id } })).machines.find(
      ({ device }) => device.id === params.deviceId,
    )!.outcome.machineMonths
  expect(await months()).toBeCloseTo(3, 1)
  await pool.query(`update device_diagnosis set assessed_until = $2 where device_id = $1`, [params.deviceId, ago(30)])
  expect(await months()).toBeCloseTo(2, 1)
  await service.call(relearnHealth, { params })
  expect(await months()).toBeCloseTo(2, 1)
  await pool.query(`update device_diagnosis set known_since = $2, assessed_until = $3 where device_id = $1`, [
    ...[params.deviceId, ago(45), ago(15)],
  ])
  expect(await months()).toBeCloseTo(2.5, 1) // what was judged twice counts once
})

test('after a sale each tells of his own time alone, and who does not have the package is told nothing', async () => {
  await give(worn, other)
  const told = async ({ member }: Company) => (await member.api.call(getMyOutcomes, {})).all.warnings
  expect([await told(own), await told(other)]).toEqual([5, 2])
  await (await world.api('sales')).call(createPackage, {
    body: {
      ...{ name: words('Foresight'), description: words(''), typeIds: [type.id], rights: ['findings'] },
      ...{ net: 1, currency: 'CNY', months: 12, trialDays: 0, offered: true },
    },
  })
  expect([await told(own), await told(other)]).toEqual([0, 0])
})

test('a warning does not confirm itself: time ahead runs to the replacement that follows, and a failure is what failed', async () => {
  const params = { deviceId: await newMachine(other, 90) }
  const told = async () =>
    (await service.call(getOutcomes, {})).machines.find(({ device }) => device.id === params.deviceId)!.outcome
  await pool.query(`update device set delivered_on = current_date - 300 where id = $1`, [params.deviceId])
  const alarmId = await warn(params.deviceId, 30, 'confirmed')
  await platform.database.transaction(() =>
    platform.record('alarm.judged', { alarmId, deviceId: params.deviceId, verdict: 'confirmed' }),
  )
  await eventually(async () => (await pool.query('select from component_life where origin_id = $1', [alarmId])).rowCount === 1)
  expect(await told()).toMatchObject({ confirmed: 1, lead: null, missed: null })
  const on = ago(10).toISOString().slice(0, 10)
  await service.call(replaceComponent, { params, body: { component: 'spindle', on, why: 'failed' } })
  const { lead, missed } = await told()
  expect(lead!.median).toBeGreaterThan(18)
  expect(missed).toEqual({ failures: 1, unwarned: 0 })
})
