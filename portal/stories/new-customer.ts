import type { CaughtMail } from '../src/features/mailbox/core/api.ts'
import { answers, expect, ownAddress, type Page } from './portal-fixture.ts'

export const customerPassword = 'nine spindles hum along'

interface Telling {
  page: Page
  mailTo(address: string, count?: number): Promise<CaughtMail>
}

/** A customer of this story alone, signed up, confirmed and signed in on his account page. Answers his address. */
export async function newCustomer({ page, mailTo }: Telling, name: string): Promise<string> {
  const email = ownAddress(name)
  await page.goto('/sign-up')
  const headers = { origin: new URL(page.url()).origin }
  const signUp = await page.request.post('/api/v1/auth/sign-up', {
    headers,
    data: { name: '孙工', email, password: customerPassword },
  })
  expect(signUp.status()).toBe(202)
  const token = /[?&]token=([\w-]+)/.exec((await mailTo(email)).text)?.[1]
  expect((await page.request.post('/api/v1/auth/verify', { headers, data: { token } })).ok()).toBe(true)
  await signInAs(page, email)
  await expect(page).toHaveURL(/\/account$/)
  await answers(page)
  return email
}

/** The first step of signing in, by the form. */
export async function signInAs(page: Page, email: string, password: string = customerPassword): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('邮箱').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}
