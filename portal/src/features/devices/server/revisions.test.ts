import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { listAuditEntries } from '#features/audit/core'
import { getMarks, getMyMarks } from '#features/telemetry/core'
import { openDevice } from '../../../../../examples/device-client/device-client.ts'
import { confirmingApi } from '../../../../test/confirming.ts'
import { connectableMachine } from '../../../../test/connectable-machine.ts'
import { openDoors, withBroker } from '../../../../test/embedded-broker.ts'
import { eventually } from '../../../../test/eventually.ts'
import { connectEdgeNode } from '../../../../test/sparkplug-edge-node.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { createDeviceType, getDevice, getMyDevice, setSharing, transferDevice } from '../core/index.ts'
import { hearNameplates } from './revisions/hear-nameplates.ts'

const world = await twoCompanies(await testPortal({ config: withBroker() }))
const { own, other, platform } = world
const url = await openDoors(world)
const folder = await mkdtemp(join(tmpdir(), 'fettle-revisions-'))
const ends: (() => unknown)[] = []
afterAll(async () => {
  for (const end of ends) await end()
  await rm(folder, { recursive: true })
})
const service = await world.api('service')
const name = (text: string) => ({ 'zh-CN': text, en: text })
const { id: typeId } = await service.call(createDeviceType, { body: { key: 'updated', name: name('Machine'), metrics: [] } })
const machine = () => connectableMachine(world, typeId, own.id)
const of = (deviceId: string) => ({ params: { deviceId } })
const reported = async (deviceId: string) => (await own.member.api.call(getMyDevice, of(deviceId))).reported
const softwareOf = async (deviceId: string) => (await reported(deviceId)).softwareRevision?.value
const lastDay = () => ({
  from: new Date(platform.now().getTime() - 86_400_000).toISOString(),
  to: new Date(platform.now().getTime() + 60_000).toISOString(),
})

/** Hands on what a machine says as the broker does. */
const say = (deviceId: string, text: string) =>
  hearNameplates(
    [
      {
        ...{ deviceId, topic: 'nameplate', sparkplug: null, payload: Buffer.from(text), receivedAt: platform.now() },
        ...{ qos: 1, retain: false },
      },
    ],
    platform,
  )

test('a machine says what runs on it with each connection; an update is written down, audited and marked on charts', async () => {
  const { id, token } = await machine()
  const device = await openDevice({
    url,
    deviceId: id,
    token,
    folder: join(folder, id),
    nameplate: { softwareRevision: '4.2.1' },
  })
  ends.push(() => device.close())
  await eventually(async () => (await softwareOf(id)) === '4.2.1')
  const marks = async () => (await own.member.api.call(getMyMarks, { ...of(id), query: lastDay() })).items
  expect(await marks()).toEqual([])
  device.identify({ softwareRevision: '4.3.0', hardwareRevision: 'C' })
  await eventually(async () => (await softwareOf(id)) === '4.3.0')
  expect(await reported(id)).toMatchObject({ hardwareRevision: { value: 'C', since: expect.any(String) } })
  expect(await marks()).toMatchObject([
    { kind: 'update', name: { en: 'Software revision 4.2.1 → 4.3.0' }, page: '/nameplate', severity: null },
  ])
  const query = { targetId: id, action: 'device.revision-reported' }
  const { items } = await (await world.api('admin')).call(listAuditEntries, { query })
  expect(items.map(({ changes: { before, after } }) => ({ before, after }))).toEqual([
    { before: { softwareRevision: '4.2.1' }, after: { softwareRevision: '4.3.0', hardwareRevision: 'C' } },
    { before: {}, after: { softwareRevision: '4.2.1' } },
  ])
  await say(id, '{"softwareRevision":"4.3.0"}')
  expect((await marks()).length).toBe(1)
})

test('what staff entered stays as it was delivered, and what cannot be read is counted', async () => {
  const { id } = await machine()
  await world.database.pool.query(`update device set software_revision = '4.0' where id = $1`, [id])
  await say(id, '{"softwareRevision":"4.1"}')
  for (const text of ['no JSON', '{"softwareRevision":7}', `{"softwareRevision":"${'x'.repeat(2000)}"}`]) await say(id, text)
  expect(await service.call(getDevice, of(id))).toMatchObject({
    softwareRevision: '4.0',
    reported: { softwareRevision: { value: '4.1' }, hardwareRevision: null },
  })
  expect(platform.broker.refusals(id)).toEqual({ payload: 3 })
})

test('an edge node of Sparkplug says it by the properties of its birth, not by those of devices below it', async () => {
  const { id, token } = await machine()
  const node = await connectEdgeNode({ url, deviceId: id, token })
  ends.push(() => node.client.endAsync(true))
  await node.birth([
    { name: 'Properties/Hardware Make', type: 'String', value: 'Maker' },
    { name: 'Properties/Hardware Version', type: 'String', value: 'PFC_1.1' },
    { name: 'Properties/FW Version', type: 'String', value: '1.4.2' },
  ])
  await node.deviceBirth('Table1', [{ name: 'Properties/FW Version', type: 'String', value: '9.9' }])
  await eventually(async () => (await softwareOf(id)) === '1.4.2')
  expect(await reported(id)).toMatchObject({ hardwareRevision: { value: 'PFC_1.1' } })
  expect(platform.broker.refusals(id)).toEqual({})
})

test('a machine that says something else each time is written down twenty times a day', async () => {
  const { id } = await machine()
  for (let revision = 1; revision <= 22; revision++) await say(id, JSON.stringify({ softwareRevision: `r${revision}` }))
  expect(await softwareOf(id)).toBe('r20')
  expect(platform.broker.refusals(id)).toEqual({ 'too-many-changes': 2 })
})

test('a new owner learns what runs on his machine and nothing of when it came; whom nothing is shared with learns of no update', async () => {
  const { id } = await machine()
  await say(id, '{"softwareRevision":"1"}')
  await say(id, '{"softwareRevision":"2"}')
  await own.admin.api.call(setSharing, { ...of(id), body: { whom: 'manufacturer', shared: false } })
  await say(id, '{"softwareRevision":"3"}')
  const seenByStaff = async () => (await service.call(getDevice, of(id))).reported.softwareRevision?.value
  expect(await seenByStaff()).not.toBe('3')
  expect((await service.call(getMarks, { ...of(id), query: lastDay() })).items).toEqual([])
  expect(await softwareOf(id)).toBe('3')
  const { etag } = await service.callWithEtag(getDevice, of(id))
  const body = { companyId: other.id, reason: 'sold' }
  await confirmingApi(world, 'admin').call(transferDevice, { ...of(id), body, ifMatch: etag })
  expect((await other.admin.api.call(getMyDevice, of(id))).reported.softwareRevision).toEqual({ value: '3', since: null })
  expect((await other.admin.api.call(getMyMarks, { ...of(id), query: lastDay() })).items).toEqual([])
})
