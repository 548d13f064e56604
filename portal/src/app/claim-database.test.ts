import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { firstAdminPath, seedDemoAccounts } from '#features/accounts/server'
import { createLog, readConfig, StartFailure } from '#platform/server'
import { cloneDatabase } from '../../test/test-database.ts'
import { features } from './features.ts'
import { type Portal, startPortal } from './portal.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'fettle-claim-'))
const database = await cloneDatabase()
afterAll(async () => {
  await database.drop()
  rmSync(dataDir, { recursive: true })
})

const demo = { FETTLE_MODE: 'demo', DATABASE_URL: database.url, DATA_DIR: dataDir, LOG_LEVEL: 'error' }
const production = {
  ...demo,
  FETTLE_MODE: 'production',
  SESSION_SECRET: 'x'.repeat(32),
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'portal@example.com',
}

/** The key that wraps the demo's keys, which production has to know to take its database over. */
const demoKey = () => ({ ENCRYPTION_KEYS: `demo:${readFileSync(join(dataDir, 'encryption-key'), 'utf8').trim()}` })

async function started(environment: Record<string, string>, work: (portal: Portal) => Promise<unknown> = async () => {}) {
  const portal = await startPortal(readConfig(environment), { features, background: false, log: createLog('error') })
  await work(portal).finally(() => portal.stop())
}

test('demo accounts keep production out until they are removed, and production keeps the demo out for good', async () => {
  await started(demo, ({ platform }) => seedDemoAccounts(platform))
  await expect(started({ ...production, ...demoKey() })).rejects.toThrow(
    /^This database has accounts of the demo, .*admin@zhizao\.example/,
  )
  await expect(started({ ...production, ...demoKey() })).rejects.toThrow(StartFailure)
  await started(demo) // nothing has been claimed by what was refused

  const command = [join(import.meta.dirname, 'cli.ts'), 'demo', 'remove']
  const remove = () => promisify(execFile)(process.execPath, command, { env: { ...process.env, ...production, ...demoKey() } })
  expect((await remove()).stdout).toMatch(/^Removed admin@zhizao\.example, .*customer@example\.com/)
  expect((await remove()).stdout).toMatch(/^There is no account of the demo/)

  await started({ ...production, ...demoKey() }, async ({ platform }) =>
    expect(await firstAdminPath(platform)).toMatch(/^\/set-up/),
  )
  await started({ ...production, ...demoKey() })
  await expect(started(demo)).rejects.toThrow(/^This database belongs to a production portal/)
})
