import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { postgresFolder } from '../../src/platform/server/postgres.ts'
import { cloneDatabase } from '../test-database.ts'
import { runTrials, type TrialReport } from './trials.ts'

const nothingWrong = { lost: 0, doubled: 0, undone: 0, defects: [], mails: { doubledOtherwise: 0 } }

function expectWork({ trials, acknowledged, mails }: TrialReport, kills: number): void {
  expect(trials).toBeGreaterThanOrEqual(kills)
  expect(acknowledged.inquiries).toBeGreaterThan(kills / 2)
  expect(mails.sent).toBeGreaterThanOrEqual(acknowledged.inquiries)
}

test('two portals on one database, killed at random moments again and again, lose nothing and do nothing twice inside', async ({
  signal,
}) => {
  const database = await cloneDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'fettle-faults-'))
  try {
    const report = await runTrials({ trials: 16, seed: 1, portals: 2, databaseUrl: database.url, dataDir, enough: signal })
    expect(report).toMatchObject(nothingWrong)
    expectWork(report, 16)
  } finally {
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 600_000)

test('a portal killed together with its embedded database has everything it acknowledged when it is started again', async ({
  signal,
}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'fettle-faults-'))
  const folder = postgresFolder(dataDir)
  try {
    const report = await runTrials({ trials: 4, seed: 2, portals: 1, dataDir, postgresFolder: folder, enough: signal })
    expect(report).toMatchObject(nothingWrong)
    expectWork(report, 4)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 600_000)
