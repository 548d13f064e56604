import { startPortalProcess } from '../test/portal-process.ts'
import { answers, expect, type Page } from './portal-fixture.ts'

export interface EmptyPortal {
  address: string
  /** where its first administrator makes his account */
  setUpLink: string
  stop(): Promise<void>
}

/** A portal of its own with nothing in it, as `npm start -- --empty` leaves it. settings: beside the usual ones of a demo */
export async function startEmptyPortal(settings: Record<string, string> = {}): Promise<EmptyPortal> {
  const { address, said, stop } = await startPortalProcess(['--empty'], settings)
  const setUpLink = /first administrator at (\S+)/.exec(said.join('\n'))?.[1]
  if (!setUpLink) throw new Error(`The portal did not say where its first administrator begins:\n${said.join('\n')}`)
  return { address, setUpLink, stop }
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
  await answers(page)
}
