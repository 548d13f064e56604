import { expect, test } from 'vitest'
import { createDevice, createDeviceType, getDevice, transferDevice } from '#features/devices/core'
import { healthCourse } from '#features/diagnosis/server'
import { ProblemError } from '#platform/core'
import { confirmingApi } from '../../../../test/confirming.ts'
import { eventually } from '../../../../test/eventually.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import {
  activateModel,
  addLife,
  cancelTraining,
  getMyOutlook,
  getOutlook,
  getPart,
  type Life,
  type PartDetail,
  removeLife,
  renewOutlook,
  rollBackModel,
  trainModel,
} from '../core/index.ts'
import { dealtOut, wearingLives } from '../core/test-lives.ts'
import { foretellAllJob, foretellMachines, keptPrognoses } from './foretell-machines.ts'
import { prognosesOf } from './index.ts'

const world = await twoCompanies(await testPortal())
const { own, other, platform } = world
const [service, admin] = [await world.api('service'), await confirmingApi(world, 'admin')]
const [hour, day] = [3_600_000, 86_400_000]
const today = Math.floor(Date.now() / day) * day
const name = (text: string) => ({ 'zh-CN': text, en: text })
const metrics = ['heat', 'vibration', 'hum']
const component = 'bearing'
const machines = 3
const livesOfEach = 4

interface Fleet {
  part: { typeId: string; component: string }
  devices: { id: string; serial: string }[]
}

/** Three machines with four bearings that failed one after the other, and a fifth that runs since four days. */
async function newFleet(key: string, deal: (lives: Life[]) => Life[]): Promise<Fleet> {
  const type = await (await world.api('product')).call(createDeviceType, {
    body: {
      ...{ key, name: name(key), components: [{ key: component, name: name('Bearing') }] },
      metrics: metrics.map(metric => ({
        ...{ key: metric, name: name(metric), unit: '', min: -1000, max: 1000, decimals: 2, tells: 'other' as const },
      })),
    },
  })
  const part = { typeId: type.id, component }
  const lives = deal(wearingLives(machines * livesOfEach, 7, 24))
  const running = wearingLives(machines, 8, 24)
  const devices: Fleet['devices'] = []
  for (let machine = 0; machine < machines; machine++) {
    const serial = `${key}-${machine}`
    const { id } = await service.call(createDevice, { body: { serial, model: `${key}-1`, typeId: type.id } })
    devices.push({ id, serial })
    const ended = lives.slice(machine * livesOfEach, (machine + 1) * livesOfEach)
    let at = today - 4 * day - ended.reduce((sum, { steps }) => sum + steps * hour, 0)
    for (const life of ended) {
      await write(id, life, at)
      const [beganOn, endedOn] = [at, at + life.steps * hour].map(moment => new Date(moment).toISOString().slice(0, 10))
      await service.call(addLife, { params: part, body: { serial, beganOn: beganOn!, endedOn: endedOn!, ending: 'failed' } })
      at += life.steps * hour
    }
    await write(id, running[machine]!, at)
  }
  return { part, devices }
}

async function write(deviceId: string, life: Life, from: number): Promise<void> {
  const rows = metrics.flatMap((metric, sensor) =>
    Array.from(life.sensors[sensor]!, (value, step) => ({
      ...{ device_id: deviceId, metric, at: from + step * hour + hour / 2, scaled: Math.round(value * 100) },
    })),
  )
  await platform.warehouse.insert(
    'reading',
    rows.filter(({ at }) => at < Date.now()),
    { batchId: crypto.randomUUID() },
  )
}

async function trained({ part }: Fleet, seed = 1): Promise<PartDetail['models'][number]> {
  const { models } = await service.call(trainModel, { params: part, body: { seed } })
  const { id } = models[0]!
  await eventually(async () => (await modelOf(part, id)).status !== 'training', 120)
  return modelOf(part, id)
}

const modelOf = async (params: Fleet['part'], id: string) =>
  (await service.call(getPart, { params })).models.find(one => one.id === id)!

const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'nothing',
    error => (error instanceof ProblemError ? error.problem.type.split('/').at(-1) : String(error)),
  )

const fleet = await newFleet('worn', lives => lives)
const machine = fleet.devices[0]!
const { etag } = await service.callWithEtag(getDevice, { params: { deviceId: machine.id } })
await admin.call(transferDevice, { params: { deviceId: machine.id }, body: { companyId: own.id, reason: 'sold' }, ifMatch: etag })
await world.database.pool.query(`update device_ownership set from_at = now() - interval '1 year' where device_id = $1`, [
  machine.id,
])
const mine = { params: { deviceId: machine.id } }

