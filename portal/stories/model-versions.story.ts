import { readFile } from 'node:fs/promises'
import { configurator } from './configurator.ts'
import { importDraft, publishDraft } from './import-model.ts'
import { expect, test } from './portal-fixture.ts'

const both = (chinese: string, en = chinese) => ({ 'zh-CN': chinese, en })

/** A stand of its own for each run: two motors, two supplies, ¥1,000 as standard. */
function standOf(id: string, amount: number, change: object = {}) {
  return {
    format: 'fettle-model/1',
    id,
    version: amount === 80_000 ? '1.0.0' : '1.1.0',
    name: both(`试验台 ${id}`, `Test stand ${id}`),
    currency: 'CNY',
    attributes: [],
    groups: [
      choice('motor', both('电机', 'Motor'), [
        ['motor_1kw', both('1 kW 电机', '1 kW motor')],
        ['motor_3kw', both('3 kW 电机', '3 kW motor')],
      ]),
      choice('supply', both('电源', 'Supply'), [
        ['supply_2kw', both('2 kW 电源', '2 kW supply')],
        ['supply_5kw', both('5 kW 电源', '5 kW supply')],
      ]),
    ],
    constraints: [
      {
        id: 'enough_power',
        kind: 'requires',
        if: 'motor_3kw',
        then: 'supply_5kw',
        message: both('3 kW 电机需要 5 kW 电源。', 'The 3 kW motor needs the 5 kW supply.'),
      },
    ],
    prices: [
      { id: 'base', kind: 'base', name: both('基础价格', 'Base price'), amount },
      { id: 'parts', kind: 'options', amounts: { motor_1kw: 10_000, motor_3kw: 40_000, supply_2kw: 10_000, supply_5kw: 25_000 } },
    ],
    ...change,
  }
}

const choice = (id: string, name: object, options: [id: string, name: object][]) => ({
  id,
  kind: 'choose-one',
  name,
  options: options.map(([id, name]) => ({ id, name })),
})

test('a changed model is imported as a draft, seen, previewed and published; a contradiction stops with its rules', async ({
  visit,
  page,
  complaints,
}) => {
  complaints.expect(/status of 422/)
  complaints.expect(/status of 404/)
  const id = `stand-${crypto.randomUUID().slice(0, 6)}`
  const editor = await visit({ as: 'product' })
  await importDraft(editor, standOf(id, 80_000))
  await publishDraft(editor, 'First version')
  const productPage = new URL(editor.url()).pathname
  await page.goto(`/configure/${id}`)
  await configurator(page).expectTotal(100_000)

  // the next version: dearer, and without the strong motor
  const noStrong = { id: 'no_strong', kind: 'formula', formula: '!motor_3kw', message: both('3 kW 电机已停产。') }
  const next = standOf(id, 85_000)
  await importDraft(editor, { ...next, constraints: [...next.constraints, noStrong] })
  await expect(editor).toHaveURL(productPage)
  const draft = editor.getByRole('region', { name: /^草稿：/ })
  await expect(draft).toContainText('“3 kW 电机”无论如何都选不到：3 kW 电机已停产')
  await expect(draft).toContainText('¥800 → ¥850')
  await expect(draft).toContainText('¥1,000 → ¥1,050')
  await page.reload()
  await configurator(page).expectTotal(100_000)

  await draft.getByRole('link', { name: '预览' }).click()
  await expect(editor.getByRole('heading', { level: 1 })).toContainText('预览：')
  await configurator(editor).expectTotal(105_000)
  await expect(configurator(editor).ask).toHaveCount(0)
  const preview = editor.url()
  expect((await page.goto(preview))!.status()).toBe(404)

  await editor.getByRole('link', { name: '返回产品' }).click()
  await publishDraft(editor, 'The strong motor is no longer made')
  await expect(editor.getByText('The strong motor is no longer made')).toBeVisible()
  await page.goto(`/configure/${id}`)
  await configurator(page).expectTotal(105_000)

  await editor.getByRole('button', { name: '其他格式' }).first().click()
  const others = editor.getByRole('dialog')
  const [saved] = await Promise.all([
    editor.waitForEvent('download'),
    others.getByRole('button', { name: 'UVL', exact: true }).click(),
  ])
  expect(saved.suggestedFilename()).toBe(`${id}-1.1.0.uvl`)
  expect(await readFile(await saved.path(), 'utf8')).toContain('motor_3kw')
  await expect(others.getByRole('status')).toContainText('该格式无法表达')
  await expect(others.getByRole('status')).toContainText('选项单价以外的价格规则')
  await others.getByRole('button', { name: '关闭' }).click()

  const impossible = [
    { id: 'needs_strong', kind: 'formula', formula: 'motor_3kw' },
    { id: 'small_supply', kind: 'formula', formula: 'supply_2kw' },
  ]
  const wrong = { ...next, constraints: [...next.constraints, ...impossible] }
  const file = { name: 'wrong.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(wrong)) }
  await editor.getByLabel('导入此产品的新版本').setInputFiles(file)
  await expect(editor.getByRole('alert')).toContainText('没有任何选择能同时满足这些规则')
  for (const rule of ['enough_power', 'needs_strong', 'small_supply']) await expect(editor.getByRole('alert')).toContainText(rule)
})

test('a link to a replaced version offers to keep the configuration as it was, and says what is no longer there', async ({
  visit,
  page,
}) => {
  const id = `moved-${crypto.randomUUID().slice(0, 6)}`
  const editor = await visit({ as: 'product' })
  const standard = (supply: string) => ({ defaults: [{ option: supply, chosen: true }] })
  await importDraft(editor, standOf(id, 80_000, standard('supply_5kw')))
  await publishDraft(editor, 'First version')
  const mill = configurator(page)
  await page.goto(`/configure/${id}`)
  await mill.choose('motor_3kw')
  await mill.find('motor_1kw')
  await mill.choose('motor_1kw')
  await mill.expectTotal(115_000)
  await expect(page).toHaveURL(/c=motor_1kw/)
  const link = page.url()

  // another standard: what the visitor left open would come out otherwise
  await importDraft(editor, standOf(id, 85_000, standard('supply_2kw')))
  await publishDraft(editor, 'A smaller supply as standard')
  await page.goto(link)
  const arrival = page.locator('[data-arrival]')
  await expect(arrival).toContainText('标准配置已有变化；您的配置仍可原样保留。')
  await mill.expectTotal(105_000)
  await arrival.getByRole('button', { name: '原样保留' }).click()
  await mill.expectTotal(120_000)
  await expect(arrival).toHaveCount(0)

  // and without the motor
  const { groups, ...rest } = standOf(id, 85_000, { version: '2.0.0', prices: [] })
  const [motors, supplies] = groups
  await importDraft(editor, { ...rest, groups: [{ ...motors, options: motors!.options.slice(1) }, supplies] })
  await publishDraft(editor, 'One motor only')
  await page.goto(link)
  await expect(arrival).toContainText('“1 kW 电机”已不再提供')
  await expect(arrival).not.toContainText('motor_1kw')
  await expect(arrival).toContainText('加入“3 kW 电机”')
})
