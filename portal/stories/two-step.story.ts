import { type TOTP, URI } from 'otpauth'
import { customerPassword, newCustomer, signInAs } from './new-customer.ts'
import { answers, expect, test } from './portal-fixture.ts'

test('a customer turns two-step sign-in on, signs in with a code of the app, and with a recovery code turns it off', async ({
  page,
  mailTo,
  complaints,
}) => {
  complaints.expect(/status of 403/) // the wrong password
  const email = await newCustomer({ page, mailTo }, 'two-step')
  const sheet = page.getByRole('dialog')
  await page.getByRole('button', { name: '启用', exact: true }).click()
  await sheet.locator('input[name=password]').fill('not my password')
  await sheet.getByRole('button', { name: '继续' }).click()
  await expect(sheet.getByText('身份确认未通过。')).toBeVisible()
  await sheet.locator('input[name=password]').fill(customerPassword)
  const begun = page.waitForResponse(/\/me\/authenticator$/)
  await sheet.getByRole('button', { name: '继续' }).click()
  const app = URI.parse((await (await begun).json()).uri) as TOTP
  await expect(sheet.getByRole('img', { name: '身份验证器二维码' })).toBeVisible()
  const confirmed = Date.now()
  await sheet.getByLabel('验证码').fill(app.generate({ timestamp: confirmed }))
  await sheet.getByRole('button', { name: '确认', exact: true }).click()
  const codes = sheet.getByRole('list', { name: '恢复码' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const [recoveryCode] = await codes.allTextContents()
  const download = page.waitForEvent('download')
  await sheet.getByRole('button', { name: '下载' }).click()
  expect((await download).suggestedFilename()).toBe('recovery-codes.txt')
  await sheet.getByRole('button', { name: '我已妥善保存' }).click()
  await expect(page.getByText('两步验证已启用，其他设备已退出登录。')).toBeVisible()
  await expect(page.getByText('剩余恢复码 10 个。')).toBeVisible()
  expect((await mailTo(email, 2)).subject).toBe('已启用两步验证')

  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page).toHaveURL(/\/$/)
  await signInAs(page, email)
  await expect(page.getByRole('heading', { name: '两步验证' })).toBeVisible()
  await page.getByLabel('验证码').fill(app.generate({ timestamp: confirmed + 30_000 })) // the next one, as if he had waited
  await page.getByLabel(/^30 天内/).check()
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page).toHaveURL(/\/account$/)
  await answers(page)

  await page.getByRole('button', { name: '停用', exact: true }).click()
  await sheet.getByRole('button', { name: '改用恢复码' }).click()
  await sheet.getByLabel('恢复码').fill(recoveryCode!)
  await sheet.getByRole('button', { name: '停用', exact: true }).click()
  await expect(page.getByText('两步验证已停用。')).toBeVisible()
})
