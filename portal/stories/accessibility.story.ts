import { barriers } from './accessible.ts'
import { configurator } from './configurator.ts'
import { consolePages, customerPages, draftPages, inquire, leadOf, machinePages, ownMachinePages, publicPages } from './pages.ts'
import { expect, type Page, phone, test } from './portal-fixture.ts'

test.describe.configure({ timeout: 300_000 }) // one test looks at many pages: against hanging, not for speed

/** Everything in light colours; dark ones change nothing but the colours. `npm run bench -- web` looks at all, in both languages too. */
async function check(page: Page, name: string): Promise<void> {
  expect.soft(await barriers(page), name).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect.soft(await barriers(page, 'colours'), `${name}, dark`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}

test('public pages are accessible in light and dark colours', async ({ visit, complaints }) => {
  complaints.expect(/status of 404/)
  const page = await visit()
  const { path: inquiry } = await inquire(page)
  for (const path of [...publicPages, inquiry, '/en/nothing-here']) {
    await page.goto(path)
    await check(page, path)
  }
})

test('the configurator with reasons, sheet and inquiry is accessible in light and dark colours', async ({ visit }) => {
  for (const device of [{}, phone]) {
    const page = await visit(device)
    await page.goto('/configure/machining-centre?c=sp18_builtin')
    const { repair, ask } = configurator(page)
    await expect(repair('ways_box')).toBeVisible()
    await check(page, 'an excluded option')
    await page.locator('[data-summary] [data-total]').first().click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await check(page, 'the breakdown')
    await page.keyboard.press('Escape')
    await ask.click()
    await page.getByRole('dialog').getByRole('button', { name: '发送询价' }).click()
    await check(page, 'the inquiry with errors')
  }
})

for (const [half, paths] of [
  consolePages.slice(0, consolePages.length / 2),
  consolePages.slice(consolePages.length / 2),
].entries())
  test(`lists and forms of the console are accessible in light and dark colours (${half + 1} of 2)`, async ({ visit }) => {
    const page = await visit({ as: 'admin' })
    for (const path of paths) {
      await page.goto(path)
      await check(page, path)
    }
  })

test('single things in the console are accessible in light and dark colours', async ({ visit }) => {
  const { email } = await inquire(await visit())
  const page = await visit({ as: 'admin' })
  for (const path of [await leadOf(page, email), ...(await draftPages(page)), ...(await machinePages(page)), '/account']) {
    await page.goto(path)
    await check(page, path)
  }
  await page.goto('/console/companies')
  await page.getByRole('row').nth(1).getByRole('link').click()
  await expect(page).toHaveURL(/\/companies\/[\w-]+$/)
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('客户公司')
  await check(page, 'a company')
  await page.goto('/console/mail')
  await page.getByRole('row').nth(1).getByRole('link').click()
  await check(page, 'an open mail')
})

test('pages of a customer are accessible in light and dark colours', async ({ visit }) => {
  const customer = await visit({ as: 'customer' })
  for (const path of [...customerPages, ...(await ownMachinePages(customer))]) {
    await customer.goto(path)
    await check(customer, path)
  }
})

test('an offer is accessible in light and dark colours, for sales and for the customer', async ({ visit }) => {
  const page = await visit({ as: 'sales' })
  for (const state of ['draft', 'sent']) {
    await page.goto(`/console/offers?status=${state}`)
    await page.getByRole('row').nth(1).getByRole('link').click()
    await expect(page.getByRole('heading', { name: '版本' })).toBeVisible()
    await check(page, `an offer: ${state}`)
  }
  const offer = await page.getByLabel('客户链接').first().inputValue()
  await page.goto(offer)
  await check(page, 'an offer as the customer sees it')
})
