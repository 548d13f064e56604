import { customerPassword, newCustomer } from './new-customer.ts'
import { expect, test } from './portal-fixture.ts'

test('a customer makes an API key, copies it once, a program works with it, and revoking ends it', async ({
  page,
  context,
  mailTo,
  playwright,
  baseURL,
  complaints,
}) => {
  complaints.expect(/status of 403/) // that a confirmation is needed
  const email = await newCustomer({ page, mailTo }, 'api-keys')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('link', { name: '管理 API 密钥' }).click()
  await expect(page).toHaveURL(/\/account\/keys$/)
  await expect(page.getByText('还没有密钥。')).toBeVisible()

  await page.getByRole('button', { name: '创建密钥' }).click()
  const sheet = page.getByRole('dialog', { name: '创建 API 密钥' })
  await sheet.getByRole('button', { name: '创建密钥' }).click()
  await expect(sheet.getByText('请填写名称。')).toBeVisible()
  await expect(sheet.getByText('请至少选择一项权限。')).toBeVisible()
  await sheet.getByLabel('名称').fill('ERP 同步')
  await sheet.getByLabel(/^查看本公司保存的配置/).check()
  await sheet.getByRole('button', { name: '创建密钥' }).click()
  const confirm = page.getByRole('dialog', { name: '请再次确认' })
  await confirm.locator('input[name=password]').fill(customerPassword)
  await confirm.getByLabel('理由').fill('供 ERP 读取配置')
  await confirm.getByRole('button', { name: '确认并执行' }).click()

  const once = page.getByRole('dialog', { name: '新密钥“ERP 同步”' })
  const key = (await once.locator('[data-key]').textContent())!
  await once.getByRole('button', { name: '复制' }).click()
  await expect(once.getByText('已复制。')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key)
  await once.getByRole('button', { name: '我已妥善保存' }).click()
  await expect(page.getByRole('heading', { name: 'ERP 同步' })).toBeVisible()
  expect(await page.content()).not.toContain(key)
  expect((await mailTo(email, 2)).subject).toBe('已创建 API 密钥')

  const program = await playwright.request.newContext({
    baseURL: baseURL!,
    extraHTTPHeaders: { authorization: `Bearer ${key}` },
  })
  expect((await program.get('/api/v1/my/configurations')).status()).toBe(200)
  await page.reload()
  await expect(page.getByText(/上次使用/)).toBeVisible()

  await page.getByRole('button', { name: '撤销: ERP 同步' }).click()
  await page.getByRole('dialog', { name: '撤销密钥“ERP 同步”' }).getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('密钥“ERP 同步”已撤销。')).toBeVisible()
  expect((await program.get('/api/v1/me')).status()).toBe(401)
  await program.dispose()
})
