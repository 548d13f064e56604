import { afterAll, expect, test } from 'vitest'
import { handleAlarm } from '#features/alarms/core'
import { raiseAlarm } from '#features/alarms/server'
import { createDevice } from '#features/devices/core'
import { getProduct } from '#features/products/core'
import { contactConsent, submitInquiry } from '#features/sales/core'
import type { Api, ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { addRobot, changeRobot, listRobots, type RobotKind, removeRobot, robotKinds, tryRobot } from '../core/index.ts'
import { refusalIn, robotCall } from './messages.ts'
import { isRobotAddress } from './robot-address.ts'
import { startChatService } from './test-chat-service.ts'

const chats = await startChatService()
afterAll(() => chats.close())
const portal = await testPortal({ config: { catchRobots: false, outgoingPrivate: true, robotHosts: [chats.host] } })
const { api, platform, database } = portal
await publishDrillStand(platform)
const admin = await api('admin')
const house = confirmingApi(portal, 'admin')
const visitor = await api()
const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })

const add = (kind: RobotKind, secret = chats.secret, as: Api = house) =>
  as.call(addRobot, { body: { kind, name: `group ${kind}`, address: chats.address(kind), secret, language: 'en' } })
const seen = async (id: string) => (await admin.call(listRobots, {})).items.find(robot => robot.id === id)
const drop = (id: string) => confirmingApi(portal, 'admin').call(removeRobot, { params: { robotId: id } })
const inquire = async () => {
  const contact = { name: 'Zhou Jianguo', company: 'Hengrui', email: 'zhou@hengrui.example' }
  const consent = { version: contactConsent.version, accepted: true as const }
  await visitor.call(submitInquiry, { body: { configuration: standardDraft(modelVersionId), contact, consent } })
  await portal.portal.settled()
}
const refused = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('The call was expected to be refused')
    },
    error => (error as ProblemError).problem,
  )

