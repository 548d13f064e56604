import { afterAll, expect, test } from 'vitest'
import { createPortals, type DeviceMessage, type Platform } from '#platform/server'
import { deviceId } from '../../../../../test/device-wire.ts'
import { eventually } from '../../../../../test/eventually.ts'
import { registerMachines } from '../../../../../test/register-machines.ts'
import { testPortal } from '../../../../../test/test-portal.ts'
import { features } from '../../../../app/features.ts'
import { homeOf, type Leaf } from '../../core/index.ts'
import { enterAlarmRule } from '../index.ts'
import { passMinute, stopWatching, watchOf } from './watch-alarms.ts'

// time passes when a test says so
const { platform, database } = await testPortal({
  features: features.map(feature => (feature.name === 'alarms' ? { ...feature, schedules: {} } : feature)),
})
const receivers = features.flatMap(({ broker }) => broker?.receive ?? [])
const joined: Platform[] = []
afterAll(() => Promise.all(joined.map(leave)))

const metric = { unit: '1', min: -1000, max: 1000, decimals: 1 }
await registerMachines(database.pool, 120, [
  { key: 'heat', ...metric },
  { key: 'load', ...metric },
])
const { rows: types } = await database.pool.query<{ id: string }>(`select id from device_type where key = 'registered_machine'`)
const enter = (name: string, parts: Leaf[], lasting?: number) =>
  enterAlarmRule(platform, types[0]!.id, {
    ...{ name: { 'zh-CN': name, en: name }, severity: 'high', faultCode: null, component: null, escalateAfter: null, tells: [] },
    ...{ cause: { 'zh-CN': '', en: '' }, remedy: { 'zh-CN': '', en: '' }, clear: null },
    raise: { kind: 'group', join: 'all', parts, ...(lasting ? { lasting } : {}) },
  })
const bound = (key: string, op: 'gt' | 'lt', value: number): Leaf => ({ kind: 'threshold', metric: key, op, value })
await enter('hot while idle', [bound('heat', 'gt', 80), bound('load', 'lt', 20)], 30)
await enter('far too hot', [bound('heat', 'gt', 120)])

let ahead = 0
/** One more portal on the same database. */
async function join(id = platform.newId()): Promise<Platform> {
  const portals = createPortals({ ...platform, newId: () => id }, { beat: 200, lease: 10_000 })
  const own: Platform = { ...platform, portals, now: () => new Date(Date.now() + ahead) }
  joined.push(own)
  watchOf(own)
  await portals.begin(() => true)
  await eventually(() => joined.every(one => one.portals.living()?.length === joined.length))
  return own
}

async function leave(own: Platform): Promise<void> {
  joined.splice(joined.indexOf(own), 1)
  await stopWatching(own)
  await own.portals.leave()
}

const [first, second] = [await join(), await join()]
const living = [first.portals.self, second.portals.self]

let used = 0
/** A machine that no other test has. */
function machine(fits: (id: string) => boolean): string {
  for (;;) {
    const id = deviceId(used++)
    if (fits(id)) return id
  }
}
const machineOf = (home: Platform) => machine(id => homeOf(id, living) === home.portals.self)

const start = Date.now()
/** As the broker hands it over; resolves when it is acknowledged. second: by the machine's clock, from the start of the tests */
async function say(to: Platform, id: string, second: number, values: Record<string, number>): Promise<void> {
  const payload = Buffer.from(JSON.stringify({ at: start + second * 1000, values }))
  const message: DeviceMessage = {
    ...{ deviceId: id, topic: 'readings', sparkplug: null, payload, qos: 1, retain: false, receivedAt: new Date() },
  }
  for (const receive of receivers) await receive([message], to)
}

/** From here on nothing is found out about these machines by a first look at their past: what is heard of them has to be judged. */
async function meet(...ids: string[]): Promise<void> {
  for (const id of ids) {
    await say(first, id, -100, { heat: 20 })
    await say(second, id, -100, { load: 50 })
  }
  for (const one of joined) await watchOf(one).known()
}

