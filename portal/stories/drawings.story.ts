import type { Locator } from '@playwright/test'
import { configurator } from './configurator.ts'
import { answers, expect, test } from './portal-fixture.ts'

const lines = (drawing: Locator) => drawing.locator('path').count()

test('the machine that the page came with stays on its stage when the page comes alive, and follows every choice', async ({
  page,
}) => {
  await page.goto('/configure/machining-centre')
  const { drawing, option, goTo, choose, undo } = configurator(page)
  await answers(page)
  await expect(option('vm850').locator('svg')).toBeVisible()
  expect(await lines(drawing)).toBeGreaterThan(100)
  const standard = await drawing.innerHTML()

  await option('ways_roller').hover()
  await expect.poll(() => drawing.innerHTML()).not.toBe(standard)
  await page.mouse.move(0, 0)
  await expect.poll(() => drawing.innerHTML()).toBe(standard)

  await goTo('table')
  await choose('rot255')
  await expect(drawing.locator('[data-part=rot255]')).not.toHaveCount(0)
  await undo.click()
  await expect.poll(() => drawing.innerHTML()).toBe(standard)
})

test('a product that was navigated to is drawn, and the pictures of the home page stay', async ({ page }) => {
  await page.goto('/')
  await answers(page)
  await expect(page.locator('main svg path')).not.toHaveCount(0)
  await page
    .getByRole('link', { name: /VM 系列立式加工中心/ })
    .first()
    .click()
  await page.getByRole('link', { name: '开始配置' }).first().click()
  await expect.poll(() => lines(configurator(page).drawing)).toBeGreaterThan(100)
})

test('the configurator ends where its page ends', async ({ page }) => {
  await page.goto('/configure/machining-centre')
  await answers(page)
  const below = await page.evaluate(() => {
    const end = document.querySelector('footer')!.getBoundingClientRect().bottom + scrollY
    return document.documentElement.scrollHeight - end
  })
  expect(below).toBeLessThan(1)
})
