import { expect, test } from 'vitest'
import { createDevice } from '#features/devices/core'
import { newId, openDatabase } from '#platform/server'
import { testPortal } from '../../../../test/test-portal.ts'
import { listAlarms } from '../core/index.ts'
import { alarmsOf, clearAlarm, openAlarms, raiseAlarm } from './index.ts'

const portal = await testPortal()
const { platform, database } = portal
const service = await portal.api('service')
const newMachine = async () => (await service.call(createDevice, { body: { serial: newId(), model: 'TM-1' } })).id
const text = (said: string) => ({ 'zh-CN': said, en: said })
const at = new Date('2026-03-01T08:00:00Z')
const bearing = (deviceId: string, more: object = {}) => ({
  ...{ deviceId, source: 'diagnosis:bearing', name: text('Bearing'), severity: 'high' as const, at },
  ...{ message: text('It wears'), component: 'spindle', remedy: null, ...more },
})
const eventsOf = async (deviceId: string) =>
  (
    await database.pool.query<{ name: string }>(`select name from event where data->>'deviceId' = $1 order by id`, [deviceId])
  ).rows.map(({ name }) => name)

test('another feature raises an alarm, brings it up to date and ends it, by the clock of the machine', async () => {
  const deviceId = await newMachine()
  const id = await raiseAlarm(platform, bearing(deviceId))
  expect(await raiseAlarm(platform, bearing(deviceId, { severity: 'critical', at: new Date(at.getTime() + 1000) }))).toBe(id)
  expect((await openAlarms(platform, [deviceId])).get(deviceId)).toEqual([
    { id, severity: 'critical', name: text('Bearing'), source: 'diagnosis:bearing', state: 'unacknowledged', raisedAt: at },
  ])
  const over = new Date(at.getTime() + 3_600_000)
  await clearAlarm(platform, { deviceId, source: 'diagnosis:bearing', at: over })
  await clearAlarm(platform, { deviceId, source: 'diagnosis:bearing', at: new Date() })
  const known = () => alarmsOf(platform, deviceId, { from: at, until: over })
  expect(await known()).toMatchObject([{ id, state: 'returned', startedAt: at, clearedAt: over, verdict: null }])
  expect(await eventsOf(deviceId)).toEqual(['alarm.raised', 'alarm.cleared'])
  const later = new Date(over.getTime() + 1000)
  expect(await raiseAlarm(platform, bearing(deviceId, { at: later }))).toBe(id)
  expect(await known()).toMatchObject([{ state: 'unacknowledged', startedAt: at, raisedAt: later, clearedAt: null }])
})

test('of a machine and a source there is one open alarm, also where several portals raise it at once', async () => {
  const deviceId = await newMachine()
  const second = openDatabase(platform.config.databaseUrl!, () => {})
  // another process: nothing of the first one's pool is in its transactions
  const beside = {
    ...platform,
    database: second,
    live: { ...platform.live, publish: async () => {} },
    record: async () => newId(),
  }
  try {
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, i) => raiseAlarm(i % 2 ? beside : platform, bearing(deviceId, { message: text(`${i}`) }))),
    )
    expect(new Set(ids).size).toBe(1)
    expect((await openAlarms(platform, [deviceId])).get(deviceId)).toHaveLength(1)
  } finally {
    await second.close()
  }
})

test('more than ten alarms within ten minutes are told as a flood, with the machines they come from', async () => {
  const machines = [await newMachine(), await newMachine()] as const
  const raise = (n: number) =>
    raiseAlarm(platform, bearing(machines[n % 3 === 0 ? 1 : 0], { source: `found:${n}`, at: platform.now() }))
  const flood = async () => (await service.call(listAlarms, { query: { severity: 'low' } })).flood
  for (let n = 0; n < 10; n++) await raise(n)
  expect(await flood()).toBeNull()
  await raise(10)
  expect(await flood()).toMatchObject({
    alarms: 11,
    machines: [
      { id: machines[0], alarms: 7 },
      { id: machines[1], alarms: 4 },
    ],
  })
})

test('where the caller rolls back, nothing was raised', async () => {
  const deviceId = await newMachine()
  const failing = database.transaction(async () => {
    await raiseAlarm(platform, bearing(deviceId))
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await openAlarms(platform, [deviceId])).toEqual(new Map())
  expect(await eventsOf(deviceId)).toEqual([])
})
