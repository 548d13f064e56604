import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import {
  type Config,
  createLog,
  listBackups,
  type Platform,
  postgresFolder,
  readBackupStanding,
  readConfig,
} from '#platform/server'
import { backUp } from './commands/back-up.ts'
import { sayBackups } from './commands/list-backups.ts'
import { restoreNamed } from './commands/restore-backup.ts'
import { verifyNamed } from './commands/verify-backup.ts'
import { features } from './features.ts'
import { startPortal } from './portal.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }) // whole servers are copied, and the machine may be doing other things

const home = mkdtempSync(join(tmpdir(), 'fettle-backup-'))
const config = readConfig({
  DATA_DIR: join(home, 'data'),
  BACKUP_DIR: join(home, 'backups'),
  BACKUP_LAG: '5',
  BACKUP_SECRET: 'a secret that is long enough for a test',
})
const places = [config]
afterAll(() => {
  rmSync(home, { recursive: true })
  for (const { dataDir } of places) rmSync(postgresFolder(dataDir), { recursive: true, force: true })
})

/** Another installation with the same settings and keys, and a copy of the backups that may be damaged. */
function elsewhere(): Config {
  const place = join(home, String(places.length))
  cpSync(config.backup!.dir, join(place, 'backups'), { recursive: true })
  places.push({ ...config, dataDir: join(place, 'data'), backup: { ...config.backup!, dir: join(place, 'backups') } })
  return places.at(-1)!
}

async function withPortal<T>(on: Config, work: (platform: Platform) => Promise<T>): Promise<T> {
  const portal = await startPortal(on, { features, background: false, log: createLog('error') })
  return work(portal.platform).finally(() => portal.stop())
}

/** What the command says, and whether it found all well. */
async function run(command: (say: (line: string) => void) => Promise<unknown>) {
  const said: string[] = []
  const good = await command(line => said.push(line))
  return { good, said: said.join('\n') }
}
/** Turns a bit over; twice, and all is as it was. */
function damage(path: string) {
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(path, bytes)
}
const verify = (on: Config, name?: string) => run(say => verifyNamed(on, name, say))
const restore = (on: Config, wishes: Parameters<typeof restoreNamed>[2] = {}) =>
  run(say => restoreNamed(on, undefined, { ...wishes, durable: false }, say))

const write = ({ database }: Platform, name: string) =>
  database.pool.query('insert into company (id, name, slug, created_at) values (gen_random_uuid(), $1, $1, clock_timestamp())', [
    name,
  ])
const companies = async ({ database }: Platform) =>
  (await database.pool.query(`select name from company where name not like 'busy-%' order by name`)).rows.map(({ name }) => name)

/** Writes without a pause until it is told to end; answers how often. */
function busyWriter(platform: Platform) {
  let going = true
  const done = (async () => {
    let count = 0
    for (; going; count++) await write(platform, `busy-${count}`)
    return count
  })()
  return () => {
    going = false
    return done
  }
}

const reading = { device_id: crypto.randomUUID(), metric: ['load'], at: [Date.UTC(2026, 4, 3)], scaled: [7] }

/** A backup made while others write, two writes after it, and the moment between them. */
const { writes, made, moment } = await withPortal(config, async platform => {
  await write(platform, 'before the backup')
  mkdirSync(join(config.dataDir, 'files/ab'), { recursive: true })
  writeFileSync(join(config.dataDir, 'files/ab/drawing'), 'a drawing')
  await platform.warehouse.insert('readings_taken', [reading], { batchId: 'a reading' })
  const rest = busyWriter(platform)
  const { said } = await run(say => backUp(config, {}, say))
  const count = await rest()
  await write(platform, 'after the backup')
  // the database counts in microseconds, an instant in text in milliseconds: the next whole one lies after the write
  const between = new Date(Date.now() + 1).toISOString()
  await delay(5)
  await write(platform, 'too late')
  return { writes: count, made: said, moment: between }
})

test('a backup made while others write holds what was there at one moment', async () => {
  expect(writes).toBeGreaterThan(10)
  expect(made).toMatch(/^Backed up to .+ \(base, [\d.]+ MB, encrypted\)$/)
  const { good, said } = await verify(config)
  expect(said.replace(/ +/g, ' ').split('\n')).toEqual([
    expect.stringMatching(/: good$/),
    expect.stringMatching(/^ ok parts 4 whole/),
    expect.stringMatching(/^ ok archive of the log [1-9]\d* segments without a gap, to 20/),
    ' ok readings 1 in 2 parts, whole',
    ' ok restore a server runs on it',
    expect.stringMatching(/^ ok tables \d+ tables and \d+ rows as they were/),
    expect.stringMatching(/^ ok indexes \d+ lead to every row/),
    expect.stringMatching(/^ ok portal this version starts on it/),
    expect.stringMatching(/^ ok audit log \d+ entries, unbroken/),
    ' ok files 1 files, 0.0 MB',
  ])
  expect(good).toBe(true)
  expect((await run(say => sayBackups(config, say))).said).toMatch(/^\S+Z {2}base .* MB {2}encrypted {2}verified 20/)
  const standing = await readBackupStanding(config, new Date())
  expect(standing).toMatchObject({ due: false, count: 1, verified: { ok: true, failed: [] }, log: { missing: 0 } })
})

