import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDevice, createDeviceType, deleteDevice, getDevice, transferDevice } from '#features/devices/core'
import type { Platform } from '#platform/server'
import { confirmingApi } from '../../../../../test/confirming.ts'
import { testPortal } from '../../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../../test/two-companies.ts'
import { getMyHistory, getMyMetrics, getRetention, hourlyBefore, runAfter, saveRetention, takenSince } from '../../core/index.ts'
import { keepReadings } from '../index.ts'
import { keepHours } from './keep-hours.ts'

const world = await twoCompanies(await testPortal())
const { own, platform, portal } = world
const { warehouse } = platform
const admin = confirmingApi(world, 'admin')
const service = await world.api('service')
const [hour, day] = [3_600_000, 86_400_000]

const name = { 'zh-CN': '负载', en: 'Load' }
const { value: type } = await (await world.api('product')).callWithEtag(createDeviceType, {
  body: { key: 'kept_machine', name, metrics: [{ key: 'load', name, unit: '%', min: -1000, max: 1000, decimals: 1 }] },
})

async function newMachine() {
  const body = { serial: crypto.randomUUID().slice(0, 13), model: 'KM-1', typeId: type.id }
  const { value: device } = await service.callWithEtag(createDevice, { body })
  return device.id
}

async function ownMachine() {
  const deviceId = await newMachine()
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId } })
  await admin.call(transferDevice, { params: { deviceId }, body: { companyId: own.id, reason: 'sold' }, ifMatch: etag })
  await world.database.pool.query(`update device_ownership set from_at = now() - interval '1 year' where device_id = $1`, [
    deviceId,
  ])
  return deviceId
}

const report = (deviceId: string, readings: readonly { at: number; value: number }[]) =>
  warehouse.insert(
    'readings_taken',
    [
      {
        device_id: deviceId,
        metric: readings.map(() => 'load'),
        at: readings.map(({ at }) => at),
        scaled: readings.map(({ value }) => value),
      },
    ],
    { batchId: crypto.randomUUID() },
  )

/** The course by the hour of the last 250 days. */
async function course(deviceId: string) {
  const to = Math.floor(Date.now() / hour) * hour + hour
  const spans = [250, 200, 150, 100, 50].map(days => ({ from: to - days * day, to: to - (days - 50) * day }))
  const histories = await Promise.all(
    spans.map(({ from, to }) =>
      own.member.api.call(getMyHistory, {
        params: { deviceId, metric: 'load' },
        query: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: 2000 },
      }),
    ),
  )
  expect(histories.every(({ step }) => step === hour)).toBe(true)
  return histories.flatMap(({ points }) => points)
}

const rawBefore = async (deviceId: string, moment: number) => {
  const [row] = await warehouse.query<{ rows: number }>(
    `select count() as rows from reading where device_id = {deviceId:UUID} and at < fromUnixTimestamp64Milli({moment:Int64}, 'UTC')`,
    { deviceId, moment },
  )
  return row!.rows
}

async function setMonths(months: number | null) {
  const { etag } = await admin.callWithEtag(getRetention, {})
  return admin.call(saveRetention, { body: { months }, ifMatch: etag })
}

/** As on a night some time from now. */
const inTwoDays = (over: Partial<Platform> = {}): Platform => ({
  ...platform,
  now: () => new Date(Date.now() + 2 * day),
  ...over,
})

test('whole months go, each reading is kept for the term at least, and nothing goes that could still come', () => {
  const times = fc.date({ min: new Date('2025-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(times, fc.integer({ min: 3, max: 120 }), (now, months) => {
      const [taken, hourly] = [takenSince(now, months), hourlyBefore(now, months)]
      expect(new Date(taken).toISOString()).toMatch(/-01T00:00:00.000Z$/)
      const since = (moment: number) => (now.getTime() - moment) / day
      expect(since(taken)).toBeGreaterThanOrEqual(months * 30 - 2)
      expect(since(taken)).toBeLessThan((months + 1) * 31)
      expect(hourly).toBeLessThanOrEqual(taken)
      expect(since(hourly)).toBeGreaterThanOrEqual(90)
      expect(runAfter(now).getTime() - now.getTime()).toBeGreaterThanOrEqual(hour)
      expect(runAfter(now).getTime() - now.getTime()).toBeLessThan(hour + day)
    }),
  )
})

