/**
 * The embedded ClickHouse through the official client, as the portal uses it: durable inserts, a funnel of four steps over all events
 * beside the same in the embedded PostgreSQL, and the chart of one machine, alone and while inserts go on.
 * Options: --json, --rows <1000000>, --events <3000000>, --readings <10000000>
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createLog,
  openDatabase,
  openWarehouse,
  postgresFolder,
  readConfig,
  startPostgres,
} from '../portal/src/platform/server/index.ts'
import { chance } from '../portal/test/chance.ts'
import { type Measure, percentile, report, round, timings } from './harness.ts'

const rows = Number(option('--rows') ?? 1_000_000)
const events = Number(option('--events') ?? 3_000_000)
const readings = Number(option('--readings') ?? 10_000_000)
const devices = 1000
const perDevice = Math.floor(readings / devices)

const dataDir = mkdtempSync(join(tmpdir(), 'fettle-bench-'))
const config = readConfig({ DATA_DIR: dataDir })
const postgres = await startPostgres(postgresFolder(dataDir))
const database = openDatabase(postgres.url, () => {})
const warehouse = openWarehouse({ config, database, log: createLog('error') })
const results: Measure[] = []
const make = (sql: string) => warehouse.command(sql, {}, { seconds: 600 })
const durable = 'settings fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 10000'

const funnelInPostgres = `
  with first as (select visitor, at from happened where name = 'visit'),
  second as (
    select first.visitor, first.at as began, min(next.at) as at from first join happened next
      on next.visitor = first.visitor and next.name = 'configured' and next.at >= first.at and next.at <= first.at + interval '7 days' group by 1, 2),
  third as (
    select second.visitor, began, min(next.at) as at from second join happened next
      on next.visitor = second.visitor and next.name = 'inquired' and next.at >= second.at and next.at <= began + interval '7 days' group by 1, 2),
  fourth as (
    select third.visitor from third join happened next
      on next.visitor = third.visitor and next.name = 'ordered' and next.at >= third.at and next.at <= began + interval '7 days')
  select level, count(*)::int as visitors from (
    select visitor, max(level)::int as level from (
      select visitor, 1 as level from first union all select visitor, 2 from second union all select visitor, 3 from third
      union all select visitor, 4 from fourth) as reached group by visitor) as levels
  group by level order by level`

try {
  const started = await seconds(() => warehouse.ready())
  results.push({ case: 'start', metric: 'empty folder to first answer', value: round(started), unit: 's' })
  await make(
    `create table taken (device UInt32, metric LowCardinality(String), at DateTime64(3), value Int64) engine = MergeTree order by (device, metric, at) ${durable}`,
  )
  for (const [batch, atOnce] of [
    [10_000, 4],
    [1000, 4],
    [100, 4],
  ] as const)
    await measureInserts(batch, atOnce)
  await measureFunnel()
  await measureCharts()
  results.push({ case: 'process', metric: 'memory, resident', value: round(residentBytes() / 1e6), unit: 'MB' })
} finally {
  await warehouse.close()
  await database.close()
  await postgres.stop()
  rmSync(dataDir, { recursive: true, force: true })
  rmSync(postgres.folder, { recursive: true, force: true })
}
report('warehouse', results)

/** Batches on the disk when they are answered. */
async function measureInserts(batch: number, atOnce: number): Promise<void> {
  const batches = Math.min(Math.ceil(rows / batch), 400)
  const times: number[] = []
  let next = 0
  const write = async () => {
    while (next < batches) {
      const number = next++
      const content = readingsOf(number, batch)
      times.push((await seconds(() => warehouse.insert('taken', content, { batchId: `${batch} ${number}` }))) * 1000)
    }
  }
  const took = await seconds(() => Promise.all(Array.from({ length: atOnce }, write)))
  const name = `insert, batches of ${batch}`
  results.push(
    {
      case: name,
      metric: 'rows a second',
      value: round((batches * batch) / took),
      unit: '/s',
      note: `${atOnce} at once, ${batches} batches`,
    },
    ...timings(name, 'batch', times),
  )
}

function readingsOf(batch: number, count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    device: index % devices,
    metric: ['temperature', 'vibration', 'current', 'speed', 'pressure', 'load'][index % 6],
    at: new Date(1_790_000_000_000 + batch * 1000 + index).toISOString(),
    value: (batch * 31 + index * 17) % 100_000,
  }))
}

