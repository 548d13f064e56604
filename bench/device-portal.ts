/**
 * The portal as `npm start` runs it, with the demo and its own machines at rest, beside them as many registered machines as asked for, each with six metrics
 * and the token of device-wire.ts. Prints where it listens to browsers and to machines; ends with its parent. Arguments: number of machines.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { loadDemo } from '../portal/src/app/demo.ts'
import { features } from '../portal/src/app/features.ts'
import { builtPages } from '../portal/src/app/pages.ts'
import { startPortal } from '../portal/src/app/portal.ts'
import { ruleFields } from '../portal/src/features/alarms/core/index.ts'
import { enterAlarmRule } from '../portal/src/features/alarms/server/index.ts'
import { latestReadings } from '../portal/src/features/telemetry/server/index.ts'
import { readConfig } from '../portal/src/platform/server/config.ts'
import { registerMachines } from '../portal/test/register-machines.ts'
import { deviceMetrics } from './device-metrics.ts'

/** Every machine is watched by a rule, which none of them breaks: two metrics, one of them for some time. */
const watching = ruleFields.parse({
  name: { 'zh-CN': '主轴振动', en: 'Spindle vibration' },
  severity: 'high',
  raise: {
    kind: 'group',
    join: 'any',
    parts: [
      { kind: 'threshold', metric: 'vibration', op: 'gt', value: 45, lasting: 10 },
      { kind: 'threshold', metric: 'bearing_temperature', op: 'gt', value: 120 },
    ],
  },
})

const count = Number(process.argv[2] ?? 0)
const portal = await startPortal(readConfig(process.env), {
  features,
  pages: async () => ({ pages: await builtPages() }),
  http: { rateLimits: null },
  attackMode: { sampleMs: 86_400_000 }, // the load is no attack
  broker: {
    rate: { burst: 1e6, perSecond: 1e6 }, // a tenth of the machines stand for all
    connectionsPerAddress: 20_000,
    strangersPerAddress: 2000,
  },
})
const { platform } = portal
await loadDemo(platform)
await portal.settled()
await register()
await platform.warehouse.ready()
const address = await portal.listen()
const broker = platform.broker.state()
if (broker.kind !== 'embedded') throw new Error(`The broker is ${JSON.stringify(broker)}`)
console.log(`ready ${address} ${broker.address}`)
process.on('message', (told: Told) => {
  const doing = typeof told === 'object' ? make(told) : { look, latest: readLatest, trouble }[told]()
  void doing.then(said => process.send!(said ?? 'done'))
})
process.on('disconnect', stop)
process.on('SIGTERM', stop)

function stop(): void {
  void portal.stop().then(() => process.exit(0))
}

/** As the demo's customer owns them, since a year ago. */
async function register(): Promise<void> {
  const { pool } = platform.database
  await registerMachines(pool, count, deviceMetrics)
  await pool.query(
    `insert into device_ownership (id, device_id, company_id, role, from_at) select gen_random_uuid(), id,
       (select company_id from device_ownership where until_day is null order by company_id limit 1), 'owner', now() - interval '1 year'
     from device where model_key = 'mm'`,
  )
  const { rows } = await pool.query<{ id: string }>(`select distinct type_id as id from device where model_key = 'mm'`)
  for (const { id } of rows) await platform.database.transaction(() => enterAlarmRule(platform, id, watching))
  await pool.query('analyze')
}

/** What it is told: readings numbered from, so many of each metric of each machine, one in so many milliseconds since the beginning */
type Told = 'look' | 'latest' | 'trouble' | { from: number; count: number; every: number; begin: number }

