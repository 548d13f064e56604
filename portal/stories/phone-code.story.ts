import type { CaughtMail } from '../src/features/mailbox/core/api.ts'
import { customerPassword, newCustomer } from './new-customer.ts'
import { answers, expect, type Page, test } from './portal-fixture.ts'

test('a customer confirms his phone, signs in by a code sent to it, and removes it again', async ({
  page,
  visit,
  mailTo,
  complaints,
}) => {
  complaints.expect(/status of 429/) // a number gets one code a minute
  await newCustomer({ page, mailTo }, 'phone')
  const number = ownNumber()
  const codeOf = async (count: number) => /\d{6}/.exec(textOf(await mailTo(number, count)))![0]

  await page.getByRole('button', { name: '验证手机号' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('手机号').fill('12')
  await sheet.getByRole('button', { name: '继续' }).click()
  await expect(sheet.getByText('请填写电话号码', { exact: false })).toBeVisible()
  await sheet.getByLabel('手机号').fill(number)
  await sheet.locator('input[name=password]').fill(customerPassword)
  await sheet.getByRole('button', { name: '继续' }).click()
  await sheet.getByLabel('短信验证码').fill(await codeOf(1))
  await sheet.getByRole('button', { name: '确认', exact: true }).click()
  await expect(page.getByText(number, { exact: false }).first()).toBeVisible()

  const elsewhere = await visit()
  await signInByCode(elsewhere, number, () => codeOf(2))
  await expect(elsewhere).toHaveURL(/\/account$/)
  await answers(elsewhere)

  await page.reload()
  await answers(page)
  await page.locator('section, li', { hasText: '手机号登录' }).getByRole('button', { name: '移除' }).last().click()
  await sheet.locator('input[name=password]').fill(customerPassword)
  await sheet.getByRole('button', { name: '移除' }).click()
  await expect(page.getByRole('button', { name: '验证手机号' })).toBeVisible()
})

async function signInByCode(page: Page, number: string, code: () => Promise<string>): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: '验证码登录' }).click()
  await answers(page)
  await page.getByLabel('手机号').fill(number)
  await expect(async () => {
    await page.getByRole('button', { name: '获取验证码' }).click()
    await expect(page.getByLabel('短信验证码')).toBeVisible()
  }).toPass({ timeout: 90_000, intervals: [5000] })
  await page.getByLabel('短信验证码').fill(await code())
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

const textOf = ({ text }: CaughtMail) => text

/** A mobile number that no other story uses. */
const ownNumber = () => `+86138${String(crypto.getRandomValues(new Uint32Array(1))[0]! % 100_000_000).padStart(8, '0')}`
