import { expect, test } from 'vitest'
import { getDevice, transferDevice } from '#features/devices/core'
import type { Api } from '#platform/core'
import { alarmsFor, refused, text, watchedMachines } from '../../../../test/watched-machines.ts'
import { cancelMaintenance, getMaintenance, handleAlarm, planMaintenance, setMaintenance } from '../core/index.ts'
import { endWaits } from './end-waits.ts'
import { clearAlarm, raiseAlarm } from './index.ts'

const { activeRule, database, newMachine, other, own, platform, portal, service, staff } = await watchedMachines()

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
