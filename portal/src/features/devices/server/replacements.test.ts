import { expect, test } from 'vitest'
import { changePlan, recordMyMaintenance } from '#features/advisory/core'
import { raiseAlarm } from '#features/alarms/server'
import { getPart } from '#features/prognosis/core'
import type { ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { eventually } from '../../../../test/eventually.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import {
  createDevice,
  createDeviceType,
  getDevice,
  listMyReplacements,
  listReplacements,
  replaceComponent,
  transferDevice,
} from '../core/index.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform } = world
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')
const name = (text: string) => ({ 'zh-CN': text, en: text })
const { id: typeId } = await service.call(createDeviceType, {
  body: {
    ...{ key: 'repaired', name: name('Machine') },
    components: [
      { key: 'pump', name: name('Pump') },
      { key: 'seal', name: name('Seal') },
    ],
  },
})

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const of = (deviceId: string) => ({ params: { deviceId } })
const problemOf = (call: Promise<unknown>) => call.catch((error: ProblemError) => error.problem)
const livesOf = async (deviceId: string, component = 'pump') =>
  (await service.call(getPart, { params: { typeId, component } })).lives
    .filter(life => life.deviceId === deviceId)
    .map(({ ending, source, beganAt, endedAt }) => ({
      ending,
      source,
      beganAt: beganAt.slice(0, 10),
      endedAt: endedAt.slice(0, 10),
    }))

/** A machine that was delivered 400 days ago, of the company for a year. */
async function newMachine() {
  const body = { serial: crypto.randomUUID().slice(0, 13), model: 'TM-1', typeId, deliveredOn: dayOf(daysAgo(400)) }
  const { value, etag } = await service.callWithEtag(createDevice, { body })
  await staff.call(transferDevice, { ...of(value.id), body: { companyId: own.id, reason: 'sold' }, ifMatch: etag })
  await world.database.pool.query(`update device_ownership set from_at = now() - interval '1 year' where device_id = $1`, [
    value.id,
  ])
  return value.id
}
const replaced = (component: string, days: number, why: 'failed' | 'preventive' | 'other') => ({
  ...{ component, on: dayOf(daysAgo(days)), why },
})

test('a replacement lets the component begin anew, and is a life that ended: by a failure, or before one', async () => {
  const id = await newMachine()
  await service.call(replaceComponent, { ...of(id), body: { ...replaced('pump', 200, 'preventive'), runHours: 1200 } })
  await eventually(async () => (await livesOf(id)).length === 1)
  const { items } = await service.call(replaceComponent, { ...of(id), body: replaced('pump', 50, 'failed') })
  expect(items.map(({ why, runHours }) => [why, runHours])).toEqual([
    ['failed', null],
    ['preventive', 1200],
  ])
  await eventually(async () => (await livesOf(id)).length === 2)
  const [last, first] = await livesOf(id)
  expect(first).toMatchObject({ ending: 'censored', source: 'replacement', beganAt: dayOf(daysAgo(400)) })
  expect(last).toMatchObject({ ending: 'failed', source: 'replacement' })
  expect(Date.parse(last!.beganAt) - Date.parse(first!.endedAt)).toBeLessThanOrEqual(86_400_000)
  const { value } = await service.callWithEtag(getDevice, of(id))
  expect(value.components.find(({ key }) => key === 'pump')).toMatchObject({ since: dayOf(daysAgo(50)), replaced: true })
  const again = service.call(replaceComponent, { ...of(id), body: replaced('pump', 50, 'other') })
  expect(await problemOf(again)).toMatchObject({ status: 409, type: '/problems/replacement-known' })
  expect(await problemOf(service.call(replaceComponent, { ...of(id), body: replaced('pump', -2, 'other') }))).toMatchObject({
    ...{ status: 422, errors: [{ field: '/on' }] },
  })
  expect(await problemOf(service.call(replaceComponent, { ...of(id), body: replaced('gear', 1, 'other') }))).toMatchObject({
    ...{ status: 422, errors: [{ field: '/component', value: 'gear' }] },
  })
})

test('an alarm that is confirmed is a failure of its component, once, until somebody says there was no fault', async () => {
  const id = await newMachine()
  const said = {
    deviceId: id,
    severity: 'high' as const,
    name: name('Pump'),
    component: 'pump',
    message: name('It hums'),
    remedy: null,
  }
  const alarmId = await platform.database.transaction(() =>
    raiseAlarm(platform, { ...said, source: 'diagnosis:pump', at: daysAgo(20) }),
  )
  const judge = (verdict: 'confirmed' | 'no-fault') =>
    platform.database.transaction(() => platform.record('alarm.judged', { alarmId, deviceId: id, verdict }))
  await judge('confirmed')
  await eventually(async () => (await livesOf(id)).length === 1)
  expect(await livesOf(id)).toMatchObject([{ ending: 'failed', source: 'alarm', endedAt: dayOf(daysAgo(20)) }])
  await service.call(replaceComponent, { ...of(id), body: replaced('pump', 10, 'failed') })
  await service.call(replaceComponent, { ...of(id), body: replaced('seal', 10, 'other') })
  await eventually(async () => (await livesOf(id, 'seal')).length === 1) // heard after that of the pump
  expect(await livesOf(id)).toHaveLength(1)
  await judge('no-fault')
  await eventually(async () => (await livesOf(id)).length === 0)
})

test('a customer writes it down with the maintenance it was part of; whoever comes after sees nothing of it, a stranger no machine', async () => {
  const id = await newMachine()
  const task = { key: 'oil', name: name('Oil'), instructions: name('Oil'), everyMonths: 6 }
  await service.call(changePlan, { params: { typeId }, body: { tasks: [task] }, ifMatch: '0' })
  const done = { task: 'oil', on: dayOf(daysAgo(3)), replaced: { component: 'pump', why: 'preventive' as const } }
  await own.member.api.call(recordMyMaintenance, { ...of(id), body: done })
  const mine = await own.member.api.call(listMyReplacements, of(id))
  expect(mine.items).toMatchObject([{ component: { key: 'pump', name: name('Pump') }, on: done.on, why: 'preventive' }])
  expect(await problemOf(other.admin.api.call(listMyReplacements, of(id)))).toMatchObject({ status: 404 })
  const { etag } = await service.callWithEtag(getDevice, of(id))
  await staff.call(transferDevice, { ...of(id), body: { companyId: other.id, reason: 'sold on' }, ifMatch: etag })
  expect((await other.admin.api.call(listMyReplacements, of(id))).items).toEqual([])
  expect((await own.member.api.call(listMyReplacements, of(id))).items).toHaveLength(1)
  expect((await service.call(listReplacements, of(id))).items).toHaveLength(1)
})
