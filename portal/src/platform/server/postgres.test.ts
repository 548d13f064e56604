import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { postgresFolder, startPostgres } from './postgres.ts'
import { StartFailure } from './start-failure.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'fettle-postgres-')) // 0700: a place the user nobody cannot enter
const folder = postgresFolder(dataDir)
const program = join(dataDir, 'holder.mjs')
writeFileSync(
  program,
  `const { startPostgres } = await import(${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)})
   const { url } = await startPostgres(process.argv[2], { durable: false })
   console.log(url)
   setInterval(() => {}, 1000)`,
)
afterAll(() => {
  rmSync(dataDir, { recursive: true })
  rmSync(folder, { recursive: true, force: true })
})

async function query(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(statement).finally(() => client.end())
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A portal of its own in another process; answers its database's address. */
async function holder() {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return { child, url: line.toString().trim() }
}

test('it starts, sorts by code point, classifies Chinese, keeps its data over a restart and leaves no process', async () => {
  const first = await startPostgres(folder, { durable: false })
  await query(first.url, 'create extension pg_trgm; create table kept (name text)')
  await query(first.url, `insert into kept values ('立式加工中心')`)
  expect((await query(first.url, `select show_trgm('加工中心') as grams`)).rows[0].grams.length).toBeGreaterThan(3)
  expect(
    (await query(first.url, `select array_agg(v order by v) as v from unnest(array['b', 'B', 'a', '中']) v`)).rows[0].v,
  ).toEqual(['B', 'a', 'b', '中'])
  const { pid } = (await query(first.url, 'select pid from pg_stat_activity where backend_type = $$checkpointer$$')).rows[0]
  await first.stop()
  expect(isAlive(pid)).toBe(false)

  const second = await startPostgres(folder, { durable: false })
  expect((await query(second.url, 'select name from kept')).rows).toEqual([{ name: '立式加工中心' }])
  await second.stop()
})

test('it answers on 127.0.0.1 only, and only who has the password', async () => {
  const postgres = await startPostgres(folder, { durable: false })
  const settings = await query(
    postgres.url,
    `select current_setting('listen_addresses') as listen, current_setting('unix_socket_directories') as sockets`,
  )
  expect(settings.rows[0]).toEqual({ listen: '127.0.0.1', sockets: '' })
  await expect(query(postgres.url.replace(/:[0-9a-f]{48}@/, ':guessed@'), 'select 1')).rejects.toThrow(
    'password authentication failed',
  )
  await postgres.stop()
})

test('a second portal on the same folder is refused in one sentence while the first lives, and a command beside it may join', async () => {
  const { child, url } = await holder()
  await expect(startPostgres(folder, { durable: false })).rejects.toThrow(
    /^Another portal is running on the database in .+ set DATA_DIR to another folder\.$/,
  )
  const joined = await startPostgres(folder, { durable: false, join: true })
  expect(joined.url).toBe(url)
  await joined.stop()
  expect((await query(url, 'select 1 as one')).rows).toEqual([{ one: 1 }])
  child.kill('SIGTERM')
  await once(child, 'exit')
})

test('what a killed portal left running is ended by the next start, and the number of a dead one may belong to anybody', async () => {
  const { child } = await holder()
  child.kill('SIGKILL')
  await once(child, 'exit')
  const next = await startPostgres(folder, { durable: false })
  expect((await query(next.url, 'select 1 as one')).rows).toEqual([{ one: 1 }])
  await next.stop()

  writeFileSync(join(folder, 'data/postmaster.pid'), `${process.pid}\n${join(folder, 'data')}\n0\n5432\n\n127.0.0.1\n0\nready\n`)
  const after = await startPostgres(folder, { durable: false })
  expect((await query(after.url, 'select 1 as one')).rows).toEqual([{ one: 1 }])
  await after.stop()
})

test('of portals that start at once on an empty folder one runs, and the others are told why they do not', async () => {
  const fresh = `${folder}-fresh`
  try {
    const started = await Promise.allSettled([1, 2, 3].map(() => startPostgres(fresh, { durable: false })))
    const running = started.filter(one => one.status === 'fulfilled')
    expect(running).toHaveLength(1)
    for (const one of started) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(StartFailure)
    await running[0]!.value.stop()
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
})

test('a server that is killed is started again at the same address, and keeps what it had acknowledged', async () => {
  const troubles: string[] = []
  const postgres = await startPostgres(folder, { onTrouble: reason => troubles.push(reason) })
  try {
    await query(postgres.url, `create table acknowledged (name text); insert into acknowledged values ('kept')`)
    process.kill(Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
    const kept = await untilAnswered(postgres.url, 'select name from acknowledged')
    expect(kept.rows).toEqual([{ name: 'kept' }])
    expect(troubles[0]).toMatch(/^PostgreSQL ended \(SIGKILL\) and is started again/)
  } finally {
    await postgres.stop()
  }
})

async function untilAnswered(url: string, statement: string) {
  for (const deadline = Date.now() + 20_000; ; ) {
    try {
      return await query(url, statement)
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
}
