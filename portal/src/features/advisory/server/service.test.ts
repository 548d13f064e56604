import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { changeAlarmRule, createAlarmRule } from '#features/alarms/core'
import { clearAlarm, raiseAlarm } from '#features/alarms/server'
import { createDevice, createDeviceType, getDevice, transferDevice } from '#features/devices/core'
import { createPackage } from '#features/packages/core'
import type { ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { type Company, twoCompanies } from '../../../../test/two-companies.ts'
import {
  changePlan,
  changeServiceRequest,
  getMaintenance,
  getMyMaintenance,
  getMyServiceRequest,
  getPlan,
  getServiceRequest,
  listMyServiceRequests,
  listServiceRequests,
  requestMyService,
  withdrawMyServiceRequest,
  writeMyServiceMessage,
  writeServiceMessage,
} from '../core/index.ts'
import { doneServiceOf } from './index.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform, database } = world
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')
const words = (text: string) => ({ 'zh-CN': text, en: text })
const { value: type } = await service.callWithEtag(createDeviceType, { body: { key: 'served', name: words('Machine') } })
await service.callWithEtag(changePlan, {
  params: { typeId: type.id },
  ifMatch: '0',
  body: {
    tasks: [
      { key: 'oil', name: words('Change the oil'), instructions: words(''), everyMonths: 6 },
      {
        ...{ key: 'listen', name: words('Listen to the spindle'), instructions: words('') },
        condition: { kind: 'finding', code: 'spindle' },
      },
    ],
    advice: [
      {
        ...{ key: 'bearing', action: words('Replace the bearing'), reason: words('It is worn'), urgency: 'now' },
        ...{ when: { kind: 'finding', code: 'spindle' }, parts: [{ number: 'B-1', name: words('Bearing') }] },
      },
      {
        key: 'call',
        action: words('Call us'),
        reason: words(''),
        urgency: 'soon',
        when: { kind: 'alarm', code: 'Worn bearing' },
      },
    ],
  },
})

async function newMachine(company: Company = own, typeId = type.id): Promise<{ deviceId: string }> {
  const { value, etag } = await service.callWithEtag(createDevice, {
    body: { serial: crypto.randomUUID().slice(0, 13), model: 'SM-1', typeId, builtYear: 2024 },
  })
  await give(value.id, company, etag)
  return { deviceId: value.id }
}
const give = (deviceId: string, { id }: Company, ifMatch: string) =>
  staff.call(transferDevice, { params: { deviceId }, body: { companyId: id, reason: 'sold' }, ifMatch })
const ask = (params: { deviceId: string }, body: object = { description: 'It hums' }) =>
  own.member.api.call(requestMyService, { params, body })
type Change = Parameters<typeof change>[1]
async function change(requestId: string, body: Record<string, unknown>) {
  const params = { requestId }
  const { etag } = await service.callWithEtag(getServiceRequest, { params })
  return (await service.callWithEtag(changeServiceRequest, { params, body, ifMatch: etag })).value
}
const soon = new Date(Date.now() + 86_400_000).toISOString()
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    error => (error as ProblemError).problem,
  )
const subjectsTo = async (email: string, number: number) =>
  (await world.mails()).filter(({ to, subject }) => to === email && subject.includes(`#${number}`)).map(({ subject }) => subject)

test('a customer follows what becomes of his request, and both sides hear of it by mail', async () => {
  const params = await newMachine()
  const { id, number, status } = await ask(params, { description: 'It hums', wishedOn: '2030-01-02' })
  expect(status).toBe('submitted')
  const { assignees } = (await service.callWithEtag(getServiceRequest, { params: { requestId: id } })).value
  const [handler] = assignees
  await change(id, { status: 'received', assigneeId: handler!.id })
  await change(id, { status: 'scheduled', visitAt: soon })
  await service.call(writeServiceMessage, { params: { requestId: id }, body: { text: 'We bring a bearing.' } })
  await own.admin.api.call(writeMyServiceMessage, { params: { requestId: id }, body: { text: 'Gate 3, please.' } })
  await change(id, { status: 'in-progress' })
  await change(id, {
    status: 'done',
    result: 'Bearing replaced',
    parts: [{ number: 'B-1', name: words('Bearing'), quantity: 2 }],
  })
  const seen = await own.member.api.call(getMyServiceRequest, { params: { requestId: id } })
  expect(seen).toMatchObject({ status: 'done', result: 'Bearing replaced', visitAt: soon, wishedOn: '2030-01-02' })
  expect(seen.messages.map(({ by, text }) => [by, text])).toEqual([
    ['manufacturer', 'We bring a bearing.'],
    ['customer', 'Gate 3, please.'],
  ])
  expect(await subjectsTo(own.member.email, number)).toHaveLength(5) // four moves and a message
  const { rows } = await database.pool.query(`select description, result from service_request where id = $1`, [id])
  expect(JSON.stringify(rows)).not.toMatch(/hums|replaced/)
  const { visits } = await own.member.api.call(getMyMaintenance, { params })
  expect(visits).toMatchObject([{ number, result: 'Bearing replaced', parts: [{ number: 'B-1', quantity: 2 }] }])
  expect((await service.call(listServiceRequests, { query: { status: 'done' } })).items.map(one => one.id)).toContain(id)
})

