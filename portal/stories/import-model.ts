import { expect, type Page } from './portal-fixture.ts'

/** Publishes a model by the console's import; answers the path at which it is configured. page: of someone who may */
export async function importModel(page: Page, model: object | { fileName: string; text: string }): Promise<string> {
  const file =
    'fileName' in model ? (model as { fileName: string; text: string }) : { fileName: 'model.json', text: JSON.stringify(model) }
  await page.goto('/console/products')
  await page
    .getByLabel('导入模型文件')
    .setInputFiles({ name: file.fileName, mimeType: 'text/plain', buffer: Buffer.from(file.text) })
  const done = page.getByText('已导入并发布：')
  await expect(done.or(page.getByRole('alert')).first()).toBeVisible({ timeout: 60_000 })
  await expect(done).toBeVisible()
  return (await page.getByRole('link', { name: '配置', exact: true }).first().getAttribute('href'))!
}
