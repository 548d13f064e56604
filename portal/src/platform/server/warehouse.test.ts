import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { cloneDatabase } from '../../../test/test-database.ts'
import { type Config, readConfig } from './config.ts'
import { openDatabase } from './database.ts'
import { createLog } from './log.ts'
import { StartFailure } from './start-failure.ts'
import { type OpenWarehouseOptions, openWarehouse } from './warehouse.ts'
import { readClickHouseAddress } from './warehouse-address.ts'
import { startEmbeddedWarehouse } from './warehouse-embedded.ts'

const outside = process.env.TEST_CLICKHOUSE_URL
const folders: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-warehouse-'))
  folders.push(folder)
  return folder
}
const clone = await cloneDatabase()
const database = openDatabase(clone.url, () => {})
const log = createLog('silent')
const open = (config: Partial<Config> = {}, options: OpenWarehouseOptions = {}) =>
  openWarehouse({ config: { ...readConfig({ DATA_DIR: newFolder() }), ...config }, database, log }, options)

afterAll(async () => {
  await database.close()
  await clone.drop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ n: from + index, text: `row ${from + index}` }))
const tableOf = (name: string, window = 1000) =>
  `create table ${name} (n UInt64, text String) engine = MergeTree order by n
   settings fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = ${window}`

if (outside === undefined) console.log('Set TEST_CLICKHOUSE_URL to run these against a ClickHouse server too.')

describe.each([
  { side: 'embedded', url: null as string | null },
  ...(outside === undefined ? [] : [{ side: 'a server outside', url: outside }]),
])('the warehouse, $side', ({ url }) => {
  let warehouse: ReturnType<typeof openWarehouse>
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  const asAdministrator = async (statement: string) => {
    const client = createClient(readClickHouseAddress(url!))
    await client.command({ query: statement })
    await client.close()
  }
  beforeAll(async () => {
    if (url) await asAdministrator(`create database ${name}`)
    warehouse = open({ clickhouseUrl: url && `${url.replace(/(\/\/[^/]+).*$/, '$1')}/${name}` })
    await warehouse.command(tableOf('numbered'))
  })
  afterAll(async () => {
    await warehouse.close()
    if (url) await asAdministrator(`drop database ${name}`)
  })

  test('parameters arrive as they were, whatever is in them', async () => {
    const naughty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        "'",
        "\\'",
        '\\',
        '\\N',
        'NULL',
        '\t\n\r\0',
        "'; drop table numbered; --",
        '{x:String}',
        '$$',
        '日本',
        '😀',
        '\u2028',
      ),
    )
    await fc.assert(
      fc.asyncProperty(
        naughty,
        fc.array(naughty, { maxLength: 4 }),
        fc.option(naughty),
        fc.integer(),
        async (text, list, maybe, whole) => {
          const [row] = await warehouse.query<object>(
            'select {text:String} as text, {list:Array(String)} as list, {maybe:Nullable(String)} as maybe, {whole:Int64} as whole',
            { text, list, maybe, whole },
          )
          expect(row).toEqual({ text, list, maybe, whole })
        },
      ),
      { numRuns: 40, examples: [["a'b\\n\n\\", ["x'", '\\', ''], null, -1]] },
    )
  })

  test('a parameter that is missing is an error, also after a statement that had it', async () => {
    for (let time = 0; time < 8; time++) await warehouse.query('select {left:String}', { left: 'behind' })
    await expect(warehouse.query('select {left:String}')).rejects.toMatchObject({ code: '456' })
  })

  test.each([
    ['select nothing', '47'],
    ['selct 1', '62'],
    ['select 1; select 2', '62'],
    ['select 1 from nowhere', '60'],
  ])('%s fails with code %s', async (statement, code) => {
    const error = await warehouse.query(statement).catch(error => error)
    expect(error).toBeInstanceOf(ClickHouseError)
    expect(error.code).toBe(code)
  })

  test('a statement with a semicolon in a text or a comment is one statement', async () => {
    const rows = await warehouse.query(`select ';' as a, 'it''s; \\'; ' as b -- ; select 2\n`)
    expect(rows).toEqual([{ a: ';', b: "it's; '; " }])
  })

  test('a query that takes too long is given up, and says so', async () => {
    const since = Date.now()
    await expect(warehouse.query('select count() from numbers(1000000000000)', {}, { seconds: 0.5 })).rejects.toMatchObject({
      type: 'timed-out',
    })
    expect(Date.now() - since).toBeLessThan(4000)
  })

  test('a batch that is inserted again is there once', async () => {
    const insert = (batchId: string) => warehouse.insert('numbered', numbered(0, 500), { batchId })
    await insert('one')
    await Promise.all([insert('one'), insert('one'), insert('two'), insert('two')])
    const [count] = await warehouse.query('select count() as rows, uniqExact(n) as different from numbered')
    expect(count).toEqual({ rows: 1000, different: 500 })
  })

  test('a column that does not exist is refused, and so are more rows than one insert takes', async () => {
    await expect(warehouse.insert('numbered', [{ n: 1, txet: '' }], { batchId: 'three' })).rejects.toMatchObject({ code: '117' })
    await expect(warehouse.insert('numbered', numbered(0, 100_001), { batchId: 'four' })).rejects.toThrow(RangeError)
  })

  test('small queries are answered beside a large one and an insert', async () => {
    const slow = warehouse.query('select count() from numbers(100000000000)', {}, { seconds: 1 }).catch(() => 'given up')
    const insert = warehouse.insert('numbered', numbered(10_000, 100_000), { batchId: 'large' })
    for (let n = 0; n < 10; n++) expect(await warehouse.query('select {n:UInt8} as n', { n })).toEqual([{ n }])
    expect(await Promise.race([slow, Promise.resolve('under way')])).toBe('under way')
    await Promise.all([slow, insert])
  })

  test('a table is emptied, and takes the same batch again', async () => {
    await warehouse.empty('numbered')
    await warehouse.insert('numbered', numbered(0, 3), { batchId: 'one' })
    expect(await warehouse.query('select n from numbered order by n')).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }])
  })

  test('it says how it stands', async () => {
    expect(await warehouse.standing()).toMatchObject({
      state: 'up',
      version: expect.stringMatching(/^\d+\.\d+/),
      bytes: expect.any(Number),
    })
  })
})

