import { newCustomer } from './new-customer.ts'
import { ownMachinePage } from './pages.ts'
import { expect, test } from './portal-fixture.ts'

test('a customer writes his own rule, tries it on history, lets it watch, and acknowledges what it raises; for others it is not there', async ({
  page,
  visit,
  mailTo,
  complaints,
}) => {
  complaints.expect(/status of (401|403|404)/)
  const customer = await visit({ as: 'customer' })
  const machine = await ownMachinePage(customer)
  await customer.goto(machine)
  await customer.getByRole('link', { name: '报警', exact: true }).click()
  await expect(customer.getByRole('heading', { name: '制造商的规则' })).toBeVisible()
  await expect(customer.getByText('主轴振动 大于 2.8 mm/s，持续 20 秒')).toBeVisible()

  await customer.getByRole('link', { name: '新建规则' }).click()
  const name = `气压检查 ${crypto.randomUUID().slice(0, 6)}`
  await customer.getByLabel('名称', { exact: true }).fill(name)
  await customer.getByLabel('测量项').selectOption({ label: '气源压力' })
  await customer.getByRole('button', { name: '保存草稿' }).click()
  await expect(customer.getByText('请填写数字。')).toBeVisible()
  await customer.getByLabel('数值（bar）').fill('5')
  await customer.getByRole('button', { name: '保存草稿' }).click()
  const activate = customer.getByRole('button', { name: '启用', exact: true })
  await expect(activate).toBeDisabled()
  await expect(async () => {
    await customer.getByRole('button', { name: '测试', exact: true }).click() // until the demo's machine has reported
    await expect(customer.getByText(/7 天内会报警 [\d,]+ 次/)).toBeVisible({ timeout: 5000 })
  }).toPass({ timeout: 40_000 })
  await expect(customer.getByRole('img', { name: '过去 7 天中会报警的时间' })).toBeVisible()
  await activate.click()
  await expect(customer.getByText('规则已启用，正在监视。')).toBeVisible()

  await customer.getByRole('link', { name: '返回报警' }).click()
  const alarm = customer.getByRole('table', { name: '报警' }).getByRole('link', { name })
  await expect(alarm).toBeVisible({ timeout: 60_000 }) // it comes by itself, with the next reading
  await alarm.click()
  const acknowledge = customer.getByRole('button', { name: '确认收到' })
  await expect(acknowledge).toBeVisible()
  await expect(customer.getByText('待确认')).toBeVisible()
  await acknowledge.click()
  await expect(customer.getByText('已确认，仍存在')).toBeVisible()
  await customer.getByLabel('备注').fill('压力正常，规则太严')
  await customer.getByRole('button', { name: '添加备注' }).click()
  await expect(customer.getByText('压力正常，规则太严')).toBeVisible()
  await customer.getByRole('button', { name: '没有故障' }).click()
  await expect(customer.getByRole('definition').filter({ hasText: '没有故障' })).toBeVisible()
  const address = new URL(customer.url()).pathname
  const id = address.split('/').at(-1)

  const service = await visit({ as: 'service' })
  await service.goto(`/console/alarms?q=${encodeURIComponent(name)}`)
  await service.getByRole('link', { name }).click()
  await expect(service.getByText('压力正常，规则太严')).toBeVisible()
  await expect(service.getByText('客户').first()).toBeVisible()

  await page.goto(address)
  await expect(page).toHaveURL(/\/sign-in/)
  expect((await page.request.get(`/api/v1/alarms/${id}`)).status()).toBe(401)
  const stranger = await visit()
  await newCustomer({ page: stranger, mailTo }, 'alarm-stranger')
  expect((await stranger.request.get(`/api/v1/alarms/${id}`)).status()).toBe(404)
  expect((await (await stranger.request.get('/api/v1/alarms')).json()).items).toEqual([])
  await stranger.goto(address)
  await expect(stranger.getByText(name)).toHaveCount(0)

  await customer.goto(`${machine}/alarms`)
  await customer.getByRole('link', { name }).last().click()
  await customer.getByRole('button', { name: '删除', exact: true }).click()
  await customer.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await expect(customer).toHaveURL(/\/alarms$/)
  await expect(customer.getByRole('list', { name: '我们的规则' }).getByText(name)).toHaveCount(0)
})