test('after the term charts by the hour are as before, its readings are gone with their space, and what is younger is untouched', async () => {
  const deviceId = await ownMachine()
  const anyReading = fc.record({ ago: fc.integer({ min: 0, max: 240 * day - 1 }), value: fc.integer({ min: -9999, max: 9999 }) })
  const [said] = fc.sample(fc.array(anyReading, { minLength: 3000, maxLength: 3000 }), 1)
  const now = Date.now()
  const readings = said!.flatMap(({ ago, value }) =>
    [0, 60_000, 120_000].map(later => ({ at: now - ago + later - 180_000, value: value + later / 60_000 })),
  )
  await report(deviceId, readings)
  await report(deviceId, readings.slice(0, 500)) // some came twice
  const [before, edge] = [await course(deviceId), hourlyBefore(inTwoDays().now(), 3)]
  const younger = (await rawBefore(deviceId, now)) - (await rawBefore(deviceId, edge))

  expect((await setMonths(3)).next).toMatchObject({ months: 3 })
  await keepHours(platform) // the night has not come
  expect((await setMonths(24)).next).toBeNull() // and it is taken back
  await keepHours(inTwoDays())
  expect(await rawBefore(deviceId, edge)).toBeGreaterThan(1000)

  await setMonths(3)
  const killed = { ...warehouse, dropPartition: () => Promise.reject(new Error('killed')) }
  await expect(keepHours(inTwoDays({ warehouse: killed }))).rejects.toThrow('killed')
  expect(await course(deviceId)).toEqual(before)
  await keepHours(inTwoDays())
  await keepHours(inTwoDays())

  expect(await course(deviceId)).toEqual(before)
  expect(await rawBefore(deviceId, edge)).toBe(0)
  expect(await rawBefore(deviceId, now)).toBe(younger)
  const { months, next, hourlyUntil } = await admin.call(getRetention, {})
  expect({ months, next, hourlyUntil }).toEqual({ months: 3, next: null, hourlyUntil: new Date(edge).toISOString() })
  const { keptMonths, ...told } = await own.member.api.call(getMyMetrics, { params: { deviceId } })
  expect([keptMonths, told.hourlyUntil]).toEqual([3, new Date(edge).toISOString()])
  const [{ path } = { path: '' }] = await warehouse.query<{ path: string }>(
    `select arrayJoin(data_paths) as path from system.tables where name = 'reading'`,
  )
  const onDisk = readdirSync(path).flatMap(part => /^(\d{6})_/.exec(part)?.[1] ?? [])
  expect(onDisk.sort()[0]).toBe(new Date(edge).toISOString().slice(0, 7).replace('-', ''))
})

test('of a time that is kept by the hour no reading is taken in any more, and that is counted', async () => {
  const deviceId = await ownMachine()
  const edge = takenSince(new Date(), 3)
  const said = [edge - 1, edge].map(at => ({ metric: 'load', value: 1, at }))
  const receivedAt = new Date()
  await keepReadings([])(platform, [{ deviceId, receivedAt, readings: said }])
  expect(await rawBefore(deviceId, edge)).toBe(0)
  expect(await rawBefore(deviceId, edge + 1)).toBe(1)
})

test('the readings of a machine that was deleted go with it', async () => {
  const deviceId = await newMachine()
  await report(deviceId, [{ at: Date.now() - hour, value: 1 }])
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId } })
  await service.call(deleteDevice, { params: { deviceId }, ifMatch: etag })
  await portal.settled()
  expect(await rawBefore(deviceId, Date.now())).toBe(0)
  expect(await warehouse.query('select 1 from reading_latest where device_id = {deviceId:UUID}', { deviceId })).toEqual([])
})
