import pg from 'pg'
import { expect, test } from 'vitest'
import { readHealth } from '#features/operations/core'
import { eventually } from '../../../test/eventually.ts'
import { testPortal } from '../../../test/test-portal.ts'
import type { openWarehouse } from './warehouse.ts'
import { readBehind } from './warehouse-events.ts'

declare module '#platform/core' {
  interface EventTypes {
    'part.turned': { part: string; note: string }
  }
}

const { api, portal, platform, database, request } = await testPortal({
  config: { port: 0 },
  signals: { beat: 200 },
  warehouse: { batch: 40, gather: 5, poll: 50 },
})
const { warehouse } = platform
const embedded = () => (warehouse as ReturnType<typeof openWarehouse>).embedded()!

const turn = (part: number) =>
  database.transaction(() => platform.record('part.turned', { part: String(part), note: `it's "${part}"\n\\ 零件` }))
const turnMany = async (from: number, count: number) => {
  for (let part = from; part < from + count; part++) await turn(part)
}
const here = async () =>
  (await database.pool.query(`select position, id, name, data::text as data, at from event order by position`)).rows.map(row => ({
    ...row,
    at: row.at.getTime(),
  }))
const there = async () =>
  (
    await warehouse.query<{ at: string; data: string }>(
      `select position, toString(id) as id, name, data, toUnixTimestamp64Milli(at) as at from event order by position`,
    )
  ).map(row => ({ ...row }))
const alike = async () => {
  await portal.settled()
  await eventually(async () => (await readBehind(database)).behind === 0)
  expect(await there()).toEqual(await here())
}

test('the warehouse sleeps until the port is open; then every event since the first is in it, as it was recorded', async () => {
  await turnMany(0, 90)
  await request('/api/v1/products')
  expect(await warehouse.standing()).toEqual({ state: 'asleep' })
  await portal.listen()
  await alike()
  expect((await here()).length).toBeGreaterThanOrEqual(90)
  await turn(90)
  await alike()
})

test('health page and metrics say that it answers, how large it is and how far behind', async () => {
  const { checks } = await (await api('admin')).call(readHealth, {})
  expect(checks.find(({ id }) => id === 'warehouse')).toMatchObject({
    title: '数据仓库',
    state: 'fine',
    facts: [{ label: '版本' }, { label: '大小', unit: 'bytes' }, { label: '未写入的事件', value: 0 }],
  })
  await alike()
  const { text } = await platform.metrics.read()
  expect(text).toMatch(/^fettle_warehouse_up 1$/m)
  expect(text).toMatch(/^fettle_warehouse_size_bytes [1-9]\d+$/m)
  expect(text).toMatch(/^fettle_warehouse_events_behind 0$/m)
})

test('events recorded while its process is killed again and again are there once', async () => {
  const recording = turnMany(100, 200)
  for (let time = 0; time < 3; time++) {
    const pid = embedded().pid()!
    const before = (await readBehind(database)).behind
    await eventually(async () => (await readBehind(database)).behind !== before || before === 0)
    process.kill(pid, 'SIGKILL')
    await eventually(() => embedded().pid() !== pid)
  }
  await recording
  await alike()
})

test.each<[string, (position: number) => boolean]>([
  ['that came through, and nobody was told of it,', () => true],
  ['that came through in part', position => position % 2 === 0],
  ['that did not come through', () => false],
])('a batch %s is there once when the next portal has gone on with it', async (_, cameThrough) => {
  await withoutRelay(async () => {
    await turnMany(400, 5)
    await portal.settled()
    const { rows } = await database.pool.query(
      `select position, id, name, data::text as data, at from event where position > (select max(position) from warehouse_cursor) order by position`,
    )
    await warehouse.insert(
      'event',
      rows.filter(row => cameThrough(row.position)),
      { batchId: crypto.randomUUID() },
    )
    await database.pool.query('update warehouse_cursor set pending = $1', [rows.at(-1)!.position])
  })
  await alike()
})

test.each<[string, () => Promise<unknown>]>([
  [
    'the database was restored from a backup',
    async () => {
      await database.pool.query('delete from event where position > (select max(position) - 7 from event)')
      await database.pool.query('update warehouse_cursor set position = (select max(position) from event)')
    },
  ],
  ['the backup was made before there was a warehouse', () => database.pool.query('delete from warehouse_cursor')],
  ['the warehouse was emptied, or is another one', () => warehouse.empty('event')],
])('where %s, the table of events is filled anew', async (_, change) => {
  const before = await warehouse.query('select toString(id) from event_filling')
  await withoutRelay(async () => {
    await change()
    await turnMany(500, 9)
    await portal.settled()
    await breakConnections()
  })
  await eventually(async () => (await warehouse.query('select toString(id) from event_filling')).length > before.length)
  await alike()
})

/** As a restore does, of the database or of the warehouse. The heart of the new connection beats once all have been told of it. */
async function breakConnections(): Promise<void> {
  const listening = async () =>
    (
      await database.pool.query<{ pid: number }>(
        `select pid from pg_stat_activity where application_name = 'fettle-signals' and datname = current_database() and query = 'select 1'`,
      )
    ).rows[0]?.pid
  const before = await listening()
  await database.pool.query('select pg_terminate_backend($1)', [before])
  await eventually(async () => ![before, undefined].includes(await listening()))
}

/** Keeps the relay from working meanwhile, as if the portal were gone. */
async function withoutRelay(work: () => Promise<void>): Promise<void> {
  await alike()
  const client = new pg.Client(database.pool.options.connectionString!)
  await client.connect()
  await client.query(`select pg_advisory_lock(hashtext('fettle-warehouse-events'))`)
  try {
    await work()
  } finally {
    await client.end()
  }
}