test('service that does a task of the plan writes down that it was done', async () => {
  const params = await newMachine()
  const { id, number, about } = await ask(params, { subject: 'maintenance', about: 'oil' })
  expect(about?.en).toBe('Change the oil')
  await change(id, { status: 'received' })
  await change(id, { status: 'done', result: 'Changed' })
  const { tasks, records } = await own.member.api.call(getMyMaintenance, { params })
  expect(tasks[0]?.due.state).toBe('later')
  expect(records).toMatchObject([{ by: 'manufacturer', note: `#${number}` }])
  expect((await problemOf(ask(params, { subject: 'maintenance', about: 'paint' })))?.status).toBe(404)
  expect((await problemOf(ask(params, { description: ' ' })))?.errors).toMatchObject([{ field: '/description' }])
})

test('service counts for the component that was advised on; asked for freely it is about none that is known', async () => {
  const params = await newMachine()
  const done = async (body: object) => {
    const { id } = await ask(params, body)
    await change(id, { status: 'received' })
    await change(id, { status: 'done', result: 'Done' })
  }
  await done({ description: 'It hums' })
  await done({ subject: 'advice', about: 'bearing' })
  const within = { from: new Date(Date.now() - 86_400_000), until: new Date(Date.now() + 86_400_000) }
  expect(await doneServiceOf(platform, [params.deviceId], within)).toEqual([
    { ...params, component: 'spindle', at: expect.any(Date) },
  ])
})

test('a request goes its way: no step is left out, none is taken back once somebody is at it, and one change at a time', async () => {
  const { id } = await ask(await newMachine())
  const refused = async (body: Change) => (await problemOf(change(id, body)))?.type
  expect(await refused({ status: 'done' })).toBe('/problems/service-moved')
  expect(await refused({ status: 'withdrawn' })).toBe('/problems/service-moved')
  expect((await problemOf(change(id, { status: 'scheduled' })))?.errors).toMatchObject([{ field: '/visitAt' }])
  const stale = { params: { requestId: id }, body: { status: 'received' as const }, ifMatch: '0' }
  expect((await problemOf(service.callWithEtag(changeServiceRequest, stale)))?.status).toBe(412)
  await change(id, { status: 'received' })
  await change(id, { status: 'in-progress' })
  const withdraw = own.member.api.call(withdrawMyServiceRequest, { params: { requestId: id } })
  expect((await problemOf(withdraw))?.type).toBe('/problems/service-moved')
})

test('what is found at a machine brings the advice of its type, whose service is asked for as it stands; to who bought it later it says nothing', async () => {
  const params = await newMachine()
  const adviceTo = async ({ member }: Company) => (await member.api.call(getMyMaintenance, { params })).advice
  expect(await adviceTo(own)).toEqual([])
  const found = { deviceId: params.deviceId, source: 'diagnosis:bearing', component: 'spindle', severity: 'high' as const }
  await raiseAlarm(platform, { ...found, name: words('Worn bearing'), at: platform.now(), message: words(''), remedy: null })
  expect(await adviceTo(own)).toMatchObject([
    { key: 'bearing', because: { en: 'Worn bearing' }, parts: [{ number: 'B-1' }] },
    { key: 'call', urgency: 'soon' },
  ])
  const { subject, about } = await ask(params, { subject: 'advice', about: 'bearing' })
  expect([subject, about?.en]).toEqual(['advice', 'Replace the bearing'])
  expect((await problemOf(ask(params, { subject: 'advice', about: 'oil' })))?.status).toBe(404)
  const { etag } = await service.callWithEtag(getDevice, { params })
  await give(params.deviceId, other, etag)
  expect(await adviceTo(other)).toEqual([])
  expect(await adviceTo(own)).toEqual([])
  await clearAlarm(platform, { ...found, at: platform.now() })
})