/** A machine of a type without readings; its bearing has fallen by four a day for twenty days, and was as new before. */
async function newWearing(key: string): Promise<string> {
  const type = await (await world.api('product')).call(createDeviceType, {
    body: { key, name: name(key), metrics: [], components: ['bearing', 'belt'].map(one => ({ key: one, name: name(one) })) },
  })
  const { id } = await service.call(createDevice, { body: { serial: `${key}-1`, model: key, typeId: type.id } })
  await world.database.pool.query(
    `insert into device_diagnosis (device_id, revision, learned_days, known_since, assessed_until)
     values ($1, 1, 14, now() - interval '80 days', now())`,
    [id],
  )
  await world.database.pool.query(
    `insert into device_health (device_id, component, at, index)
     select $1::uuid, 'bearing', now() - interval '80 days', 100 union all
     select $1, 'bearing', now() - (20 - n) * interval '1 day', 100 - 4 * (n + 1) from generate_series(0, 19) n`,
    [id],
  )
  return id
}

const bearingOf = async (deviceId: string) => {
  await service.call(renewOutlook, { params: { deviceId } })
  const { components } = await service.call(getOutlook, { params: { deviceId } })
  return components.find(one => one.key === component)!
}

test('a component that was replaced is not told to be used up by the course of the one before, nor while the machine learns', async () => {
  const deviceId = await newWearing('trended')
  const { pool } = world.database
  expect((await bearingOf(deviceId)).remaining).toEqual({ lower: 0, median: 0, upper: 0, beyond: false })
  await pool.query(
    `insert into component_life (id, device_id, component, began_at, ended_at, ending, source, noted_at)
     values (gen_random_uuid(), $1, 'bearing', now() - interval '90 days', now() - interval '1 hour', 'failed', 'staff', now())`,
    [deviceId],
  )
  expect(await bearingOf(deviceId)).toMatchObject({ kind: 'trend', remaining: null, reason: 'no-history' })
  await pool.query('delete from component_life where device_id = $1', [deviceId])
  await pool.query('update device_diagnosis set known_since = null where device_id = $1', [deviceId])
  expect(await bearingOf(deviceId)).toMatchObject({ kind: 'trend', remaining: null, reason: 'no-history' })
})

test('what fails at one component keeps no other from being foretold, a job goes on where it was broken off, and old forecasts go', async () => {
  const deviceId = await newWearing('broken_off')
  const { pool } = world.database
  const told = async () =>
    (await pool.query('select component from component_prognosis where device_id = $1 order by 1', [deviceId])).rows.map(
      row => row.component,
    )
  const since = new Date()
  const failing = new Set(['bearing'])
  const run = () =>
    foretellMachines(
      platform,
      {
        healthCourse: async (...wish) => {
          if (failing.has(wish[2] ?? '')) throw new Error('the course of the bearing')
          return healthCourse(...wish)
        },
        doubts: async () => [],
        healthLimit: 40,
      },
      { deviceIds: [deviceId], since },
    )
  await expect(run()).rejects.toThrow('the course of the bearing')
  expect(await told()).toEqual(['belt'])
  failing.clear()
  await run()
  await run()
  expect(await told()).toEqual(['bearing', 'belt'])
  await pool.query(
    `insert into component_prognosis (id, device_id, component, at, made_at, kind, beyond, reason)
     select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, 'belt', now(), now() - interval '1 day', 'trend', false, 'no-trend'
     from generate_series(1, 80) n`,
    [deviceId],
  )
  await platform.database.transaction(() => foretellAllJob.handle(null, { platform, jobId: '', lastTry: false }))
  await eventually(async () => (await told()).filter(one => one === 'belt').length === keptPrognoses)
  expect((await told()).filter(one => one === 'bearing')).toHaveLength(2)
})

test('before failures are known there is no number, and the page is told how many are missing', async () => {
  const type = await (await world.api('product')).call(createDeviceType, {
    body: { key: 'untried', name: name('untried'), metrics: [], components: [{ key: component, name: name('Bearing') }] },
  })
  const { id } = await service.call(createDevice, { body: { serial: 'untried-1', model: 'untried', typeId: type.id } })
  await service.call(renewOutlook, { params: { deviceId: id } })
  const { components } = await service.call(getOutlook, { params: { deviceId: id } })
  expect(components).toMatchObject([{ key: component, remaining: null, reason: 'no-history', failures: 0, needed: 10 }])
  expect(await refused(service.call(trainModel, { params: { typeId: type.id, component }, body: {} }))).toBe('too-few-failures')
})

