import { afterAll, beforeEach, expect, test } from 'vitest'
import { raiseAlarm } from '#features/alarms/server'
import { createDevice, createDeviceType, getDevice, transferDevice } from '#features/devices/core'
import type { Api, ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { addRobot, changeRobot, listRobots, removeRobot, tryRobot } from '../core/index.ts'
import { planAlarms, writeAlarms } from './tell-of-alarms.ts'
import { startChatService } from './test-chat-service.ts'

const chats = await startChatService()
afterAll(() => chats.close())
const world = await twoCompanies(
  await testPortal({ config: { catchRobots: false, outgoingPrivate: true, robotHosts: [chats.host] } }),
)
const { own, other, platform, database } = world
const [mine, theirs, house] = [own.admin.visitor, other.admin.visitor, 'admin' as const].map(as => confirmingApi(world, as)) as [
  Api,
  Api,
  Api,
]
const service = await world.api('service')
const words = (said: string) => ({ 'zh-CN': said, en: said })
const type = await service.call(createDeviceType, { body: { key: 'chatting', name: words('Mill') } })
/** a busy machine is late */
const soon = { timeout: 30_000 }
const written = () => JSON.stringify(chats.taken)

async function newMachine(companyId: string): Promise<string> {
  const body = { serial: crypto.randomUUID().slice(0, 13), model: 'CH-1', typeId: type.id }
  const { id } = await service.call(createDevice, { body })
  await handOver(id, companyId)
  return id
}

async function handOver(deviceId: string, companyId: string): Promise<void> {
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId } })
  await house.call(transferDevice, { params: { deviceId }, body: { companyId, reason: 'sold' }, ifMatch: etag })
}

const raise = (deviceId: string, name: string) =>
  raiseAlarm(platform, {
    ...{ deviceId, source: name, name: words(name), severity: 'high' as const, at: new Date(), message: words('It shakes') },
    ...{ component: null, remedy: words('Look at the bearing') },
  })

const body = (address = chats.address('wecom')) => ({ kind: 'wecom' as const, name: 'On duty', address, language: 'en' as const })
const refused = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('The call was expected to be refused')
    },
    error => (error as ProblemError).problem,
  )

beforeEach(async () => {
  await database.pool.query('delete from robot')
  chats.taken.length = 0
})

test('the chat of a company is told of alarms of its own machines, with a link into its account, and of nobody else’s', async () => {
  const [ownMachine, otherMachine] = [await newMachine(own.id), await newMachine(other.id)]
  expect(await mine.call(addRobot, { body: body() })).toMatchObject({ tells: ['alarm'] })
  await raise(otherMachine, 'Trouble elsewhere')
  await raise(ownMachine, 'Spindle vibration')
  await expect.poll(written, soon).toContain('Spindle vibration')
  expect(written()).toContain(`/en/account/machines/${ownMachine}/alarms/`)
  await world.portal.settled()
  expect(written()).not.toContain('Trouble elsewhere')
  expect(chats.taken).toHaveLength(1)
})

test('what waits when a machine is sold is not written any more, neither where it was planned already', async () => {
  const machine = await newMachine(own.id)
  const { id: robotId } = await mine.call(addRobot, { body: body() })
  const openTo = async () => new Set([machine])
  const alarmId = await raise(machine, 'Of the time before')
  await expect.poll(written, soon).toContain('Of the time before')
  chats.taken.length = 0
  const context = { platform, jobId: crypto.randomUUID(), lastTry: false }
  const planned = { robotId, alarmIds: [alarmId], summary: false }
  await writeAlarms(openTo).handle(planned, context)
  expect(chats.taken).toHaveLength(1)
  await handOver(machine, other.id)
  chats.taken.length = 0
  await writeAlarms(openTo).handle(planned, context)
  await database.pool.query(`update robot_alarm set state = 'waiting', settled_at = null where alarm_id = $1`, [alarmId])
  await platform.database.transaction(async () => planAlarms(openTo).handle({ robotId }, context))
  const { rows } = await database.pool.query('select state from robot_alarm where alarm_id = $1', [alarmId])
  expect(rows).toEqual([{ state: 'dropped' }])
  await raise(machine, 'Of the new owner')
  await world.portal.settled()
  expect(chats.taken).toEqual([])
})

test('a company that does not have what was found at its machines is not told of it in its chat', async () => {
  const machine = await newMachine(own.id)
  const { id: robotId } = await mine.call(addRobot, { body: body() })
  const alarmId = await raise(machine, 'diagnosis:bearing')
  await expect.poll(written, soon).toContain('diagnosis:bearing')
  chats.taken.length = 0
  const closed = async () => new Set<string>()
  const context = { platform, jobId: crypto.randomUUID(), lastTry: false }
  await writeAlarms(closed).handle({ robotId, alarmIds: [alarmId], summary: false }, context)
  expect(chats.taken).toEqual([])
})

test('administrators alone look after the chats of their company, each company after its own', async () => {
  const { id: robotId, revision } = await mine.call(addRobot, { body: body() })
  const params = { robotId }
  expect((await mine.call(listRobots, {})).items).toHaveLength(1)
  for (const stranger of [theirs, house]) {
    expect((await stranger.call(listRobots, {})).items).toEqual([])
    const calls = [
      () => stranger.call(changeRobot, { params, body: { active: false }, ifMatch: String(revision) }),
      () => stranger.call(tryRobot, { params }),
      () => stranger.call(removeRobot, { params }),
    ]
    for (const call of calls) expect((await refused(call())).status).toBe(404)
  }
  expect((await refused(own.member.api.call(listRobots, {}))).status).toBe(403)
  expect((await refused(own.member.api.call(tryRobot, { params }))).status).toBe(403)
  expect((await refused(own.admin.api.call(addRobot, { body: body() }))).type).toBe('/problems/confirmation-needed')
  expect(await mine.call(tryRobot, { params })).toMatchObject({ failure: null, toldAt: expect.any(String) })
  expect(written()).toContain('Alarms of your company’s machines')
  await mine.call(removeRobot, { params })
  const { rows } = await database.pool.query(
    `select action from audit_entry where target_id = $1 and action like 'robot.%' order by position`,
    [robotId],
  )
  expect(rows.map(({ action }) => action)).toEqual(['robot.added', 'robot.removed'])
})

test('a company is told of no leads, and of no address but the services’ own', async () => {
  const lead = mine.call(addRobot, { body: { ...body(), tells: ['alarm', 'lead'] } })
  expect((await refused(lead)).errors).toMatchObject([{ field: '/tells/1' }])
  const elsewhere = mine.call(addRobot, { body: body('https://hooks.example/cgi-bin/webhook/send?key=1') })
  expect((await refused(elsewhere)).errors).toMatchObject([{ field: '/address' }])
})

test('what a chat of a company never takes is said at its robot, and is no dead letter of the operator', async () => {
  const machine = await newMachine(own.id)
  const { id: robotId } = await mine.call(addRobot, { body: body() })
  const alarmId = await raise(machine, 'Not taken')
  await expect.poll(written, soon).toContain('Not taken')
  const planned = { robotId, alarmIds: [alarmId], summary: false }
  const tried = (lastTry: boolean) => {
    chats.answerNext.push({ status: 500, body: 'away' })
    return writeAlarms(async () => new Set([machine])).handle(planned, { platform, jobId: crypto.randomUUID(), lastTry })
  }
  await expect(tried(false)).rejects.toThrow('away')
  await tried(true)
  expect((await mine.call(listRobots, {})).items[0]?.failure?.said).toContain('away')
})
