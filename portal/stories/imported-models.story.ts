import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { configurator } from './configurator.ts'
import { importModel } from './import-model.ts'
import { expect, test } from './portal-fixture.ts'

const lamp = `features
    Lamp
        mandatory
            Socket
                alternative
                    E27
                    E14
        optional
            Dimmer
            Shade
                or
                    Paper
                    Glass
constraints
    Dimmer => E27
    Glass => !Dimmer
`

test('a UVL file imported in the console can be configured at once, and what it excludes is explained', async ({
  visit,
  page,
}) => {
  const name = `Lamp_${crypto.randomUUID().slice(0, 6)}`
  const path = await importModel(await visit({ as: 'product' }), { fileName: `${name}.uvl`, text: lamp.replace('Lamp', name) })
  await page.goto(path)
  const { option, choose, find, repair, standing } = configurator(page)
  await expect(page.getByText('此产品的文字尚未翻译')).toBeVisible()
  await expect(page.locator('[data-total]').first()).toHaveText('面议')
  await find('E14')
  await choose('E14')
  await find('Dimmer')
  await standing('Dimmer').toHaveAttribute('data-standing', 'excluded')
  await expect(option('Dimmer')).toContainText('E27')
  await repair('Dimmer').click()
  await standing('Dimmer').toHaveAttribute('data-standing', 'chosen')
  await find('E27')
  await standing('E27').toHaveAttribute('data-standing', /chosen|forced|standard/)
})

test('a file cut off in the middle is refused with line and remedy, and nothing is published', async ({ visit, complaints }) => {
  complaints.expect(/status of 422/)
  const editor = await visit({ as: 'product' })
  await editor.goto('/console/products')
  const before = await editor.getByRole('row').count()
  const cut = `${lamp.slice(0, lamp.indexOf('E14'))}E14 {Price`
  await editor.getByLabel('导入模型文件').setInputFiles({ name: 'cut.uvl', mimeType: 'text/plain', buffer: Buffer.from(cut) })
  const alert = editor.getByRole('alert')
  await expect(alert).toBeVisible()
  await expect(alert).toContainText(/7/) // the line
  await expect(alert.getByRole('listitem').first()).not.toBeEmpty()
  expect(await editor.getByRole('row').count()).toBe(before)

  await editor
    .getByLabel('导入模型文件')
    .setInputFiles({ name: 'cut.xml', mimeType: 'text/xml', buffer: Buffer.from('<featureModel><struct><and name="A">') })
  await expect(alert).toContainText('cut.xml')
})

const data = resolve(process.env.FETTLE_DATA ?? join(import.meta.dirname, '../../../shared/data'), 'configurator')
const published = [
  'uvl/printer.uvl',
  'uvl-numeric/Sundermann2024_Pizza.uvl',
  'uvl-numeric/bike.uvl',
  'uvl-numeric/featureide-attributed-sandwich.uvl',
  'uvl/busybox-1.18.0.uvl',
  'uvl/financialservices01.uvl',
  'xml-attributes/PcConfigurator.xml',
]

for (const file of published)
  test(`the published model ${file} can be configured in the browser at once`, async ({ visit, page }) => {
    test.skip(!existsSync(data), 'no public models at FETTLE_DATA')
    const path = await importModel(await visit({ as: 'product' }), {
      fileName: basename(file),
      text: readFileSync(join(data, file), 'utf8'),
    })
    await page.goto(path)
    const { ask } = configurator(page)
    await expect(ask).toBeVisible()
    const steps = page.locator('[data-step]')
    const open = page.locator('[data-standing=open] input').first()
    for (let at = 0; at < (await steps.count()) && !(await open.isVisible()); at++) await steps.nth(at).click()
    const id = await open.locator('xpath=ancestor::*[@data-option]').getAttribute('data-option')
    const card = page.locator(`[data-option=${JSON.stringify(id)}]`)
    await open.click()
    await expect(card).toHaveAttribute('data-standing', /chosen|forced/)
    await expect(page).toHaveURL(/[?&](c|from)=/)
  })