test('migrations run once, in order, and one that was changed afterwards stops it', async () => {
  const [dataDir, migrations] = [newFolder(), newFolder()]
  const write = (name: string, columns: string) =>
    writeFileSync(
      join(migrations, name),
      `-- of a test\n-- spread by: n\ncreate table if not exists {{${name.slice(5, -4)}}} (${columns})\nengine = {{engine MergeTree}} order by tuple() settings {{durable}};\n`,
    )
  const started = async () => {
    const warehouse = open({ dataDir }, { migrations })
    return warehouse
      .query<{ name: string }>('select name from migration order by name')
      .then(rows => rows.map(({ name }) => name))
      .finally(() => warehouse.close())
  }
  write('0001-first.sql', 'n UInt8')
  expect(await started()).toEqual(['0001-first'])
  write('0002-second.sql', 'n UInt8')
  expect(await started()).toEqual(['0001-first', '0002-second'])
  write('0001-first.sql', 'n UInt16')
  await expect(started()).rejects.toThrow('The migration warehouse/0001-first has changed since it ran')
})

test('what was acknowledged is there after kill -9 in a loop, and nothing twice', async () => {
  const warehouse = open()
  await warehouse.command(tableOf('kept'))
  let acknowledged = 0
  let stopped = false
  const writer = (async () => {
    while (!stopped) {
      const insert = () => warehouse.insert('kept', numbered(acknowledged, 50), { batchId: `from ${acknowledged}` })
      while (
        !(await insert().then(
          () => true,
          () => false,
        ))
      );
      acknowledged += 50
    }
  })()
  for (let time = 0; time < 3; time++) {
    const [before, pid] = [acknowledged, warehouse.embedded()!.pid()!]
    await eventually(() => acknowledged > before)
    await new Promise(resolve => setTimeout(resolve, Math.random() * 40))
    process.kill(pid, 'SIGKILL')
    await eventually(() => warehouse.embedded()!.pid() !== pid)
  }
  stopped = true
  await writer
  const [row] = await warehouse.query('select count() as rows, uniqExact(n) as different, max(n) as last from kept')
  expect(row).toEqual({ rows: acknowledged, different: acknowledged, last: acknowledged - 1 })
  await warehouse.close()
}, 60_000)

test('what goes by the write-ahead log is read at once, and is there after kill -9 in a loop', async () => {
  const warehouse = open()
  await warehouse.command(tableOf('gathered'))
  let acknowledged = 0
  let stopped = false
  const writer = (async () => {
    while (!stopped) {
      const insert = () =>
        warehouse.insert('gathered', numbered(acknowledged, 5), { batchId: `from ${acknowledged}`, shownIn: ['gathered'] })
      while (
        !(await insert().then(
          () => true,
          () => false,
        ))
      );
      acknowledged += 5
    }
  })()
  const missing = async () => {
    const expected = acknowledged
    const [row] = await warehouse.query<{ different: number }>('select uniqExact(n) as different from gathered')
    return Math.max(0, expected - row!.different)
  }
  for (let time = 0; time < 3; time++) {
    const [before, pid] = [acknowledged, warehouse.embedded()!.pid()!]
    await eventually(() => acknowledged > before + 20)
    process.kill(pid, 'SIGKILL')
    await eventually(() => warehouse.embedded()!.pid() !== pid)
    expect(await missing()).toBe(0)
  }
  stopped = true
  await writer
  expect(await missing()).toBe(0)
  await warehouse.close()
}, 60_000)

