import { configurator } from './configurator.ts'
import { expect, ownAddress, test } from './portal-fixture.ts'

test('without network the inquiry keeps what was typed and is sent once, when the network is back', async ({
  page,
  context,
  visit,
  complaints,
}) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|network/i)
  const email = ownAddress('offline')
  await page.goto('/configure/machining-centre')
  const { goTo, choose, ask, total, expectTotal } = configurator(page)
  await expect(page.locator('[data-ready=true]')).toBeVisible() // all that configuring needs has come
  await context.setOffline(true)
  await goTo('spindle')
  await choose('sp12_direct')
  const chosen = await total()

  await ask.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^邮箱/).fill(email)
  await dialog.getByLabel(/^留言/).fill('网络不稳定时写的留言')
  await dialog.getByRole('checkbox').check()
  const send = dialog.getByRole('button', { name: '发送询价' })
  await send.click()
  await expect(dialog.getByRole('alert')).toContainText('您填写的内容仍保留在此页面')
  await expect(dialog.getByLabel(/^留言/)).toHaveValue('网络不稳定时写的留言')
  await send.click()
  await expect(dialog.getByRole('alert')).toBeVisible()

  await context.setOffline(false)
  await expectTotal(chosen)
  await send.click()
  await expect(page).toHaveURL(/\/inquiries\/[\w-]+$/)
  await expect(page.getByText('网络不稳定时写的留言')).toBeVisible()

  const sales = await visit({ as: 'sales' })
  await sales.goto(`/console/leads?q=${email}`)
  await expect(sales.getByRole('row').filter({ hasText: 'VM 系列' })).toHaveCount(1)
})

test('an inquiry whose answer was lost on the way is not sent twice', async ({ page, visit, complaints }) => {
  complaints.expect(/ERR_FAILED|ERR_CONNECTION/)
  const email = ownAddress('lost-answer')
  let lost = 0
  await page.route('**/api/v1/inquiries', async route => {
    if (lost++ > 0) return route.continue()
    await route.fetch() // it arrives, and its answer does not
    await route.abort('connectionfailed')
  })
  await page.goto('/configure/machining-centre')
  await configurator(page).ask.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^邮箱/).fill(email)
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '发送询价' }).click()
  await expect(page).toHaveURL(/\/inquiries\/[\w-]+$/)
  expect(lost).toBe(2)
  const sales = await visit({ as: 'sales' })
  await sales.goto(`/console/leads?q=${email}`)
  await expect(sales.getByRole('row').filter({ hasText: 'VM 系列' })).toHaveCount(1)
})
