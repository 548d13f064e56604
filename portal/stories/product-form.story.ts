import { readFile } from 'node:fs/promises'
import { readXlsx, writeXlsx } from 'hucre/xlsx'
import { makeWorkbook } from '../src/features/products/server/workbook/make-workbook.ts'
import { largeProduct } from '../test/large-product.ts'
import { publishDraft, workbook } from './import-model.ts'
import { expect, test } from './portal-fixture.ts'

test('a product comes in as an Excel workbook: what is wrong is named by its cell, mended, published, and can be configured', async ({
  visit,
  page,
  complaints,
}) => {
  complaints.expect(/422/) // the spoilt workbook
  const editor = await visit({ as: 'product' })
  await editor.goto('/console/products')
  const [download] = await Promise.all([
    editor.waitForEvent('download'),
    editor.getByRole('link', { name: '下载填好的示例' }).click(),
  ])
  const sound = await readFile(await download.path())

  const { sheets } = await readXlsx(sound)
  const prices = sheets.find(({ name }) => name === '价格 Prices')!
  prices.rows[2]![4] = '一万二'
  const spoilt = await writeXlsx({ sheets: sheets.map(({ name, rows }) => ({ name, rows })) })
  const field = editor.getByLabel('导入模型文件')
  await field.setInputFiles(workbook('chiller.xlsx', spoilt))
  await expect(editor.getByRole('alert')).toContainText('价格 Prices!E3', { timeout: 60_000 })

  await field.setInputFiles(workbook('chiller.xlsx', sound))
  await expect(editor.getByRole('heading', { name: /^草稿：/ })).toBeVisible({ timeout: 60_000 })
  await publishDraft(editor, '来自 Excel')
  await page.goto('/configure/chiller-example')
  await expect(page.getByRole('heading', { name: /工业冷水机/ }).first()).toBeVisible()
})

test('while a large workbook is imported, the page says how far it is', async ({ visit }) => {
  const made = await makeWorkbook({ ...largeProduct(1500), id: 'large-by-form' })
  if (!made.ok) throw new Error(made.error.message.en)
  const editor = await visit({ as: 'product' })
  const listening = editor.waitForResponse(response => /live\?topics=.*imports/.test(response.url()))
  await editor.goto('/console/products')
  await listening
  await editor.getByLabel('导入模型文件').setInputFiles(workbook('large.xlsx', made.bytes))
  await expect(editor.getByRole('progressbar', { name: /正在打开工作簿|工作表“.+”：第 [\d,]+ 行|正在检查规则/ })).toBeVisible({
    timeout: 60_000,
  })
  await expect(editor.getByRole('heading', { name: /^草稿：/ })).toBeVisible({ timeout: 60_000 })
  await expect(editor.getByRole('progressbar')).toHaveCount(0)
})
