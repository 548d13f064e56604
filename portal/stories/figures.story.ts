import { configurator, sendInquiry } from './configurator.ts'
import { leadOf } from './pages.ts'
import { expect, ownAddress, type Page, test, userAgent } from './portal-fixture.ts'

test('a visitor comes by a campaign, configures and asks; sales answers; the owner sees it, and what was before', async ({
  visit,
  complaints,
}) => {
  complaints.expect(/status of 429/) // other stories come from the same address
  const campaign = `fair ${crypto.randomUUID().slice(0, 6).replace(/\d/g, 'x')}`
  const email = ownAddress('figures')

  await test.step('the visitor begins on a page that is kept and has no other scripts', async () => {
    const visitor = await visit({ userAgent })
    await visitor.goto(`/?utm_source=${encodeURIComponent(campaign)}`)
    await visitor.goto('/configure/machining-centre')
    const { choose, find, ask } = configurator(visitor)
    await find('sp12_direct')
    await choose('sp12_direct')
    await ask.click()
    await sendInquiry(visitor, { email })
    await expect(visitor).toHaveURL(/\/inquiries\/[\w-]+$/)
  })

  await test.step('sales answers', async () => {
    const sales = await visit({ as: 'sales' })
    await sales.goto(await leadOf(sales, email))
    await sales.getByRole('group', { name: '更改状态为' }).getByRole('button', { name: '已联系' }).click()
    await expect(sales.getByText('将状态改为“已联系”')).toBeVisible()
  })

  const admin = await visit({ as: 'admin' })
  await test.step('the owner finds the campaign with its visit, configuration and inquiry, and says what a visit is', async () => {
    const row = admin.getByRole('table', { name: '来源', exact: true }).getByRole('row').filter({ hasText: campaign })
    await expect(async () => {
      await admin.goto('/console/figures?period=week')
      await expect(row).toHaveText(`活动“${campaign}”11100`, { timeout: 1000 })
    }).toPass({ timeout: 20_000 })
    await expect(admin.getByText(/^演示数据/)).toBeVisible()
    await admin.getByText('已答复', { exact: true }).first().click()
    await expect(admin.getByText(/询价首次得到答复/)).toBeVisible()
  })

  await test.step('period and product live in the address', async () => {
    await admin.locator('select[name=product]').selectOption({ index: 1 })
    await expect(admin).toHaveURL(/period=week.*product=machining-centre/)
    await admin.getByRole('link', { name: '季度' }).click()
    await expect(admin).toHaveURL(/period=quarter.*product=machining-centre|product=machining-centre.*period=quarter/)
    await admin.goto('/console/figures')
  })

  await test.step('the inquiry has an amount', async () => {
    await expect(admin.getByRole('table', { name: '各来源金额' }).getByRole('row').filter({ hasText: campaign })).toContainText(
      '¥',
    )
    await admin.getByText('询价金额', { exact: true }).first().click()
    await expect(admin.getByText(/配置总价（询价时的价格，未税）之和/)).toBeVisible()
  })

  await test.step('the figures from before stand beside them, and the mail of last week comes', async () => {
    await admin.getByText('填写使用门户之前一个普通月份的数字').click()
    await fillBefore(admin, '很多')
    await expect(admin.getByText('请填写 0 或以上的整数，或留空。')).toBeVisible()
    await fillBefore(admin, '4321')
    await expect(admin.getByText('来源：ERP 2024')).toBeVisible()
    await admin.getByRole('button', { name: '现在发一封看看' }).click()
    await expect(admin.getByText('已发出，请查收。')).toBeVisible()
  })
})

async function fillBefore(page: Page, visits: string): Promise<void> {
  await page.getByLabel('访问（每月）').fill(visits)
  await page.getByLabel('数字从何而来').fill('ERP 2024')
  await page.locator('#before').getByRole('button', { name: '保存' }).click()
}