/** As [name, second it began, raises, whether it holds]. */
async function alarmsOf(id: string) {
  const { rows } = await database.pool.query(
    'select name_en, started_at, raises, active from alarm where device_id = $1 order by started_at',
    [id],
  )
  return rows.map(row => [row.name_en, (row.started_at.getTime() - start) / 1000, row.raises, row.active])
}

test('what came to two portals is judged together, wherever the home of the machine is, by the machine’s clock', async () => {
  for (const home of [first, second]) {
    const id = machineOf(home)
    await meet(id)
    await say(first, id, -60, { heat: 90 })
    await say(second, id, -58, { load: 10 })
    await say(first, id, -20, { heat: 91 })
    await say(second, id, -10, { heat: 130 })
    await expect
      .poll(() => alarmsOf(id), { timeout: 10_000 })
      .toEqual([
        ['hot while idle', -28, 1, true],
        ['far too hot', -10, 1, true],
      ])
  }
})

test('what one portal heard keeps an alarm from being raised by what the other did', async () => {
  for (const home of [first, second]) {
    const id = machineOf(home)
    await meet(id)
    await say(second, id, -60, { heat: 90 })
    await say(second, id, -58, { load: 10 })
    await say(first, id, -40, { load: 50 })
    await say(first, id, -39, { load: 10 })
    await say(second, id, -20, { heat: 91 })
    await say(first, id, -19, { load: 50 })
    await say(second, id, -10, { heat: 130 })
    await expect.poll(() => alarmsOf(id), { timeout: 10_000 }).toEqual([['far too hot', -10, 1, true]])
  }
})

test('time passes at the home of each machine, whichever portal is told that it does', async () => {
  const ids = [machineOf(first), machineOf(second)]
  await meet(...ids)
  for (const id of ids) {
    await say(first, id, -20, { heat: 90 })
    await say(second, id, -18, { load: 10 })
  }
  ahead = 60_000
  const afterMinute = async () => {
    await passMinute(first) // what is still held back is judged before the next one
    return Promise.all(ids.map(alarmsOf))
  }
  const raised = [['hot while idle', 12, 1, true]]
  await expect.poll(afterMinute, { timeout: 10_000 }).toEqual([raised, raised])
  ahead = 0
})

test('who joins goes on with its share where the others were, and who leaves hands it back', async () => {
  const newcomer = platform.newId()
  const moves = (home: Platform) => (id: string) =>
    homeOf(id, living) === home.portals.self && homeOf(id, [...living, newcomer]) === newcomer
  const ids = [machine(moves(first)), machine(moves(second))]
  await meet(...ids)
  for (const id of ids) {
    await say(first, id, -60, { heat: 90 })
    await say(second, id, -58, { load: 10 })
  }
  const third = await join(newcomer)
  for (const id of ids) {
    await say(second, id, -20, { heat: 91 })
    await expect.poll(() => alarmsOf(id), { timeout: 10_000 }).toEqual([['hot while idle', -28, 1, true]])
  }
  await leave(third)
  await eventually(() => joined.every(one => one.portals.living()?.length === joined.length))
  for (const id of ids) {
    await say(first, id, -15, { load: 60 })
    await expect.poll(() => alarmsOf(id), { timeout: 10_000 }).toEqual([['hot while idle', -28, 1, false]])
  }
})

test('readings that could not be handed on are acknowledged, and the home looks them up once it can be told', async () => {
  const id = machineOf(second)
  await meet(id)
  await say(second, id, -60, { heat: 90 })
  await database.pool.query('alter table handed_reading rename to out_of_reach')
  await say(first, id, -58, { load: 10 })
  await database.pool.query('alter table out_of_reach rename to handed_reading')
  await say(second, id, -20, { heat: 91 })
  await expect.poll(() => alarmsOf(id), { timeout: 10_000 }).toEqual([['hot while idle', -28, 1, true]])
})
