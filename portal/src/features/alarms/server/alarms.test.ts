import { expect, test } from 'vitest'
import { getDevice, grantRole, setSharing, transferDevice } from '#features/devices/core'
import { listMyNotices } from '#features/notices/core'
import { latestReadings } from '#features/telemetry/server'
import type { Api } from '#platform/core'
import { above, alarmsFor, hot, refused, text, watchedMachines } from '../../../../test/watched-machines.ts'
import { features } from '../../../app/features.ts'
import {
  changeAlarmRule,
  createAlarmRule,
  deleteAlarmRule,
  getAlarm,
  getAlarmRule,
  handleAlarm,
  listAlarmRules,
  listAlarms,
  switchAlarmRule,
  tryAlarmRule,
} from '../core/index.ts'
import { raiseAlarm } from './index.ts'
import { passTime, stopWatching, watchOf } from './watch/watch-alarms.ts'

const { activeRule, database, newMachine, other, own, platform, portal, service, staff, world } = await watchedMachines()

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