test('a new lead is written once into each of the three kinds of chats, signed, and without the person', async () => {
  const robots = await Promise.all(robotKinds.map(kind => add(kind)))
  chats.taken.length = 0
  await inquire()
  await expect.poll(() => chats.taken.map(({ kind }) => kind).sort()).toEqual(['dingtalk', 'feishu', 'wecom'])
  const written = JSON.stringify(chats.taken)
  expect(written).toMatch(/New lead #\d+/)
  expect(written).toContain('/en/console/leads/')
  for (const personal of ['Zhou', 'Hengrui', 'hengrui.example']) expect(written).not.toContain(personal)
  await expect
    .poll(async () => (await admin.call(listRobots, {})).items.every(robot => robot.toldAt && !robot.failure))
    .toBe(true)
  for (const { id } of robots) await drop(id)
  expect((await admin.call(listRobots, {})).items).toEqual([])
})

const words = (said: string) => ({ 'zh-CN': said, en: said })
const service = await api('service')
const { id: deviceId } = await service.call(createDevice, { body: { serial: 'RM-2001', model: 'Mill' } })
const raise = (name: string, severity: 'critical' | 'high' | 'low' = 'high') =>
  raiseAlarm(platform, {
    ...{ deviceId, source: name, name: words(name), severity, at: new Date(), message: words('It shakes') },
    ...{ component: null, remedy: words('Look at the bearing') },
  })

test('a robot that tells of alarms writes those of its severity, with machine, remedy and link, and nothing of leads', async () => {
  const { id, revision } = await add('wecom')
  const body = { tells: ['alarm' as const], alarmsFrom: 'high' as const }
  const changed = await admin.call(changeRobot, { params: { robotId: id }, body, ifMatch: String(revision) })
  expect(changed).toMatchObject(body)
  chats.taken.length = 0
  await raise('a mere trifle', 'low')
  await raise('Spindle vibration', 'critical')
  await inquire()
  await expect.poll(() => JSON.stringify(chats.taken)).toContain('Spindle vibration')
  expect(chats.taken).toHaveLength(1)
  const written = JSON.stringify(chats.taken)
  for (const said of ['Critical', 'Mill RM-2001', 'Look at the bearing', `/en/console/devices/${deviceId}/alarms/`])
    expect(written).toContain(said)
  await drop(id)
})

test('a flood of alarms is ten messages at most and a summary; what was acknowledged before is not written', async () => {
  const { id, revision } = await add('feishu')
  await admin.call(changeRobot, { params: { robotId: id }, body: { tells: ['alarm'] }, ifMatch: String(revision) })
  chats.taken.length = 0
  await platform.database.transaction(async () => {
    for (let number = 1; number <= 14; number++) {
      const alarmId = await raise(`Flooding ${number}`)
      if (number === 1) await service.call(handleAlarm, { params: { alarmId }, body: { do: 'acknowledge' } })
    }
  })
  await expect.poll(() => JSON.stringify(chats.taken), { timeout: 20_000 }).toContain('Very many alarms')
  const singles = chats.taken.filter(message => JSON.stringify(message).includes('Flooding'))
  expect(singles.length).toBeLessThanOrEqual(10)
  expect(JSON.stringify(chats.taken)).not.toMatch(/Flooding 1\b/)
  await drop(id)
})

test('a robot that is quiet is told nothing', async () => {
  const { id, revision } = await add('wecom')
  await admin.call(changeRobot, { params: { robotId: id }, body: { active: false }, ifMatch: String(revision) })
  await inquire()
  const { rows } = await database.pool.query(`select from job.job where name = 'robots.tell' and singleton_key like $1`, [
    `${id}%`,
  ])
  expect(rows).toEqual([])
  await drop(id)
})

test('what the service refuses stands at the robot in its words, until a message is taken', async () => {
  const { id } = await add('dingtalk', 'another secret')
  const failed = await admin.call(tryRobot, { params: { robotId: id } })
  expect(failed.failure?.said).toBe('200 310000: sign not match')
  expect(failed.toldAt).toBeNull()
  await drop(id)
  const { id: right } = await add('dingtalk')
  expect(await admin.call(tryRobot, { params: { robotId: right } })).toMatchObject({ failure: null, toldAt: expect.any(String) })
  await drop(right)
})

test('a message that was not taken is sent again', async () => {
  const { id } = await add('feishu')
  chats.taken.length = 0
  chats.answerNext.push({ status: 200, body: '{"code":9499,"msg":"too many request"}' })
  await inquire()
  await expect.poll(async () => (await seen(id))?.failure?.said).toContain('too many request')
  const waiting = `update job.job set start_after = now() where name = 'robots.tell' and state = 'retry'`
  const takenSoon = async () => {
    await database.pool.query(waiting) // instead of waiting for its pause to be over
    return chats.taken.length
  }
  await expect.poll(takenSoon, { timeout: 20_000 }).toBe(1)
  await expect.poll(async () => (await seen(id))?.failure).toBeNull()
  await drop(id)
})

test('address and secret are sealed, never answered, and in no log of what was done', async () => {
  const { id } = await add('feishu')
  const { rows } = await database.pool.query('select address, secret from robot where id = $1', [id])
  expect(JSON.stringify(rows)).not.toContain('a-key-of-the-test')
  const audit = await database.pool.query(`select changes::text from audit_entry where action like 'robot.%'`)
  const answered = JSON.stringify([await admin.call(listRobots, {}), audit.rows])
  expect(answered).not.toContain('a-key-of-the-test')
  expect(answered).not.toContain(chats.secret)
  await drop(id)
})

test('only the services’ own addresses are taken', async () => {
  for (const address of [
    'http://169.254.169.254/robot/send',
    'https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=1',
    'key',
  ]) {
    const call = admin.call(addRobot, { body: { kind: 'wecom', name: 'x', address } })
    expect((await refused(call)).errors).toMatchObject([
      { field: '/address', remedy: expect.stringContaining('qyapi.weixin.qq.com') },
    ])
  }
  const good = 'https://oapi.dingtalk.com/robot/send?access_token=1'
  expect(isRobotAddress('dingtalk', good, [])).toBe(true)
  expect(isRobotAddress('dingtalk', good.replace('https', 'http'), [])).toBe(false)
  expect(isRobotAddress('wecom', good, [])).toBe(false)
  expect(isRobotAddress('feishu', 'https://open.larksuite.com/open-apis/bot/v2/hook/x', [])).toBe(true)
})

test('a name with marks of Markdown stays words', () => {
  const message = {
    title: 'New lead',
    lines: ['Product: [free](https://evil.example) *now*'],
    link: { text: 'Open', url: 'https://portal.example/x' },
  }
  const { body } = robotCall({ kind: 'wecom', address: 'https://qyapi.weixin.qq.com/', secret: null }, message, new Date(0))
  expect(JSON.parse(body).markdown.content).toContain('\\[free\\]\\(https://evil.example\\) \\*now\\*')
})

test('an answer that is no JSON, or says nothing, is a refusal', () => {
  for (const kind of robotKinds) {
    expect(refusalIn(kind, 502, '<html>Bad Gateway</html>')).toBe('502: <html>Bad Gateway</html>')
    expect(refusalIn(kind, 200, '{}')).not.toBeNull()
    expect(refusalIn(kind, 200, 'null')).not.toBeNull()
  }
})
