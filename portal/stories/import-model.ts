import { expect, type Page } from './portal-fixture.ts'

interface ModelText {
  fileName: string
  text: string
}

/** Imports a model as the draft of its product in the console; the page then shows it. page: of someone who may */
export async function importDraft(page: Page, model: object | ModelText): Promise<void> {
  const file = 'fileName' in model ? (model as ModelText) : { fileName: 'model.json', text: JSON.stringify(model) }
  await page.goto('/console/products')
  const field = page.getByLabel('导入模型文件')
  // the frame of a page answers before what it frames
  const isHeard = () => field.evaluate(element => Object.keys(element).some(key => key.startsWith('__react')))
  await expect.poll(isHeard).toBe(true)
  await field.setInputFiles({ name: file.fileName, mimeType: 'text/plain', buffer: Buffer.from(file.text) })
  const draft = page.getByRole('heading', { name: /^草稿：/ })
  await expect(draft.or(page.getByRole('alert')).first()).toBeVisible({ timeout: 60_000 })
  await expect(draft).toBeVisible()
}

/** An .xlsx file, to be given to a field. */
export const workbook = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: Buffer.from(bytes),
})

/** Publishes the draft that the page shows, with all its warnings accepted. */
export async function publishDraft(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: '发布草稿' }).first().click()
  const dialog = page.getByRole('dialog', { name: /^发布 / })
  await dialog.getByLabel('发布原因').fill(reason)
  const accept = dialog.getByRole('checkbox')
  if (await accept.isVisible()) await accept.check()
  await dialog.getByRole('button', { name: '发布草稿' }).click()
  await expect(page.getByText(/^已发布版本/)).toBeVisible()
}

/** Publishes a model by the console's import; answers the path at which it is configured. page: of someone who may */
export async function importModel(page: Page, model: object | ModelText): Promise<string> {
  await importDraft(page, model)
  await publishDraft(page, 'first version')
  return (await page.getByRole('link', { name: '配置', exact: true }).first().getAttribute('href'))!
}
