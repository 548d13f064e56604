import { expect, test } from './portal-fixture.ts'

test('a list of old addresses is checked line by line, kept, and leads whoever comes by an old link', async ({
  page,
  visit,
  complaints,
}) => {
  complaints.expect(/status of 422/)
  const marketing = await visit({ as: 'marketing' })
  await marketing.goto('/console/redirects')
  await marketing.getByRole('button', { name: '导入列表' }).click()
  const dialog = marketing.getByRole('dialog')
  const old = `/old-shop/${String(Math.random()).slice(2)}.html`
  await dialog.getByLabel('旧地址和新地址，每行一对').fill(`${old} /products/machining-centre\n${old}x`)
  await dialog.getByRole('button', { name: '检查' }).click()
  await expect(dialog.getByText('第 2 行')).toBeVisible()
  await dialog.getByLabel('旧地址和新地址，每行一对').fill(`${old}\t/products/machining-centre`)
  await dialog.getByRole('button', { name: '检查' }).click()
  await expect(dialog.getByText('新增 1 条')).toBeVisible()
  await dialog.getByRole('button', { name: '导入' }).click()
  await expect(marketing.getByText('已导入：新增 1 条')).toBeVisible()
  await expect(marketing.getByRole('cell', { name: old, exact: true })).toBeVisible()

  await page.goto(old)
  await expect(page).toHaveURL('/products/machining-centre')
  await marketing.getByRole('button', { name: `删除 ${old} 的跳转` }).click()
  await marketing.getByRole('button', { name: '撤销' }).click()
  await expect(marketing.getByRole('cell', { name: old, exact: true })).toBeVisible()
})