test('rows that no table takes are put aside by the write-ahead log, and hold up no others', async () => {
  const dataDir = newFolder()
  const warehouse = open({ dataDir })
  await warehouse.command(tableOf('strict'))
  const shownIn = ['strict']
  await Promise.all(
    [
      { n: 1, text: 'good' },
      { n: 'two', text: 'bad' },
      { n: 3, text: 'good' },
    ].map(row => warehouse.insert('strict', [row], { batchId: crypto.randomUUID(), shownIn })),
  )
  expect(await warehouse.query('select n from strict order by n')).toEqual([{ n: 1 }, { n: 3 }])
  expect(readdirSync(join(dataDir, 'warehouse/wal/refused'))).toHaveLength(1)
  await warehouse.close()
})

test('a batch whose id was noted and whose rows were not put in place before a kill can be inserted again', async () => {
  const dataDir = newFolder()
  const first = open({ dataDir })
  await first.command(tableOf('torn'))
  await first.insert('torn', numbered(0, 10), { batchId: 'whole' })
  await first.insert('torn', numbered(10, 10), { batchId: 'torn' })
  const [{ path } = { path: '' }] = await first.query<{ path: string }>(
    `select arrayJoin(data_paths) as path from system.tables where name = 'torn'`,
  )
  await first.close()
  const parts = readdirSync(path).filter(name => name.startsWith('all_'))
  renameSync(join(path, parts.at(-1)!), join(path, 'tmp_insert_all_9_9_0')) // as it stands just before
  const second = open({ dataDir })
  for (const [from, batchId] of [
    [0, 'whole'],
    [10, 'torn'],
  ] as const)
    await second.insert('torn', numbered(from, 10), { batchId })
  expect(await second.query('select count() as rows, uniqExact(n) as different from torn')).toEqual([{ rows: 20, different: 20 }])
  await second.close()
})

test('the process ends when whoever started it is killed, and the next one takes the folder', async () => {
  const folder = newFolder()
  const owner = spawn(process.execPath, [join(import.meta.dirname, '../../../test/warehouse-owner.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(owner.stdout!, 'data')
  const { pid } = JSON.parse(String(line)) as { pid: number }
  owner.kill('SIGKILL')
  const next = await startEmbeddedWarehouse(folder)
  expect(next.pid()).not.toBe(pid)
  await eventually(() => !isAlive(pid))
  await next.stop()
})

test('one process has the folder: another portal is refused in one sentence, a command beside it joins', async () => {
  const folder = newFolder()
  const first = await startEmbeddedWarehouse(folder)
  const refused = startEmbeddedWarehouse(folder, { patience: 200 }).catch(error => error)
  const joined = await startEmbeddedWarehouse(folder, { join: true, patience: 200 })
  expect(joined.address).toEqual(first.address)
  await joined.stop()
  expect(await refused).toBeInstanceOf(StartFailure)
  expect((await refused).message).toBe(
    `Another portal uses the warehouse in ${folder}: stop it first, or set DATA_DIR to another folder.`,
  )
  const client = createClient({ ...first.address, password: 'guessed', log: { level: ClickHouseLogLevel.OFF } })
  await expect(client.query({ query: 'select 1' })).rejects.toMatchObject({ code: '516' })
  await client.close()
  await first.stop()
})

test('beyond the line that waits, it answers at once that it has too much to do, and goes on', async () => {
  const warehouse = open({}, { queries: { atOnce: 1, waiting: 2 } })
  await warehouse.ready()
  const client = createClient({ ...warehouse.embedded()!.address, log: { level: ClickHouseLogLevel.OFF } })
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      client.query({ query: 'select sleep(0.3)', format: 'JSONEachRow' }).then(
        async answer => (await answer.json()).length,
        error => error.code,
      ),
    ),
  )
  expect(answers.filter(one => one === 1)).toHaveLength(3)
  expect(answers.filter(one => one === '202')).toHaveLength(5)
  const patient = await Promise.all(
    Array.from({ length: 6 }, (_, n) => warehouse.query('select {n:UInt8} as n, sleep(0.05)', { n })),
  )
  expect(patient.map(rows => (rows[0] as { n: number }).n)).toEqual([0, 1, 2, 3, 4, 5])
  await client.close()
  await warehouse.close()
})

test('a server that is away is said to be so, and nothing else suffers from it', async () => {
  const warehouse = open({ clickhouseUrl: 'http://nobody:secret@127.0.0.1:9/facts' })
  expect(await warehouse.standing()).toEqual({ state: 'asleep' })
  await expect(warehouse.query('select 1', {}, { seconds: 1 })).rejects.toMatchObject({ type: 'unavailable', status: 503 })
  expect(await warehouse.standing()).toMatchObject({ state: 'away', reason: expect.stringContaining('ECONNREFUSED') })
  expect(JSON.stringify(await warehouse.standing())).not.toContain('secret')
  await warehouse.close()
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
