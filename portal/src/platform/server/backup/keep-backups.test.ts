import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Config } from '../config.ts'
import { StartFailure } from '../start-failure.ts'
import { mergeJournals } from './files.ts'
import { noteFailure, pruneBackups, readBackupStanding } from './keep-backups.ts'
import { inNewFolder, listBackups, writeVerification } from './manifest.ts'
import { archiveFolder, archiveReach, shipLog, stageLog } from './wal-archive.ts'

const home = mkdtempSync(join(tmpdir(), 'fettle-keep-'))
afterAll(() => rmSync(home, { recursive: true }))
let count = 0
const place = () => {
  const folder = join(home, String(count++))
  mkdirSync(folder)
  return folder
}

const day = 86_400_000
const segment = (number: number, timeline = 1) =>
  `${timeline.toString(16).padStart(8, '0')}00000000${number.toString(16).padStart(8, '0')}`.toUpperCase()

/** A backup that says it begins with this segment of the log. */
const backup = (dir: string, at: string, first: number) =>
  inNewFolder(dir, new Date(at), async () => ({
    kind: 'base',
    postgres: '18.4',
    migrations: [],
    tables: [],
    auditHead: null,
    parts: [],
    files: { count: 0, bytes: 0 },
    encrypted: false,
    wal: { system: '1', segments: [segment(first)], restorePoint: at },
  }))

async function archive(dir: string, ...names: string[]): Promise<void> {
  const spool = place()
  for (const name of names) writeFileSync(join(spool, name), name)
  await shipLog(spool, archiveFolder(dir, '1'), null)
}

test('the log comes into the archive once, and a file that says something else is never overwritten', async () => {
  const [dir, spool] = [place(), place()]
  writeFileSync(join(spool, segment(1)), 'one')
  writeFileSync(join(spool, 'archtemp.half'), 'being written')
  expect(await shipLog(spool, dir, null)).toEqual([segment(1)])
  expect(readdirSync(spool)).toEqual(['archtemp.half'])
  const shipped = readFileSync(join(dir, `${segment(1)}.zst`))

  writeFileSync(join(spool, segment(1)), 'one') // as after a kill between the copy and the removal
  expect(await shipLog(spool, dir, null)).toEqual([segment(1)])
  writeFileSync(join(spool, segment(1)), 'another')
  await expect(shipLog(spool, dir, null)).rejects.toThrow(StartFailure)
  await expect(shipLog(spool, dir, null)).rejects.toThrow(/two databases archive into one folder/)
  expect(readFileSync(join(spool, segment(1)), 'utf8')).toBe('another')
  expect(readFileSync(join(dir, `${segment(1)}.zst`)).equals(shipped)).toBe(true)
})

test('an archive that began before there was a secret is read on', async () => {
  const [dir, to] = [place(), join(place(), 'log')]
  const secret = 'a secret that is long enough for a test'
  const made = await backup(dir, '2026-01-01T00:00:00Z', 1)
  const spool = place()
  for (const [name, key] of [
    [segment(2), null],
    [segment(3), secret],
  ] as const) {
    writeFileSync(join(spool, name), `the content of ${name}`)
    await shipLog(spool, archiveFolder(dir, '1'), key)
  }
  await stageLog(dir, made, [segment(2), segment(3)], to, secret, async () => {})
  for (const name of [segment(2), segment(3)]) expect(readFileSync(join(to, name), 'utf8')).toBe(`the content of ${name}`)
  await expect(stageLog(dir, made, [segment(3)], `${to}-again`, null, async () => {})).rejects.toThrow(
    /is encrypted: set BACKUP_SECRET/,
  )
})

test('a segment that is missing between a backup and the end of its log is named, on whatever timeline', async () => {
  const dir = place()
  const made = await backup(dir, '2026-01-01T00:00:00Z', 3)
  await archive(dir, segment(2), segment(4), segment(5, 2), '00000002.history')
  expect(await archiveReach(dir, made)).toMatchObject({
    missing: [],
    names: [segment(4), '00000002.history', segment(5, 2)].sort(),
  })
  await archive(dir, segment(8, 2))
  expect((await archiveReach(dir, made)).missing).toEqual([segment(6, 2), segment(7, 2)])
})

test('the newest backups are kept with the log they need, and the newest that was found good in any case', async () => {
  const dir = place()
  for (const [i, first] of [10, 20, 30, 40].entries()) await backup(dir, `2026-01-0${i + 1}T00:00:00Z`, first)
  await archive(dir, ...[9, 10, 19, 20, 21, 39, 40].map(number => segment(number)), '00000002.history')
  mkdirSync(join(dir, '2026-01-05T00-00-00Z.unfinished'))
  const all = await listBackups(dir)
  await writeVerification(all[1]!, { at: '2026-01-02T01:00:00Z', ok: true, checks: [] })
  await writeVerification(all[3]!, {
    at: '2026-01-04T01:00:00Z',
    ok: false,
    checks: [{ name: 'parts', ok: false, found: 'changed' }],
  })

  expect(await pruneBackups(dir, 1)).toEqual(['2026-01-01T00-00-00Z', '2026-01-03T00-00-00Z'])
  expect(readdirSync(archiveFolder(dir, '1')).sort()).toEqual(
    ['00000002.history', ...[20, 21, 39, 40].map(number => segment(number))].map(name => `${name}.zst`).sort(),
  )
  expect(existsSync(join(dir, '2026-01-05T00-00-00Z.unfinished'))).toBe(false)
})

test('a backup is due where there is none, where the newest is too old, and where its log has a gap', async () => {
  const config = {
    dataDir: place(),
    backup: { dir: place(), every: day, keep: 7, lag: 60, secret: null },
  } satisfies Partial<Config>
  const at = (text: string) => readBackupStanding(config, new Date(text))
  expect(await at('2026-01-01T00:00:00Z')).toMatchObject({ due: true, last: null, verified: null })
  await backup(config.backup.dir, '2026-01-01T00:00:00Z', 3)
  expect(await at('2026-01-01T23:59:59Z')).toMatchObject({
    due: false,
    last: { name: '2026-01-01T00-00-00Z' },
    log: { missing: 0 },
  })
  expect(await at('2026-01-02T00:00:00Z')).toMatchObject({ due: true })
  await archive(config.backup.dir, segment(5))
  expect(await at('2026-01-01T12:00:00Z')).toMatchObject({ due: true, log: { missing: 1 } })
  await noteFailure(config.dataDir, 'the disk is full')
  expect(await at('2026-01-01T12:00:00Z')).toMatchObject({ failed: { error: 'the disk is full' } })
  await noteFailure(config.dataDir, null)
  expect(await at('2026-01-01T12:00:00Z')).toMatchObject({ failed: null })
})

test('a journal loses no line, whichever side it is missing on, and no half line is taken', async () => {
  const [here, there] = [place(), place()]
  writeFileSync(join(here, 'erasures.jsonl'), 'one\ntwo\nthr')
  await mergeJournals(here, there)
  expect(readFileSync(join(there, 'erasures.jsonl'), 'utf8')).toBe('one\ntwo\n')
  writeFileSync(join(here, 'erasures.jsonl'), 'four\n') // another machine began anew
  await mergeJournals(here, there)
  await mergeJournals(there, here)
  expect(readFileSync(join(there, 'erasures.jsonl'), 'utf8')).toBe('one\ntwo\nfour\n')
  expect(readFileSync(join(here, 'erasures.jsonl'), 'utf8').split('\n').sort()).toEqual(['', 'four', 'one', 'two'])
})
