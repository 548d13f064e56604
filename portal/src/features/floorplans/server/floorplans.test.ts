import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createDevice, getDevice, setSharing, transferDevice } from '#features/devices/core'
import { ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import {
  addFloorPlan,
  changeFloorPlan,
  getFloorPlan,
  listFloorPlans,
  type Place,
  placeMachine,
  removeFloorPlan,
  takeMachineOff,
  uploadFloorPlanPicture,
} from '../core/index.ts'

const world = await twoCompanies(await testPortal())
const { own, other } = world
const [drawing, looking, stranger] = [own.admin.api, own.member.api, other.admin.api]
const service = await world.api('service')
const staff = await confirmingApi(world, 'admin')
const hall = { name: '一号车间', address: '星湖街 218 号', width: 40, depth: 20 }
const middle = { x: 5000, y: 5000 }

async function newMachine(companyId: string, serial: string) {
  const { value } = await service.callWithEtag(createDevice, { body: { serial, model: 'FP-1' } })
  await give(value.id, companyId)
  return value.id
}

async function give(deviceId: string, companyId: string) {
  const { etag } = await service.callWithEtag(getDevice, { params: { deviceId } })
  await staff.call(transferDevice, { params: { deviceId }, body: { companyId, reason: 'sold on' }, ifMatch: etag })
}

async function newPlan(name = hall.name) {
  const { id } = await drawing.call(addFloorPlan, { body: { ...hall, name } })
  return id
}

async function put(planId: string, deviceId: string, body: Place = middle) {
  const { etag } = await drawing.callWithEtag(getFloorPlan, { params: { planId } })
  return drawing.call(placeMachine, { params: { planId, deviceId }, body, ifMatch: etag })
}

const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    error => (error instanceof ProblemError ? error.problem.status : error),
  )
const serialsOn = async (api: typeof drawing, planId: string) =>
  (await api.call(getFloorPlan, { params: { planId } })).placed.map(({ serial }) => serial).toSorted()

const [mill, lathe] = [await newMachine(own.id, 'P-1'), await newMachine(own.id, 'P-2')]
const foreign = await newMachine(other.id, 'Q-1')

test('machines stand where they were put, the others are named; filters hold for both', async () => {
  const planId = await newPlan()
  await put(planId, mill, { x: 1250, y: 9999 })
  const { plan, placed, unplaced, counts } = await looking.call(getFloorPlan, { params: { planId } })
  expect(plan).toMatchObject({ ...hall, picture: null, company: null, revision: 2 })
  expect(placed).toMatchObject([{ serial: 'P-1', x: 1250, y: 9999, state: null, contact: 'never' }])
  expect(unplaced.map(({ serial }) => serial)).toEqual(['P-2'])
  expect(counts.unknown).toBe(1)
  const none = await looking.call(getFloorPlan, { params: { planId }, query: { q: 'P-2' } })
  expect([none.placed.length, none.unplaced.length, none.total]).toEqual([0, 1, 1])
  const { rows } = await world.database.pool.query('select name, address from floor_plan where id = $1', [planId])
  expect(JSON.stringify(rows)).not.toMatch(/车间|星湖街/)
})

test('a machine stands on one plan of its company: put on another, it is gone from the first', async () => {
  const [first, second] = [await newPlan('A'), await newPlan('B')]
  await put(first, lathe)
  const { etag: seen } = await drawing.callWithEtag(getFloorPlan, { params: { planId: first } })
  await put(second, lathe)
  expect([await serialsOn(drawing, first), await serialsOn(drawing, second)]).toEqual([[], ['P-2']])
  const back = { params: { planId: first, deviceId: lathe }, body: middle, ifMatch: seen }
  expect(await refused(drawing.call(placeMachine, back))).toBe(412) // it has changed by that
  await drawing.call(removeFloorPlan, { params: { planId: second } })
  const { unplaced } = await drawing.call(getFloorPlan, { params: { planId: first } })
  expect(unplaced.map(({ serial }) => serial)).toContain('P-2')
})

test('of two who move machines at the same time the second is told, and overwrites nothing', async () => {
  const planId = await newPlan()
  const { revision } = await put(planId, mill)
  const at = { params: { planId, deviceId: mill }, ifMatch: String(revision) }
  const both = await Promise.all([
    refused(drawing.call(placeMachine, { ...at, body: { x: 1, y: 1 } })),
    refused(drawing.call(placeMachine, { ...at, body: { x: 9, y: 9 } })),
  ])
  expect(both.toSorted()).toEqual([412, 'done'])
  expect(await refused(drawing.call(takeMachineOff, at))).toBe(412)
  expect(await refused(drawing.call(changeFloorPlan, { params: { planId }, body: hall, ifMatch: String(revision) }))).toBe(412)
  await drawing.call(takeMachineOff, { ...at, ifMatch: String(revision + 1) })
  expect(await serialsOn(drawing, planId)).toEqual([])
})

