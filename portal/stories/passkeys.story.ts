import { customerPassword, newCustomer } from './new-customer.ts'
import { answers, expect, test } from './portal-fixture.ts'

test('a customer adds a passkey, signs in by it without a password, proves himself by it and removes it', async ({
  page,
  mailTo,
}) => {
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable', { enableUI: false })
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const email = await newCustomer({ page, mailTo }, 'passkey')
  const sheet = page.getByRole('dialog')
  await answers(page)
  await page.getByRole('button', { name: '添加', exact: true }).click()
  await sheet.locator('input[name=password]').fill(customerPassword)
  await sheet.getByLabel('名称').fill('办公电脑')
  await sheet.getByRole('button', { name: '添加', exact: true }).click()
  await expect(page.getByText('通行密钥已添加。')).toBeVisible()
  await expect(page.getByText('办公电脑')).toBeVisible()
  expect((await mailTo(email, 2)).subject).toBe('已添加通行密钥')

  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page).toHaveURL(/\/$/)
  await page.goto('/sign-in')
  // the browser may have proposed and taken it already: an authenticator that is always touched signs in by the field alone
  if (!/\/account$/.test(page.url()))
    await page
      .getByRole('button', { name: '用通行密钥登录' })
      .click()
      .catch(() => {})
  await expect(page).toHaveURL(/\/account$/)
  await answers(page)
  await expect(page.getByText('上次使用')).toBeVisible()

  await page.getByRole('button', { name: '删除', exact: true }).click()
  await sheet.getByRole('button', { name: '删除', exact: true }).click()
  await expect(page.getByText('通行密钥已删除。')).toBeVisible()
})
