import { readFile } from 'node:fs/promises'
import { parseCsv } from 'hucre/csv'
import { readWorkbook } from '../test/read-workbook.ts'
import { inquire } from './pages.ts'
import { expect, type Page, test } from './portal-fixture.ts'

/** What the browser saves once the export is chosen, proved and given its reason. */
async function take(page: Page, format: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: '导出', exact: true }).click()
  const choice = page.getByRole('dialog', { name: /^导出/ })
  await choice.getByRole('radio', { name: format }).check()
  await choice.getByRole('button', { name: '继续' }).click()
  const confirmation = page.getByRole('dialog', { name: /确认/ })
  await confirmation.getByLabel(/^密码/).fill('fettle-demo-2026')
  await confirmation.getByLabel(/理由/).fill('展会前联系客户')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    confirmation.getByRole('button', { name: '确认并执行' }).click(),
  ])
  await expect(page.getByText(/已保存 \d+ 行/)).toBeVisible()
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

test('sales takes the filtered list of leads as a workbook, and the log knows why', async ({ page, visit, complaints }) => {
  complaints.expect(/403/) // asks to be confirmed
  const { email } = await inquire(page)
  const sales = await visit({ as: 'sales' })
  await sales.goto(`/console/leads?q=${email}`)
  const { name, bytes } = await take(sales, 'Excel')
  expect(name).toMatch(/^线索-\d{4}-\d\d-\d\d\.xlsx$/)
  const { rows, parts } = await readWorkbook(bytes)
  expect(rows).toHaveLength(2)
  expect(rows[1]!.map(cell => cell?.value)).toContain(email)
  // by the browser's own reader, which forgives nothing; on a page of ours it is forbidden
  const blank = await sales.context().newPage()
  expect(await blank.evaluate(notWellFormed, [...parts.values()])).toEqual([])

  const admin = await visit({ as: 'admin' })
  await admin.goto('/console/audit?action=lead.exported')
  await admin.getByRole('row').nth(1).getByRole('link').first().click()
  await expect(admin.getByText('展会前联系客户')).toBeVisible()
})

const notWellFormed = (texts: string[]) =>
  texts.filter(text => new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror'))

test('an administrator takes the audit log, each entry with its place in the chain', async ({ visit, complaints }) => {
  complaints.expect(/403/) // asks to be confirmed
  const admin = await visit({ as: 'admin' })
  await admin.goto('/console/audit')
  const jsonl = await take(admin, 'JSON Lines')
  const entries = jsonl.bytes
    .toString()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  for (const [n, { position, before }] of entries.entries()) {
    expect(position).toBe(n + 1)
    if (n > 0) expect(before).toBe(entries[n - 1].hash)
  }
  await admin.reload()
  const csv = await take(admin, 'CSV')
  expect(parseCsv(csv.bytes.toString()).length).toBeGreaterThan(entries.length)
})