test('a model trains on what failed, is accepted, and once activated foretells with an interval; rolled back, it does not', {
  timeout: 180_000,
}, async () => {
  const model = await trained(fleet)
  expect(model).toMatchObject({ status: 'accepted', reasons: [], lives: 12, failures: 12, sensors: metrics, stepHours: 1 })
  expect(model.judgement!.error).toBeLessThan(model.judgement!.naiveError * 0.85)

  const outlook = async () => {
    await service.call(renewOutlook, mine)
    const { components } = await own.member.api.call(getMyOutlook, mine)
    return components[0]!
  }
  expect(await outlook()).toMatchObject({ remaining: null, reason: 'no-model' })
  await service.call(activateModel, { params: { modelId: model.id } })
  const told = await outlook()
  expect(told).toMatchObject({ kind: 'model', reason: null, model: model.number })
  const { lower, median, upper } = told.remaining!
  expect(lower).toBeLessThanOrEqual(median)
  expect(median).toBeLessThanOrEqual(upper)
  expect(upper).toBeGreaterThan(0)
  expect((await prognosesOf(platform, [machine.id])).get(machine.id)).toMatchObject([{ component, remaining: { median } }])

  await world.database.pool.query(
    `insert into device_finding (id, device_id, key, kind, score, highest, contributions, opened_at)
     select gen_random_uuid(), $1, 'gap:' || metric, 'gap', 1, 1, jsonb_build_array(jsonb_build_object('metric', metric)), now() - interval '9 days'
     from unnest($2::text[]) as metric`,
    [machine.id, metrics],
  )
  expect(await outlook()).toMatchObject({ remaining: null, reason: 'no-readings' }) // what is not believed is not measured
  await world.database.pool.query(`update device_finding set verdict = 'no-fault' where device_id = $1`, [machine.id])
  expect(await outlook()).toMatchObject({ remaining: { median } })

  const second = await trained(fleet, 2)
  expect(second.judgement!.runningError).toBeCloseTo(model.judgement!.error)
  if (second.status === 'accepted') await service.call(activateModel, { params: { modelId: second.id } })
  const back = async () => (await service.call(rollBackModel, { params: fleet.part })).running
  if (second.status === 'accepted') expect(await back()).toBe(model.number)
  expect(await back()).toBe(null)
  expect(await outlook()).toMatchObject({ remaining: null, reason: 'no-model' })
  expect(await refused(back())).toBe('no-model-runs')
  const { activations } = await service.call(getPart, { params: fleet.part })
  expect(activations.at(-1)).toMatchObject({ model: model.number, how: 'activated' })
})

test('readings that tell nothing of the end are refused, and the model cannot be activated', { timeout: 120_000 }, async () => {
  const shuffled = await newFleet('dealt', lives => dealtOut(lives, 3))
  const model = await trained(shuffled)
  expect(model).toMatchObject({ status: 'refused' })
  expect(model.reasons).toContain('no-better-than-age')
  expect(await refused(service.call(activateModel, { params: { modelId: model.id } }))).toBe('model-not-accepted')
})

test('one training at a time; one that is cancelled stays so', async () => {
  const { models } = await service.call(trainModel, { params: fleet.part, body: {} })
  expect(await refused(service.call(trainModel, { params: fleet.part, body: {} }))).toBe('model-training')
  const modelId = models[0]!.id
  await service.call(cancelTraining, { params: { modelId } })
  await platform.jobs.enqueue('prognosis.train', { modelId, visible: {} }) // as a try that comes late
  await world.mails() // jobs are done
  expect((await modelOf(fleet.part, modelId)).status).toBe('cancelled')
})

test('a stranger is told nothing, and the owner nothing of a time that was not his', async () => {
  expect(await refused(other.admin.api.call(getMyOutlook, mine))).toBe('not-found')
  await world.database.pool.query(`update device_ownership set from_at = now() where device_id = $1`, [machine.id])
  const { components } = await own.admin.api.call(getMyOutlook, mine)
  expect(components).toMatchObject([{ remaining: null, before: [] }])
})

test('the end of a component is noted once, of machines of the type, and can be taken back', async () => {
  const note = { serial: machine.serial, beganOn: '2020-01-01', endedOn: '2020-02-01', ending: 'censored' as const }
  const { lives } = await service.call(addLife, { params: fleet.part, body: note })
  expect(lives.at(-1)).toMatchObject({ machine: `worn-1 ${machine.serial}`, ending: 'censored' })
  expect(await refused(service.call(addLife, { params: fleet.part, body: note }))).toBe('life-known')
  expect(await refused(service.call(addLife, { params: fleet.part, body: { ...note, serial: 'dealt-0' } }))).toBe('validation')
  await service.call(removeLife, { params: { lifeId: lives.at(-1)!.id } })
  expect((await service.call(getPart, { params: fleet.part })).lives).toHaveLength(machines * livesOfEach)
})
