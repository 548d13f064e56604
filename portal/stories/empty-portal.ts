import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { postgresFolder } from '../src/platform/server/postgres.ts'
import { expect, type Page } from './portal-fixture.ts'

export interface EmptyPortal {
  address: string
  /** where its first administrator makes his account */
  setUpLink: string
  stop(): Promise<void>
}

/** A portal of its own with nothing in it, as `npm start -- --empty` leaves it. settings: beside the usual ones of a demo */
export async function startEmptyPortal(settings: Record<string, string> = {}): Promise<EmptyPortal> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fettle-own-'))
  const portal = spawn(process.execPath, [join(import.meta.dirname, '../src/app/main.ts'), '--empty'], {
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      FETTLE_MODE: 'demo',
      NODE_ENV: 'production',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let setUpLink = ''
  let address = ''
  for await (const line of createInterface({ input: portal.stdout! })) {
    setUpLink = /first administrator at (\S+)/.exec(line)?.[1] ?? setUpLink
    address = /^Fettle is ready at (\S+)/.exec(line)?.[1] ?? address
    if (address) break
  }
  return {
    address,
    setUpLink,
    async stop() {
      portal.kill('SIGTERM')
      await once(portal, 'exit')
      rmSync(dataDir, { recursive: true, force: true })
      rmSync(postgresFolder(dataDir), { recursive: true, force: true })
    },
  }
}

/** The first administrator makes his account, signs in, and stands at the first steps. */
export async function becomeAdministrator(page: Page, { setUpLink }: EmptyPortal, email: string): Promise<void> {
  const password = 'a bench, a vice and a file'
  await page.goto(setUpLink)
  await page.locator('input[name="name"]').fill('第一位')
  await page.locator('input[name="email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await page.getByRole('button', { name: '创建管理员' }).click()
  await expect(page.getByRole('heading', { name: '管理员已创建' })).toBeVisible()
  await page.getByRole('link', { name: '登录', exact: true }).last().click()
  await page.locator('input[name="email"]').fill(email)
  await page.locator('input[name="password"]').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.getByRole('heading', { name: '开始使用' })).toBeVisible()
}
