import { ownMachinePage } from './pages.ts'
import { expect, phone, test } from './portal-fixture.ts'

test('a customer writes down maintenance, asks for service and sees how far it is; a stranger sees nothing of it', async ({
  page,
  visit,
  complaints,
}) => {
  complaints.expect(/status of (401|404|422)/)
  const customer = await visit({ as: 'customer' })
  await customer.goto('/account/maintenance')
  await expect(customer.getByRole('row').filter({ hasText: '清洗冷却液过滤器' }).first()).toContainText('已逾期')
  const machine = await ownMachinePage(customer)
  await customer.goto(`${machine}/maintenance`)

  const filter = customer.getByRole('listitem').filter({ has: customer.getByRole('heading', { name: '清洗冷却液过滤器' }) })
  await filter.first().getByRole('button', { name: '登记完成' }).click()
  await customer.getByLabel('完成人').fill('孙工')
  await customer.getByRole('button', { name: '登记', exact: true }).click()
  await expect(customer.getByRole('list', { name: '保养记录' })).toContainText('孙工')

  const sent = customer.getByRole('status').filter({ hasText: '已提交' })
  await customer.getByRole('button', { name: /^请求服务：检查主轴轴承/ }).click()
  await sent.getByRole('link', { name: '查看进展' }).click()
  await expect(customer.getByRole('heading', { level: 1 })).toContainText('服务请求 #')
  const request = new URL(customer.url()).pathname
  const id = request.split('/').at(-1)

  const service = await visit({ as: 'service' })
  await service.goto('/console/service')
  await service.getByRole('row').filter({ hasText: '已提交' }).first().getByRole('link').click()
  await service.getByLabel('写留言').fill('周三上午到。')
  await service.getByRole('button', { name: '发送' }).click()
  await expect(service.getByText('周三上午到。')).toBeVisible()
  await service.getByLabel('状态').selectOption({ label: '已预约' })
  await service.getByRole('button', { name: '保存' }).click()
  await expect(service.getByText('请填写上门时间')).toBeVisible()
  await service.getByLabel('上门时间').fill('2030-05-06T09:30')
  await service.getByRole('button', { name: '保存' }).click()
  await expect(service.getByText('已保存。')).toBeVisible()

  await customer.reload()
  await expect(customer.getByText('已预约')).toBeVisible()
  await expect(customer.getByText('周三上午到。')).toBeVisible()
  const small = await visit({ as: 'customer', ...phone })
  await small.goto(`/en${request}`)
  await expect(small.getByText('Scheduled')).toBeVisible()
  await small.getByRole('button', { name: 'Withdraw the request' }).click()
  await small.getByRole('dialog').getByRole('button', { name: 'Withdraw the request' }).click()
  await expect(small.getByText('Withdrawn')).toBeVisible()

  await page.goto(request)
  await expect(page).toHaveURL(/\/sign-in/)
  for (const path of [`/my/service-requests/${id}`, `/console/service-requests/${id}`])
    expect((await page.request.get(`/api/v1${path}`)).status()).toBe(401)
})
