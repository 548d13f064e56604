import { expect, test } from './portal-fixture.ts'

test('an administrator says who runs the portal; the site shows it at once in both languages, and nothing typed is lost by mistake', async ({
  visit,
  page,
  complaints,
}) => {
  complaints.expect(/status of 422/)
  const line = `增值电信业务经营许可证 ${Date.now()}`
  const admin = await visit({ as: 'admin' })
  await admin.goto('/console/settings')
  const form = admin.locator('main form')

  await test.step('a wrong value is told under its field, and the rest stays', async () => {
    await form.getByRole('button', { name: '添加一行' }).click()
    await form.getByRole('group', { name: '第 2 行' }).getByLabel('中文').fill(line)
    const before = await form.getByLabel('电话').inputValue()
    await form.getByLabel('电话').fill('请来电')
    await form.getByRole('button', { name: '保存', exact: true }).click()
    await expect(form.getByLabel('电话')).toHaveAttribute('aria-invalid', 'true')
    await expect(form.getByText('这不是电话号码。')).toBeVisible()
    await form.getByLabel('电话').fill(before)
  })

  await test.step('leaving with changes asks first', async () => {
    await admin.getByRole('link', { name: '员工', exact: true }).click()
    const dialog = admin.getByRole('dialog', { name: '有未保存的修改' })
    await dialog.getByRole('button', { name: '取消' }).click()
    await expect(form.getByRole('group', { name: '第 2 行' }).getByLabel('中文')).toHaveValue(line)
  })

  await form.getByRole('button', { name: '保存', exact: true }).click()
  await expect(form.getByText('已保存，网站已更新。')).toBeVisible()
  await expect(form.getByRole('group', { name: '第 2 行' }).getByLabel('英文')).toHaveValue(line)
  for (const path of ['/', '/en']) {
    await page.goto(path)
    await expect(page.locator('footer')).toContainText(line)
  }

  await form.getByRole('button', { name: '删除第 2 行' }).click()
  await form.getByRole('button', { name: '保存', exact: true }).click()
  await expect(form.getByText('已保存，网站已更新。')).toBeVisible()
  await page.goto('/')
  await expect(page.locator('footer')).not.toContainText(line)
})
