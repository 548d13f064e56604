import { readFileSync } from 'node:fs'
import { expect, test } from './portal-fixture.ts'

const pdf = (words: string, name = '主轴手册.pdf') => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.7\n% ${words}`),
})

test('a manual for owners is had by its owner alone, who is told of the next version; the console shows who has it', async ({
  page,
  visit,
  complaints,
}) => {
  complaints.expect(/status of (404|409)/)
  const mark = String(Math.random()).slice(2)
  const title = `主轴手册 ${mark}`
  const editor = await visit({ as: 'service' })
  await editor.goto('/console/documents')
  await editor.getByRole('link', { name: '上传资料' }).click()
  await editor.getByRole('button', { name: '上传并提供' }).click()
  await expect(editor.getByText('请选择文件。')).toBeVisible()
  await editor.getByLabel('文件', { exact: true }).setInputFiles(pdf(`first ${mark}`))
  await expect(editor.getByText('已上传：主轴手册.pdf')).toBeVisible()
  await editor.getByLabel('中文标题').fill(title)
  await editor.getByLabel('英文标题').fill(`Spindle manual ${mark}`)
  await editor.getByLabel('VM 系列立式加工中心', { exact: true }).check()
  await editor.getByLabel('谁能看到').selectOption('owners')
  await editor.getByRole('button', { name: '上传并提供' }).click()
  await expect(editor.getByRole('heading', { level: 1, name: title })).toBeVisible()
  const id = new URL(editor.url()).pathname.split('/').at(-1)!

  expect((await page.goto(`/downloads/${id}`))?.status()).toBe(404)
  expect((await page.request.get(`/api/v1/documents/${id}/file`)).status()).toBe(404)

  const owner = await visit({ as: 'customer' })
  await owner.goto('/account')
  await owner.getByRole('link', { name: '查看资料' }).click()
  const row = owner.getByRole('listitem').filter({ hasText: title })
  await expect(row.getByText('新', { exact: true })).toBeVisible()
  const [download] = await Promise.all([owner.waitForEvent('download'), row.getByRole('link', { name: `下载 ${title}` }).click()])
  expect(download.suggestedFilename()).toBe('主轴手册.pdf')
  expect(readFileSync(await download.path(), 'utf8')).toContain(`first ${mark}`)

  await editor.reload()
  const who = editor.getByRole('table', { name: '谁下载了' })
  await expect(who.getByRole('link', { name: '苏州恒锐精密机械有限公司' })).toBeVisible()

  await editor.getByRole('button', { name: '上传新版本' }).click()
  const sheet = editor.getByRole('dialog')
  await sheet.getByLabel('文件', { exact: true }).setInputFiles(pdf(`first ${mark}`))
  await expect(sheet.getByText('已上传：主轴手册.pdf')).toBeVisible()
  await sheet.getByRole('button', { name: '上传并提供' }).click()
  await expect(sheet.getByText('这个文件已是本资料的第 1 版。')).toBeVisible()
  await sheet.getByLabel('文件', { exact: true }).setInputFiles(pdf(`second ${mark}`, '主轴手册 2.pdf'))
  await expect(sheet.getByText('已上传：主轴手册 2.pdf')).toBeVisible()
  await sheet.getByLabel('更新了什么').fill('新增拉刀力')
  await sheet.getByRole('button', { name: '上传并提供' }).click()
  await expect(editor.getByText('新增拉刀力')).toBeVisible()

  await owner.goto('/account/documents')
  await expect(row.getByText('有新版本')).toBeVisible()
  await row.getByRole('link', { name: title, exact: true }).click()
  await expect(owner.getByText('新增拉刀力')).toBeVisible()
})
