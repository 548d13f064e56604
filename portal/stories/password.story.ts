import { customerPassword, newCustomer } from './new-customer.ts'
import { expect, test } from './portal-fixture.ts'

test('a customer changes his password, sees how strong the new one is, and is refused a common one', async ({
  page,
  mailTo,
  complaints,
}) => {
  complaints.expect(/status of 422/) // the common one
  const email = await newCustomer({ page, mailTo }, 'password')
  const sheet = page.getByRole('dialog')
  await page.getByRole('button', { name: '更改密码' }).click()
  await sheet.locator('input[name=current]').fill(customerPassword)
  const fresh = sheet.locator('input[name=password]')
  await fresh.fill('password2026!')
  await expect(sheet.getByText('强度：弱')).toBeVisible()
  await sheet.getByRole('button', { name: '更改密码' }).click()
  await expect(sheet.getByText('此密码太常见')).toBeVisible()
  await expect(fresh).toBeFocused()
  await fresh.fill('ten lathes in the hall')
  await expect(sheet.getByText('强度：很好')).toBeVisible()
  await sheet.getByRole('button', { name: '更改密码' }).click()
  await expect(page.getByText('密码已更改')).toBeVisible()
  expect((await mailTo(email, 2)).subject).toBe('您的密码已更改')
})
