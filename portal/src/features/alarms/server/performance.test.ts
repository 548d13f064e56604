import { expect, test } from 'vitest'
import { createDevice, createDeviceType, getDevice, setSharing, transferDevice } from '#features/devices/core'
import type { ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { createAlarmRule, getAlarmPerformance, handleAlarm, listAlarms } from '../core/index.ts'
import { clearAlarm } from './clear-alarm.ts'
import { raise } from './raise-alarm.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform } = world
const service = await world.api('service')
const staff = confirmingApi(world, 'admin')
const text = (said: string) => ({ 'zh-CN': said, en: said })
const type = await service.call(createDeviceType, {
  body: {
    key: 'noisy',
    name: text('Mill'),
    metrics: [{ key: 'load', name: text('Load'), unit: '%', min: 0, max: 200, decimals: 0 }],
  },
})
const newMachine = async () => {
  const body = { serial: crypto.randomUUID().slice(0, 13), model: 'NM-1', typeId: type.id }
  return (await service.call(createDevice, { body })).id
}
const give = async (deviceId: string, companyId: string) => {
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId } })
  await staff.call(transferDevice, { params: { deviceId }, body: { companyId, reason: 'sold' }, ifMatch: etag })
}
/** As if it had been handed over so many days ago. */
const ownedFor = (deviceId: string, days: number) =>
  world.database.pool.query(
    'update device_ownership set from_at = now() - make_interval(days => $2) where device_id = $1 and until_at is null',
    [deviceId, days],
  )
const minutesAgo = (minutes: number) => new Date(platform.now().getTime() + 1000 - minutes * 60_000)
const raiseAt = (
  deviceId: string,
  minutes: number,
  { ruleId = null, source = `rule:${ruleId}` }: { ruleId?: string | null; source?: string },
) =>
  raise(platform, {
    ...{ deviceId, source, ruleId, name: text('Load'), severity: 'high', at: minutesAgo(minutes), message: text('') },
    ...{ faultCode: null, cause: null, remedy: null, component: null, escalateAfter: null, readings: [] },
  })

test('an alarm that comes three times in ten minutes is named, with what quiets its rule, and marked in the list; one that never ends is stale', async () => {
  const machine = await newMachine()
  await give(machine, own.id)
  await world.database.pool.query(`update device_ownership set from_at = now() - interval '9 days' where device_id = $1`, [
    machine,
  ])
  const { id: ruleId } = await own.admin.api.call(createAlarmRule, {
    body: {
      ...{ deviceId: machine, name: text('Load'), severity: 'high' },
      raise: { kind: 'group', join: 'all', parts: [{ kind: 'threshold', metric: 'load', op: 'gt', value: 90 }] },
    },
  })
  for (const minutes of [9, 6, 3]) {
    const alarmId = await raiseAt(machine, minutes, { ruleId })
    if (minutes === 6) await own.admin.api.call(handleAlarm, { params: { alarmId }, body: { do: 'comment', text: 'again' } })
    await clearAlarm(platform, { deviceId: machine, source: `rule:${ruleId}`, at: minutesAgo(minutes - 1) })
  }
  await raiseAt(machine, 60 * 26, { source: 'rule:gone' })
  const seen = await own.member.api.call(getAlarmPerformance, { query: { days: '7', deviceId: machine } })
  expect(seen).toMatchObject({
    ...{ raises: 4, machines: 1, perMachineDay: 0.57, more: false },
    top: [
      { ruleId, raises: 3, percent: 75, chatters: true },
      { ruleId: null, raises: 1, chatters: false },
    ],
    chattering: [{ ruleId, most: 3, raises: 3, proposal: 'hysteresis', device: { id: machine } }],
    stale: [{ name: text('Load'), device: { id: machine } }],
  })
  expect(seen.byDay).toHaveLength(7)
  expect(seen.byDay.reduce((sum, { raises }) => sum + raises, 0)).toBe(4)
  // of the customer's own rule the manufacturer is told, but it is not his to change
  const desk = await service.call(getAlarmPerformance, { query: { deviceId: machine } })
  expect(desk.chattering).toMatchObject([{ ruleId: null, proposal: 'shelve' }])
  const { items } = await own.member.api.call(listAlarms, { query: { deviceId: machine } })
  expect(items.map(({ chatters, raises }) => [raises, chatters]).sort()).toEqual([
    [1, false],
    [3, true],
  ])
})

test('nobody is told how alarms did in times that are not his', async () => {
  const machine = await newMachine()
  await give(machine, own.id)
  await ownedFor(machine, 1)
  for (const minutes of [9, 6, 3]) {
    await raiseAt(machine, minutes, { source: 'rule:sold' })
    await clearAlarm(platform, { deviceId: machine, source: 'rule:sold', at: minutesAgo(minutes) })
  }
  const raisesFor = async (api: typeof service) =>
    (await api.call(getAlarmPerformance, { query: { deviceId: machine } })).chattering.length
  expect(await raisesFor(own.member.api)).toBe(1)
  await own.admin.api.call(setSharing, { params: { deviceId: machine }, body: { whom: 'manufacturer', shared: false } })
  const strange = other.member.api.call(getAlarmPerformance, { query: { deviceId: machine } })
  await expect(strange.catch((error: ProblemError) => error.problem.status)).resolves.toBe(404)
  await give(machine, other.id)
  expect(await raisesFor(other.member.api)).toBe(0)
  const { chattering } = await other.member.api.call(getAlarmPerformance, {})
  expect(chattering).toEqual([])
})
