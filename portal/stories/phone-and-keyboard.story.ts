import { configurator, sendInquiry } from './configurator.ts'
import { answers, expect, ownAddress, type Page, phone, test } from './portal-fixture.ts'

test('on a phone, by touch: configure, look at the summary and the lowest price, take a repair, inquire', async ({ visit }) => {
  const page = await visit(phone)
  await page.goto('/')
  await page
    .getByRole('link', { name: /VM 系列立式加工中心/ })
    .first()
    .tap()
  await page.getByRole('link', { name: '开始配置' }).first().tap()
  const { option, standing, changes, repair, ask, total, expectTotal } = configurator(page)
  await expect(ask).toBeInViewport()
  await answers(page)
  await page.locator('[data-step=spindle]').tap()
  await option('sp18_builtin').locator('label').tap()
  await standing('sp18_builtin').toHaveAttribute('data-standing', 'chosen')
  const fast = await total()
  await changes.getByRole('button', { name: '关闭' }).tap()

  await page.locator('[data-summary] [data-total]').first().tap()
  const sheet = page.getByRole('dialog')
  await expect(sheet).toContainText('未税合计')
  await expect(sheet).toContainText('含税合计')
  await expect(sheet).toBeInViewport()
  const cheapest = sheet.locator('[data-cheapest]')
  await expect(cheapest).toHaveAttribute('data-cheapest', /^\d+$/)
  const least = Number(await cheapest.getAttribute('data-cheapest'))
  expect(least).toBeLessThan(fast)
  await cheapest.getByRole('button', { name: '采用' }).tap()
  await expect(sheet).toBeHidden()
  await expectTotal(least)
  await standing('sp18_builtin').toHaveAttribute('data-standing', 'chosen')
  await changes.getByRole('button', { name: '撤销' }).tap()
  await expectTotal(fast)

  await page.locator('[data-step=base]').tap()
  await repair('ways_box').tap()
  await standing('ways_box').toHaveAttribute('data-standing', 'chosen')
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)

  await ask.tap()
  await sendInquiry(page, { email: ownAddress('phone') })
  await expect(page).toHaveURL(/\/inquiries\/[\w-]+$/)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
})

test('the summary says how many variants keep the choices made, where they can be counted', async ({ page }) => {
  await page.goto('/configure/rotary-table')
  const { option, standing } = configurator(page)
  const left = async () => {
    await page.locator('[data-summary] [data-total]').first().click()
    const variants = page.getByRole('dialog').locator('[data-variants]')
    await expect(variants).toContainText(/可行变型数[\d,]+$/, { timeout: 30_000 }) // what counts them is made for the first who asks
    const number = Number(await variants.getAttribute('data-variants'))
    await page.keyboard.press('Escape')
    return number
  }
  const all = await left()
  await option('d320').locator('label').click()
  await standing('d320').toHaveAttribute('data-standing', 'chosen')
  const fewer = await left()
  expect(all).toBeGreaterThan(1_000_000)
  expect(fewer).toBeLessThan(all)
})

test('by keyboard alone: configure and send an inquiry', async ({ page }) => {
  await page.goto('/configure/machining-centre')
  const { standing } = configurator(page)
  await tabTo(page, '[data-step=spindle]')
  await page.keyboard.press('Enter')
  await tabTo(page, '[data-group=spindle] input')
  await page.keyboard.press('ArrowDown')
  await standing('sp12_direct').toHaveAttribute('data-standing', 'chosen')
  await page.keyboard.press('Control+z')
  await standing('sp12_direct').toHaveAttribute('data-standing', 'open')
  await page.keyboard.press('Control+y')
  await standing('sp12_direct').toHaveAttribute('data-standing', 'chosen')
  await page.keyboard.press(']')
  await expect(page.locator('[aria-current=step]')).not.toHaveAttribute('data-step', 'spindle')

  await tabTo(page, 'button:text-is("获取报价")')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await tabTo(page, 'dialog input[type=email]')
  await page.keyboard.type(ownAddress('keyboard'))
  await tabTo(page, 'dialog input[type=checkbox]')
  await page.keyboard.press('Space')
  await tabTo(page, 'dialog button[type=submit]')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/inquiries\/[\w-]+$/)
})

test('in the console the keyboard finds, opens and goes', async ({ visit, page: visitor }) => {
  const email = ownAddress('console-keys')
  await visitor.goto('/configure/machining-centre')
  await configurator(visitor).ask.click()
  await sendInquiry(visitor, { email })
  await expect(visitor).toHaveURL(/\/inquiries\//)

  const page = await visit({ as: 'sales' })
  await page.goto('/console/leads')
  await expect(async () => {
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox')).toBeFocused({ timeout: 1000 })
  }).toPass()
  await page.keyboard.type(email)
  await expect(page).toHaveURL(new RegExp(`q=${email.slice(0, 8)}`))
  await expect(page.getByRole('row')).toHaveCount(2)
  await tabTo(page, 'tbody tr')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/console\/leads\/[\w-]+$/)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('产品')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/console\/products$/)
})

/** Presses Tab until this has the focus; fails where it cannot be reached. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const wanted = page.locator(selector)
  for (let presses = 0; presses < 150; presses++) {
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${selector}`)
}
