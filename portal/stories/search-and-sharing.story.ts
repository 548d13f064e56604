import { expect, test } from './portal-fixture.ts'

test('an administrator verifies the portal, pushes its pages, and sees how a link looks', async ({ page, visit, complaints }) => {
  complaints.expect(/status of 422/)
  const admin = await visit({ as: 'admin' })
  await admin.goto('/console/settings/search')
  const codes = admin.locator('form').filter({ has: admin.getByLabel('百度', { exact: true }) })
  await codes.getByLabel('百度', { exact: true }).fill('<meta name="sogou_site_verification" content="A1b2C3d4E5">')
  await codes.getByRole('button', { name: '保存' }).click()
  await expect(codes.getByText('这是搜狗的验证标签，不是百度的。')).toBeVisible()
  await codes.getByLabel('百度', { exact: true }).fill('<meta name="baidu-site-verification" content="codeva-A1b2C3d4E5">')
  await codes.getByRole('button', { name: '保存' }).click()
  await expect(codes.getByLabel('百度', { exact: true })).toHaveValue('codeva-A1b2C3d4E5')
  await page.goto('/')
  await expect(page.locator('head meta[name="baidu-site-verification"]')).toHaveAttribute('content', 'codeva-A1b2C3d4E5')

  const name = `MP_verify_${String(Math.random()).slice(2, 14)}.txt`
  await admin.getByLabel('选择文件').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('a-code') })
  await admin.getByRole('button', { name: '添加文件' }).click()
  await expect(admin.getByText(`/${name}`)).toBeVisible()
  expect(await (await page.request.get(`/${name}`)).text()).toBe('a-code')
  await admin.getByRole('button', { name: `删除 ${name}` }).click()
  await expect(admin.getByRole('button', { name: '撤销' })).toBeVisible()
  expect((await page.request.get(`/${name}`)).status()).toBe(404)

  await admin.getByRole('button', { name: '开启 IndexNow 推送' }).click()
  await admin.getByRole('button', { name: '推送全部页面' }).click()
  await expect(admin.getByText(/已开始推送 \d+ 个地址/)).toBeVisible()
  await expect(async () => {
    await admin.getByRole('button', { name: '刷新' }).click()
    await expect(admin.getByText('未发送（演示）').first()).toBeVisible({ timeout: 1000 })
  }).toPass()
  await admin.getByRole('button', { name: '关闭 IndexNow 推送' }).click()
  await expect(admin.getByRole('button', { name: '开启 IndexNow 推送' })).toBeVisible()

  await admin.getByLabel('页面', { exact: true }).selectOption('/products/machining-centre')
  const elsewhere = admin.locator('figure').filter({ hasText: 'LinkedIn' })
  await expect(elsewhere.locator('img')).toHaveJSProperty('naturalWidth', 1200)
})
