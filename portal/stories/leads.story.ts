import { configurator } from './configurator.ts'
import { inquire, leadOf } from './pages.ts'
import { expect, test } from './portal-fixture.ts'

test('what one colleague does with a lead, another one sees without loading the page again', async ({ page, visit }) => {
  const { email } = await inquire(page)
  const [sales, admin] = [await visit({ as: 'sales' }), await visit({ as: 'admin' })]
  const lead = await leadOf(sales, email)
  await sales.goto(lead)
  await admin.goto(lead)
  await admin.getByRole('group', { name: '更改状态为' }).getByRole('button', { name: '已确认需求' }).click()
  await expect(sales.getByText('管理员 将状态改为“已确认需求”')).toBeVisible()
  await sales.getByRole('button', { name: '由我负责' }).click()
  await expect(admin.getByLabel('负责人').locator('option:checked')).toHaveText('李销售')
  await sales.getByRole('tab', { name: '内部备注' }).click()
  await sales.getByLabel('内部备注').fill('客户周五上午有空')
  await sales.keyboard.press('Control+Enter')
  await expect(admin.getByText('客户周五上午有空')).toBeVisible()
})

test('sales adapts what a customer sent, and he finds it on the page of his inquiry', async ({ page, visit }) => {
  const { email } = await inquire(page)
  const own = page.url()
  const sales = await visit({ as: 'sales' })
  await sales.goto(await leadOf(sales, email))
  await sales.getByRole('link', { name: '代客户调整' }).click()
  const room = configurator(sales)
  await expect(room.ask).toHaveCount(0)
  const before = await room.total()
  await sales.locator('[data-standing=open] input:not(:disabled)').first().check({ force: true })
  await expect.poll(room.total).not.toBe(before)
  await sales.getByRole('button', { name: '用于线索' }).click()
  const returning = sales.getByRole('region', { name: '把新的配置交还客户' })
  await returning.getByLabel('给客户的说明').fill('This suits your parts better.')
  await returning.getByRole('button', { name: '交还客户' }).click()
  await expect(sales.getByText('李销售 交还了新的配置')).toBeVisible()
  await expect(returning).toHaveCount(0)

  await page.goto(own)
  await expect(page.getByText('This suits your parts better.')).toBeVisible()
  await page.getByRole('link', { name: 'The configuration you sent' }).click()
  await expect(page).toHaveURL(/\/c\/[\w-]+$/)
})

test('a visitor who would rather talk asks for a call with his number alone, and sales is told when', async ({ page, visit }) => {
  await page.goto('/products/rotary-table')
  await page.getByRole('link', { name: '请我们给您回电' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('请给我回电').locator('option:checked')).toHaveText('工作时间内均可')
  await dialog.getByLabel('请给我回电').selectOption('上午')
  await dialog.getByRole('button', { name: '发送询价' }).click()
  await expect(dialog.getByText('请填写邮箱或电话，其中一项即可。')).toBeVisible()
  const number = `138${String(Math.random()).slice(2, 10)}`
  await dialog.getByLabel(/^电话/).fill(number)
  await dialog.getByRole('button', { name: '发送询价' }).click()
  await expect(dialog.getByText('请勾选同意，我们才能与您联系。')).toBeVisible()
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '发送询价' }).click()
  await expect(page).toHaveURL(/\/inquiries\/[\w-]+$/)
  await expect(page.getByText('（上午）致电')).toBeVisible()
  await expect(page.getByText(number)).toHaveCount(0) // the link may be passed on

  const sales = await visit({ as: 'sales' })
  await sales.goto(await leadOf(sales, number))
  await expect(sales.getByText('上午', { exact: true })).toBeVisible()
  await sales.getByRole('tab', { name: '邮件答复' }).click()
  await expect(sales.getByText('该联系人未留下邮箱，请电话联系，并在备注中记录。')).toBeVisible()
})
