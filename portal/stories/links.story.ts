import { configurator } from './configurator.ts'
import { drillStand } from './drill-stand.ts'
import { importModel } from './import-model.ts'
import { expect, test } from './portal-fixture.ts'

test('the link of a configuration opened in another browser restores it exactly; reload and the other language keep it', async ({
  page,
  visit,
}) => {
  await page.goto('/configure/machining-centre')
  const mine = configurator(page)
  await mine.goTo('spindle')
  await mine.choose('sp12_direct')
  await mine.goTo('coolant')
  await mine.choose('cts70')
  await expect(page).toHaveURL(/[?&]c=[^&]*cts70/)
  const wanted = await mine.state()

  const other = await visit()
  await other.goto(page.url())
  const theirs = configurator(other)
  await theirs.expectTotal(Number(wanted.total))
  await theirs.goTo('coolant')
  expect(await theirs.state()).toEqual(wanted)
  await theirs.goTo('spindle')
  await theirs.standing('sp12_direct').toHaveAttribute('data-standing', 'chosen')

  await page.reload()
  await mine.expectTotal(Number(wanted.total))
  await page.getByRole('link', { name: 'English' }).first().click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await mine.expectTotal(Number(wanted.total))
  await mine.goTo('coolant')
  expect(await mine.state()).toEqual(wanted)
})

test('what a visitor presses before the scripts have come is chosen once they have', async ({ page, baseURL }) => {
  const { promise: scriptsMayCome, resolve: comeNow } = Promise.withResolvers<void>()
  await page.route(/\.js$/, async route => {
    await scriptsMayCome
    await route.continue()
  })
  // The page's own goto waits until it answers, which it cannot yet.
  await page.evaluate(address => location.assign(address), new URL('/configure/machining-centre', baseURL).href)
  const { option, standing } = configurator(page)
  const open = page.locator('[data-standing=open]:has(input[type=radio])').first()
  const id = (await open.getAttribute('data-option'))!
  await option(id).locator('input').check({ force: true })
  comeNow()
  await standing(id).toHaveAttribute('data-standing', 'chosen')
})

test('a visitor who comes back without the link finds his last configuration', async ({ page }) => {
  await page.goto('/configure/machining-centre')
  const { goTo, choose, total, expectTotal } = configurator(page)
  const standard = await total()
  await goTo('spindle')
  await choose('sp12_direct')
  const chosen = await total()
  await expect(page).toHaveURL(/sp12_direct/)
  await page.goto('/configure/machining-centre')
  await expectTotal(standard)
  await page.getByRole('button', { name: '继续上次配置' }).click()
  await expectTotal(chosen)
})

test('a saved configuration has a page of its own, which leads back to it', async ({ page, visit }) => {
  await page.goto('/configure/machining-centre')
  const { goTo, choose, save, total } = configurator(page)
  await goTo('spindle')
  await choose('sp12_direct')
  const chosen = await total()
  await save.click()
  await expect(page).toHaveURL(/\/c\/[\w-]+$/)

  const other = await visit()
  await other.goto(page.url())
  await expect(other.getByRole('heading', { level: 1 })).toContainText('VM 系列立式加工中心')
  await other.getByRole('link', { name: '继续修改此配置' }).click()
  await configurator(other).expectTotal(chosen)
})

test('a link of a replaced model version says so and carries over what still fits', async ({ page, visit }) => {
  const editor = await visit({ as: 'product' })
  const stand = drillStand('replaced')
  const path = await importModel(editor, stand)
  await page.goto(path)
  const { goTo, choose, standing } = configurator(page)
  await choose('motor_3kw')
  await goTo('table')
  await choose('table_cross')
  await expect(page).toHaveURL(/table_cross/)

  const [motor, supply, table] = stand.groups
  await importModel(editor, {
    ...stand,
    version: '2.0.0',
    groups: [motor!, supply!, { ...table!, options: table!.options.filter(({ id }) => id !== 'table_cross') }],
  })
  const other = await visit()
  await other.goto(page.url())
  await expect(other.getByText('此链接对应的产品版本 1.0.0 已停用，您的选择已转到当前版本 2.0.0。')).toBeVisible()
  await expect(other.getByText('与原配置最接近的可行配置有以下不同：')).toBeVisible()
  await expect(other.getByRole('listitem').filter({ hasText: '“十字工作台”已不再提供' })).toBeVisible()
  await configurator(other).find('motor_3kw')
  await configurator(other).standing('motor_3kw').toHaveAttribute('data-standing', 'chosen')
  await standing('table_cross').toHaveAttribute('data-standing', 'chosen')
})

test('a link that cannot be read opens the standard configuration and says so', async ({ page }) => {
  await page.goto('/configure/machining-centre?c=%3Cscript%3E')
  await expect(page.getByText('链接中的配置无法读取，已从标准配置开始。')).toBeVisible()
  expect(await configurator(page).total()).toBeGreaterThan(0)
})