/** Visit, configured, inquired, ordered, each within seven days of the visit and in that order. Both are given the same events. */
async function measureFunnel(): Promise<void> {
  const visitors = Math.floor(events / 10)
  const event = (n: string, div: string) =>
    `
    ${n} % ${visitors} as visitor,
    case when h < 50 then 'visit' when h < 75 then 'configured' when h < 90 then 'inquired' else 'ordered' end as name, second`
      .replace('second', `(${n} * 7907) % 2592000 as second`)
      .replaceAll('h <', `(${n} * 7919 + ${div} * 104729) % 100 <`)
  await make(
    `create table happened (visitor UInt32, name LowCardinality(String), at DateTime) engine = MergeTree order by (visitor, at)`,
  )
  await make(
    `insert into happened select visitor, name, toDateTime(1790000000 + second) from (select ${event('number', `intDiv(number, ${visitors})`)} from numbers(${events}))`,
  )
  const client = await database.pool.connect()
  await client.query('set statement_timeout = 0')
  await client.query(
    `create table happened as select visitor, name, to_timestamp(1790000000 + second) as at from (select ${event('number', `(number / ${visitors})`)} from generate_series(0::bigint, ${events - 1}) as number) as made`,
  )
  await client.query('create index on happened (name, visitor, at)')
  await client.query('analyze happened')
  const here = await measured(() =>
    warehouse.query<{ level: number; visitors: number }>(
      `select level, count() as visitors from (
         select visitor, windowFunnel(604800)(at, name = 'visit', name = 'configured', name = 'inquired', name = 'ordered') as level
         from happened group by visitor) where level > 0 group by level order by level`,
      {},
      { seconds: 120 },
    ),
  )
  const peer = await measured(async () => (await client.query(funnelInPostgres)).rows as { level: number; visitors: number }[])
  if (JSON.stringify(here.result) !== JSON.stringify(peer.result))
    throw new Error(`They do not agree: ${JSON.stringify([here.result, peer.result])}`)
  const [size] = await warehouse.query<{ bytes: number }>(
    `select sum(bytes_on_disk) as bytes from system.parts where active and table = 'happened'`,
  )
  const { rows: sizes } = await client.query<{ bytes: number }>(`select pg_total_relation_size('happened') as bytes`)
  client.release()
  const name = `funnel over ${events} events`
  results.push(
    {
      case: name,
      metric: 'median of 3',
      value: round(here.median),
      unit: 's',
      peer: { name: 'PostgreSQL', value: round(peer.median) },
    },
    {
      case: name,
      metric: 'on disk',
      value: round(size!.bytes / 1e6),
      unit: 'MB',
      peer: { name: 'PostgreSQL', value: round(sizes[0]!.bytes / 1e6) },
    },
  )
}

/** A day of one machine's readings, one a minute, in 288 points: least, mean, most. */
async function measureCharts(): Promise<void> {
  await make(
    'create table measured (device UInt32, at DateTime codec(Delta, ZSTD(1)), value Int64 codec(Delta, ZSTD(1))) engine = MergeTree order by (device, at)',
  )
  await make(
    `insert into measured select number % ${devices}, 1790000000 + intDiv(number, ${devices}) * 60, 40000 + cityHash64(number) % 500 from numbers(${perDevice * devices})`,
  )
  const [size] = await warehouse.query<{ bytes: number }>(
    `select sum(bytes_on_disk) as bytes from system.parts where active and table = 'measured'`,
  )
  const name = `24 h chart, ${perDevice * devices} readings of ${devices} machines`
  results.push(
    { case: name, metric: 'bytes a reading', value: round(size!.bytes / (perDevice * devices)), unit: '' },
    ...timings(name, 'alone', await chartTimes()),
  )
  let stopped = false
  let written = 0
  const write = async () => {
    while (!stopped) {
      await warehouse.insert('taken', readingsOf(written, 10_000), { batchId: `beside ${written++}` })
    }
  }
  const since = performance.now()
  const writers = [write(), write()]
  const beside = await chartTimes()
  stopped = true
  await Promise.all(writers)
  const rate = round((written * 10_000) / ((performance.now() - since) / 1000))
  results.push(...timings(name, `beside ${rate} inserted rows a second,`, beside))
}

async function chartTimes(): Promise<number[]> {
  const luck = chance(1).next
  const times: number[] = []
  for (let turn = 0; turn < 200; turn++) {
    const device = Math.floor(luck() * devices)
    const from = 1_790_000_000 + Math.floor(luck() * Math.max(0, perDevice - 1440)) * 60
    times.push(
      (await seconds(() =>
        warehouse.query(
          `select toStartOfInterval(at, interval 5 minute) as time, min(value) as least, avg(value) as mean, max(value) as most
           from measured where device = {device:UInt32} and at >= {from:DateTime} and at < {from:DateTime} + 86400 group by time order by time`,
          { device, from },
        ),
      )) * 1000,
    )
  }
  return times.slice(20)
}

async function measured<T>(work: () => Promise<T>): Promise<{ median: number; result: T }> {
  const times: number[] = []
  let result: T
  for (let turn = 0; turn < 3; turn++)
    times.push(
      await seconds(async () => {
        result = await work()
      }),
    )
  return { median: percentile(times, 0.5), result: result! }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return (performance.now() - from) / 1000
}

function residentBytes(): number {
  const status = readFileSync(`/proc/${warehouse.embedded()!.pid()}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN) * 1024
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}