/** Readings as machines would have sent them, made by the warehouse itself. */
async function make({ from, count: each, every, begin }: Exclude<Told, string>): Promise<void> {
  const series = `select toUUID(concat('0199a000-0000-7000-8000-', leftPad(toString(number), 12, '0'))) as device_id from numbers({machines:UInt64})`
  for (const [position, { key, base, swing, decimals }] of deviceMetrics.entries()) {
    const params = {
      machines: count,
      key,
      from,
      each,
      every,
      begin,
      base: base * 10 ** decimals,
      swing: swing * 10 ** decimals,
      position,
    }
    const value = `toInt64({base:Float64} + {swing:Float64} * (3 * sin(n / 97 + {position:UInt8}) + rand() / 4294967296))`
    await platform.warehouse.command(
      `insert into reading select device_id, {key:String}, fromUnixTimestamp64Milli({begin:Int64} + toInt64(n) * {every:Int64}, 'UTC'), ${value}
       from (${series}) as machine cross join (select number + {from:UInt64} as n from numbers({each:UInt64})) as moment
       settings max_partitions_per_insert_block = 0`,
      params,
      { seconds: 3000 },
    )
  }
  await platform.warehouse.command(
    `insert into reading_latest select device_id, metric, max(r.at), argMax(r.scaled, r.at) from reading as r group by device_id, metric`,
    {},
    { seconds: 3000 },
  )
}

/** Health of every machine is known, every tenth has a finding, and every twentieth an alarm. */
async function trouble(): Promise<void> {
  const numbered = `(select id, row_number() over (order by id) as n from device where model_key = 'mm') as machine`
  for (const statement of [
    `insert into device_diagnosis (device_id, standing, revision, assessed_until, learned_days, known_since)
     select id, '{}', 1, now(), 20, now() - interval '10 days' from ${numbered}`,
    `insert into device_health (device_id, component, at, index)
     select id, '', now() - interval '1 day', 100 - n % 60 from ${numbered}`,
    `insert into device_finding (id, device_id, key, kind, score, highest, contributions, opened_at)
     select gen_random_uuid(), id, 'drift:vibration', 'drift', 4, 6, '[{"metric":"vibration","share":1,"higher":true}]', now() - interval '1 day'
     from ${numbered} where n % 10 = 0`,
    `insert into alarm (id, device_id, source, name_zh, name_en, severity, message_zh, message_en, cause_zh, cause_en, remedy_zh,
       remedy_en, readings, state, active, started_at, raised_at, raises, noticed_at)
     select gen_random_uuid(), id, 'rule:bench', '振动', 'Vibration', 'high', '', '', '', '', '', '', '[]', 'unacknowledged', true,
       now() - interval '1 hour', now() - interval '1 hour', 1, now() - interval '1 hour'
     from ${numbered} where n % 20 = 0`,
    'analyze',
  ])
    await platform.database.pool.query(statement)
}

/** How long the last readings of all machines take, in milliseconds, and how many there are. */
async function readLatest(): Promise<{ ms: number; readings: number }> {
  const ids = Array.from({ length: count }, (_, n) => `0199a000-0000-7000-8000-${String(n).padStart(12, '0')}`)
  const from = performance.now()
  const latest = await latestReadings(platform, ids)
  return { ms: performance.now() - from, readings: [...latest.values()].reduce((sum, { size }) => sum + size, 0) }
}

/** Processor time and memory of the portal and of its warehouse, connections, and what lies on the disk. */
async function look() {
  const warehousePid = Number(
    execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
      .split('\n')
      .find(line => line.includes('warehouse-process'))
      ?.trim()
      .split(/\s+/)[0],
  )
  const [disk] = await platform.warehouse.query<{ rows: number; bytes: number }>(
    `select sum(rows) as rows, sum(bytes_on_disk) as bytes from system.parts where active and table = 'reading' and database = currentDatabase()`,
  )
  const state = platform.broker.state()
  const { user, system } = process.cpuUsage()
  return {
    portalMs: (user + system) / 1000,
    warehouseMs: processorMs(warehousePid),
    portalBytes: process.memoryUsage.rss(),
    warehouseBytes: residentBytes(warehousePid),
    connections: state.connections ?? 0,
    ...disk!,
  }
}

export type Seen = Awaited<ReturnType<typeof look>>

/** Clock ticks are a hundredth of a second on every Linux. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024
