import { expect, test } from 'vitest'
import { createDevice, createDeviceType, transferDevice } from '#features/devices/core'
import { listMyNotices } from '#features/notices/core'
import type { Api } from '#platform/core'
import { openDatabase } from '#platform/server'
import { confirmingApi } from '../../../../../test/confirming.ts'
import { testPortal } from '../../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../../test/two-companies.ts'
import { getAlarm, handleAlarm } from '../../core/index.ts'
import { raise } from '../raise-alarm.ts'
import { escalate } from './escalate.ts'

const world = await twoCompanies(await testPortal())
const { own, platform, database } = world
const service = await world.api('service')
const sales = await world.api('sales')
const staff = await confirmingApi(world, 'admin')
const text = (said: string) => ({ 'zh-CN': said, en: said })
const type = await service.call(createDeviceType, { body: { key: 'escalating', name: text('Machine') } })
const { value: device, etag } = await service.callWithEtag(createDevice, {
  body: { serial: crypto.randomUUID().slice(0, 13), model: 'EM-1', typeId: type.id },
})
const deviceId = device.id
await staff.call(transferDevice, { params: { deviceId }, body: { companyId: own.id, reason: 'sold' }, ifMatch: etag })

const newAlarm = (source: string, escalateAfter: number | null) =>
  raise(platform, {
    ...{ deviceId, source, ruleId: null, name: text(source), severity: 'high', at: new Date(), message: text('') },
    ...{ faultCode: null, cause: null, remedy: null, component: null, escalateAfter, readings: [] },
  })
const wait = (minutes: number) =>
  database.pool.query(`update alarm set noticed_at = noticed_at - make_interval(mins => $1)`, [minutes])
const escalatedTo = async (api: Api) =>
  (await api.call(listMyNotices, {})).items.filter(({ kind }) => kind === 'escalation').map(({ title }) => title.en)
const stepsOf = async (alarmId: string) =>
  (await own.admin.api.call(getAlarm, { params: { alarmId } })).entries.filter(({ kind }) => kind === 'escalated')

test('what nobody acknowledges in time goes to administrators of the owner and to service, once, also by several processes', async () => {
  const left = await newAlarm('left', 30)
  const noted = await newAlarm('noted', 30)
  await newAlarm('for ever', null)
  await own.member.api.call(handleAlarm, { params: { alarmId: noted }, body: { do: 'acknowledge' } })
  await wait(29)
  await escalate(platform)
  expect(await stepsOf(left)).toEqual([])
  await wait(1)
  const second = openDatabase(platform.config.databaseUrl!, () => {})
  const told = { live: { ...platform.live, publish: async () => {} }, record: async () => '' }
  try {
    const beside = { ...platform, ...told, database: second }
    await Promise.all([
      database.transaction(() => escalate(platform)),
      second.transaction(() => escalate(beside)),
      database.transaction(() => escalate(platform)),
    ])
  } finally {
    await second.close()
  }
  expect(await stepsOf(left)).toMatchObject([{ side: 'portal' }])
  expect(await stepsOf(noted)).toEqual([])
})

test('administrators and service are told of it; colleagues and sales are not', async () => {
  await newAlarm('waits', 5)
  await wait(5)
  await database.transaction(() => escalate(platform))
  await world.portal.settled()
  expect(await escalatedTo(own.admin.api)).toContain('waits')
  expect(await escalatedTo(service)).toContain('waits')
  for (const api of [own.member.api, sales, world.other.admin.api]) expect(await escalatedTo(api)).toEqual([])
})