test('everything to the end of the log comes back, with files and readings, in place of what is there, which is kept', async () => {
  const place = elsewhere()
  await withPortal(place, async platform => {
    await write(platform, 'another life')
    await expect(restore(place, { replace: true })).rejects.toThrow(/^Another portal is running on the database/)
  })
  await expect(restore(place)).rejects.toThrow(/^There is a database in .+ already: restore with --replace/)
  const { said } = await restore(place, { replace: true })
  expect(said).toMatch(/^Restored .+; the last transaction is of 20.+\nWhat was there before lies in .+data\.before-/)
  await withPortal(place, async platform => {
    expect(await companies(platform)).toEqual(['after the backup', 'before the backup', 'too late'])
    const trace = await platform.database.pool.query(`select from audit_entry where action = 'database.restored'`)
    expect(trace.rowCount).toBe(1)
    expect(await platform.warehouse.query('select metric, scaled from reading')).toEqual([{ metric: 'load', scaled: 7 }])
  })
  expect(readFileSync(join(place.dataDir, 'files/ab/drawing'), 'utf8')).toBe('a drawing')
})

test('a moment between two writes comes back, again and from a timeline of its own', async () => {
  const place = elsewhere()
  await restore(place, { at: moment })
  await withPortal(place, async platform => {
    expect(await companies(platform)).toEqual(['after the backup', 'before the backup'])
    await write(platform, 'a new beginning')
  })
  await restore(place, { replace: true })
  await withPortal(place, async platform => {
    expect(await companies(platform)).toEqual(['a new beginning', 'after the backup', 'before the backup'])
  })
})

test('a time that cannot be reached is refused, and nothing is there', async () => {
  const place = elsewhere()
  await expect(restore(place, { at: 'yesterday' })).rejects.toThrow(/^--at: "yesterday" is not a time with its zone/)
  await expect(restore(place, { at: '2020-01-01T00:00:00Z' })).rejects.toThrow(/no backup in .+ was finished by 2020/)
  await expect(restore(place, { at: '2999-01-01T00:00:00Z' })).rejects.toThrow(/^The log ends before 2999/)
  expect(readdirSync(postgresFolder(place.dataDir)).filter(name => name.startsWith('data'))).toEqual([])
})

test('what must not come undone is done again before a portal may start', async () => {
  const place = elsewhere()
  mkdirSync(join(place.backup!.dir, 'journal'))
  writeFileSync(join(place.backup!.dir, 'journal/erasures.jsonl'), 'kept when the disk was lost\n')
  const seen: string[] = []
  const feature = { name: 'watching', afterRestore: vi.fn() }
  ;(features as (typeof feature)[]).push(feature)
  try {
    feature.afterRestore.mockRejectedValueOnce(new Error('the erasures cannot be read'))
    await expect(restore(place)).rejects.toThrow('the erasures cannot be read')
    expect(existsSync(join(postgresFolder(place.dataDir), 'data'))).toBe(false)
    feature.afterRestore.mockImplementationOnce(async platform => {
      seen.push(...(await companies(platform)), readFileSync(join(place.dataDir, 'journal/erasures.jsonl'), 'utf8'))
    })
    await restore(place)
  } finally {
    ;(features as (typeof feature)[]).pop()
  }
  expect(seen).toEqual(['after the backup', 'before the backup', 'too late', 'kept when the disk was lost\n'])
})

test('a gap in the log is named, and the way around it', async () => {
  const place = elsewhere()
  const [backup] = await listBackups(place.backup!.dir)
  const { system, segments } = backup!.manifest.wal!
  const archive = join(place.backup!.dir, 'wal', system)
  const later = readdirSync(archive).filter(name => /^\w{24}\.zst$/.test(name) && name.slice(0, 24) > segments.at(-1)!)
  const [first] = later.sort()
  cpSync(join(archive, first!), join(archive, first!.replace(/(\w{8})\w{16}/, '$1000000000000000F'))) // a later one
  rmSync(join(archive, first!))
  const missing = first!.slice(0, 24)
  await expect(restore(place)).rejects.toThrow(
    new RegExp(`^The segment ${missing} of the log is missing in the archive .+ Say so with --at 20`),
  )
  const { good, said } = await verify(place)
  expect(good).toBe(false)
  expect(said).toMatch(new RegExp(`WRONG {2}archive of the log +segment ${missing} of the log is missing`))
  expect((await readBackupStanding(place, new Date()))?.due).toBe(true)
})

test('damage is found: another secret, a changed part, a changed manifest', async () => {
  const place = elsewhere()
  const [backup] = await listBackups(place.backup!.dir)
  const stranger = { ...place, backup: { ...place.backup!, secret: 'another secret that is long enough' } }
  expect((await verify(stranger)).said).toMatch(/WRONG {2}restore .+BACKUP_SECRET is not the one it was made with/)

  const readings = join(place.backup!.dir, 'readings')
  const copy = readdirSync(readings, { recursive: true, encoding: 'utf8' }).find(name => name.includes('202605'))
  damage(join(readings, copy!))
  expect((await verify(place)).said).toMatch(/WRONG {2}readings .+202605.+ was changed/)
  await expect(restore(place)).rejects.toThrow(/^Of the readings in this backup .+202605.+ was changed: nothing was touched/)

  damage(join(backup!.folder, 'cluster.tar.zst'))
  const { good, said } = await verify(place)
  expect(good).toBe(false)
  expect(said).toMatch(/WRONG {2}parts +cluster.tar.zst was changed/)
  damage(join(readings, copy!)) // as it was
  await expect(restore(place)).rejects.toThrow(/cannot be decrypted/)

  const manifest = join(backup!.folder, 'manifest.json')
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"rows": ', '"rows": 1'))
  await expect(verify(place, backup!.folder)).rejects.toThrow(/manifest.json is damaged: its checksum does not fit/)
})