test('who is not told what is found is advised without why, and no task is due by it', async () => {
  const params = await newMachine()
  const found = { deviceId: params.deviceId, source: 'diagnosis:bearing', component: 'spindle', severity: 'high' as const }
  await raiseAlarm(platform, { ...found, name: words('Worn bearing'), at: platform.now(), message: words(''), remedy: null })
  const told = async () => {
    const { tasks, advice } = await own.member.api.call(getMyMaintenance, { params })
    const due = tasks.find(({ key }) => key === 'listen')!.due
    return {
      due: due.state,
      because: due.because,
      advice: advice.map(({ action, reason, because }) => [action.en, reason.en, because]),
    }
  }
  const name = words('Worn bearing')
  expect(await told()).toMatchObject({
    ...{ due: 'due', because: name },
    advice: [
      ['Replace the bearing', 'It is worn', name],
      ['Call us', '', name],
    ],
  })
  const { id } = await (await world.api('sales')).call(createPackage, {
    body: {
      ...{ name: words('Foresight'), description: words(''), typeIds: [type.id], rights: ['findings'] },
      ...{ net: 1, currency: 'CNY', months: 12, trialDays: 0, offered: true },
    },
  })
  expect(await told()).toEqual({
    ...{ due: 'later', because: null },
    advice: [
      ['Replace the bearing', '', null],
      ['Call us', '', null],
    ],
  })
  expect(await service.call(getMaintenance, { params })).toMatchObject({ advice: [{ because: name }, { because: name }] })
  await database.pool.query('delete from service_package where id = $1', [id])
})

test('a plan knows the rule of an alarm by its id, also where it was written by its name: renamed it goes on asking for work', async () => {
  const hot = await service.call(createDeviceType, {
    body: {
      ...{ key: 'hot', name: words('Hot machine') },
      metrics: [{ key: 'heat', name: words('Heat'), unit: '°C', min: 0, max: 200, decimals: 0 }],
    },
  })
  const fields = {
    ...{ name: words('Too hot'), severity: 'high' as const },
    raise: {
      ...{ kind: 'group' as const, join: 'all' as const },
      parts: [{ kind: 'threshold' as const, metric: 'heat', op: 'gt' as const, value: 80 }],
    },
  }
  const { value: rule, etag } = await service.callWithEtag(createAlarmRule, { body: { ...fields, typeId: hot.id } })
  const params = { typeId: hot.id }
  const on = (code: string) => ({ kind: 'alarm' as const, code })
  const task = (key: string, code: string) => ({ key, name: words(key), instructions: words(''), condition: on(code) })
  const advice = [{ key: 'cool', action: words('Let it cool'), reason: words(''), urgency: 'now' as const, when: on('Too hot') }]
  const write = (tasks: ReturnType<typeof task>[], ifMatch: string) =>
    service.call(changePlan, { params, ifMatch, body: { tasks, advice } })
  expect((await problemOf(write([task('cool', platform.newId())], '0')))?.errors).toMatchObject([
    { field: '/tasks/0/condition/code' },
  ])
  const codes = async () => {
    const { value } = await service.callWithEtag(getPlan, { params })
    return [...value.tasks.map(({ condition }) => condition!.code), ...value.advice.map(({ when }) => when.code)]
  }
  await write([task('fan', 'Too hot'), task('door', 'Door open')], '0')
  const bound = [rule.id, 'Door open', rule.id]
  expect(await codes()).toEqual(bound)

  await database.pool.query(
    `update maintenance_plan set tasks = replace(tasks::text, $2, 'Too hot')::jsonb, advice = replace(advice::text, $2, 'Too hot')::jsonb
     where type_id = $1`,
    [hot.id, rule.id],
  )
  expect(await codes()).toEqual(['Too hot', 'Door open', 'Too hot'])
  await database.pool.query(readFileSync(join(import.meta.dirname, '../../../../migrations/0089-alarm-conditions.sql'), 'utf8'))
  expect(await codes()).toEqual(bound)

  const name = words('Overheated')
  await service.call(changeAlarmRule, { params: { ruleId: rule.id }, body: { ...fields, name }, ifMatch: etag! })
  const machine = await newMachine(own, hot.id)
  const raised = { ...machine, source: `rule:${rule.id}`, severity: 'high' as const, component: null, remedy: null }
  await raiseAlarm(platform, { ...raised, name, at: platform.now(), message: words('') })
  expect(await own.member.api.call(getMyMaintenance, { params: machine })).toMatchObject({
    advice: [{ key: 'cool', because: name }],
    tasks: [
      { key: 'fan', due: { state: 'due', because: name }, condition: { name } },
      { key: 'door', due: { state: 'later' }, condition: { name: null } },
    ],
  })
})

test('when a machine is sold its open requests end, and the new owner sees no service of before', async () => {
  const params = await newMachine()
  const open = await ask(params)
  const served = await ask(params)
  await change(served.id, { status: 'received' })
  await change(served.id, { status: 'done', result: 'Ours' })
  const { etag } = await service.callWithEtag(getDevice, { params })
  await give(params.deviceId, other, etag)
  await world.portal.settled()
  const statuses = (await own.member.api.call(listMyServiceRequests, {})).items.map(({ id, status }) => [id, status])
  expect(statuses).toContainEqual([open.id, 'withdrawn'])
  expect((await other.admin.api.call(getMyMaintenance, { params })).visits).toEqual([])
  expect((await other.admin.api.call(listMyServiceRequests, {})).items).toEqual([])
  expect((await service.call(getMaintenance, { params })).visits).toHaveLength(1)
  expect((await problemOf(ask(params)))?.status).toBe(404)
})