test('strangers find no plan, colleagues who are no administrators change none, and nobody places what is not his', async () => {
  const planId = await newPlan()
  const params = { planId, deviceId: mill }
  expect(await refused(stranger.call(getFloorPlan, { params }))).toBe(404)
  expect(await refused(stranger.call(placeMachine, { params, body: middle, ifMatch: '1' }))).toBe(404)
  expect(await refused(stranger.call(removeFloorPlan, { params }))).toBe(404)
  expect((await stranger.call(listFloorPlans, {})).items).toEqual([])
  expect(await refused(looking.call(placeMachine, { params, body: middle, ifMatch: '1' }))).toBe(403)
  expect(await refused(drawing.call(placeMachine, { params: { planId, deviceId: foreign }, body: middle, ifMatch: '1' }))).toBe(
    404,
  )
  expect(await refused(drawing.call(placeMachine, { params, body: { x: 10_001, y: 0 }, ifMatch: '1' }))).toBe(422)
})

test('a machine that is sold is gone from the plan at once; the new owner sees no place, and bought back it has none', async () => {
  const planId = await newPlan()
  const sold = await newMachine(own.id, 'P-3')
  await put(planId, sold)
  expect(await serialsOn(drawing, planId)).toEqual(['P-3'])
  await give(sold, other.id)
  expect(await serialsOn(drawing, planId)).toEqual([])
  const { id } = await stranger.call(addFloorPlan, { body: hall })
  const ofOther = await stranger.call(getFloorPlan, { params: { planId: id } })
  expect([ofOther.placed.length, ofOther.unplaced.map(({ serial }) => serial)]).toEqual([0, ['P-3', 'Q-1']])
  await give(sold, own.id)
  const again = await drawing.call(getFloorPlan, { params: { planId } })
  expect([again.placed.length, again.unplaced.map(({ serial }) => serial)]).toEqual([0, expect.arrayContaining(['P-3'])])
})

test('staff are shown a plan as far as its machines share what they report, and none on which no machine does', async () => {
  const planId = await newPlan('C')
  const [shared, hidden] = [await newMachine(own.id, 'P-4'), await newMachine(own.id, 'P-5')]
  const named = async () => (await service.call(listFloorPlans, {})).items.filter(({ id }) => id === planId)
  await put(planId, hidden)
  const withhold = (deviceId: string, to: boolean) =>
    drawing.call(setSharing, { params: { deviceId }, body: { whom: 'manufacturer', shared: to } })
  await withhold(hidden, false)
  expect(await named()).toEqual([])
  expect(await refused(service.call(getFloorPlan, { params: { planId } }))).toBe(404)
  await put(planId, shared)
  expect(await named()).toMatchObject([{ name: 'C', machines: 1, company: { id: own.id, name: own.name } }])
  const seen = await service.call(getFloorPlan, { params: { planId } })
  expect([seen.placed.map(({ serial }) => serial), seen.unplaced, seen.total]).toEqual([['P-4'], [], 1])
  expect(await serialsOn(drawing, planId)).toEqual(['P-4', 'P-5'])
})

test('a drawing is written anew and decides the depth; it is there for whoever sees the plan', async () => {
  const planId = await newPlan()
  const params = { planId }
  const upload = (content: BlobPart, name: string) =>
    drawing.call(uploadFloorPlanPicture, { params, body: { name, content: new Blob([content]) } })
  const given = await sharp({ create: { width: 3000, height: 1000, channels: 3, background: '#dddddd' } })
    .withExif({ IFD0: { Artist: 'somebody' } })
    .jpeg()
    .toBuffer()
  expect(await upload(new Uint8Array(given), 'hall.jpg')).toMatchObject({
    ...{ width: 40, depth: 13, picture: { width: 2400, height: 800 } },
  })
  const path = `/api/v1/floor-plans/${planId}/picture`
  const kept = await world.request(path, {}, own.member.visitor)
  expect([kept.status, kept.headers.get('content-type')]).toEqual([200, 'image/webp'])
  const bytes = Buffer.from(await kept.arrayBuffer()).toString('latin1')
  expect(bytes).toMatch(/^RIFF.{4}WEBP/s)
  expect(bytes).not.toMatch(/EXIF|somebody/)
  expect((await world.request(path, {}, other.admin.visitor)).status).toBe(404)
  expect((await world.request(path, {}, 'service')).status).toBe(404) // no machine stands on it
  expect((await world.request(`${path}?hash=another`, {}, own.member.visitor)).status).toBe(404)
  expect(await refused(upload('%PDF-1.7', 'hall.pdf'))).toBe(422)
})
