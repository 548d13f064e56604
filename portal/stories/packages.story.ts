import { expect, test } from './portal-fixture.ts'

test('a customer sees what a package would show, asks for it, sales grants what came as a lead, and it opens; a stranger sees nothing', async ({
  page,
  visit,
  complaints,
  mailTo,
}) => {
  complaints.expect(/status of (401|404)/)
  const customer = await visit({ as: 'customer' })
  const { items } = await (await customer.request.get('/api/v1/my/devices')).json()
  const { id } = (items as { id: string; serial: string }[]).find(({ serial }) => serial === '00121507')!
  await customer.goto(`/account/machines/${id}/health`)
  await expect(customer.getByRole('heading', { name: '健康与异常属于服务包“预测性维护”' })).toBeVisible()
  expect(await (await customer.request.get(`/api/v1/my/devices/${id}/health`)).json()).toMatchObject({
    open: false,
    findings: [],
  })
  await expect(customer.getByRole('heading', { name: '迄今的预警结果' })).toBeVisible()

  await customer.getByRole('link', { name: '了解并申请' }).click()
  await expect(customer.getByRole('heading', { name: '迄今的预警结果' })).toBeVisible()
  await customer.getByRole('button', { name: '申请开通' }).click()
  await customer.getByLabel('留言').fill('请尽快开通。')
  await customer.getByRole('button', { name: '提交申请' }).click()
  await expect(customer.getByText('请先同意，再提交。')).toBeVisible()
  await customer.getByRole('checkbox').last().check()
  await customer.getByRole('button', { name: '提交申请' }).click()
  await expect(customer.getByText('申请已提交')).toBeVisible()
  await customer.getByRole('link', { name: '查看询价' }).click()
  await expect(customer.getByRole('table')).toContainText('VM-1060 00121507，12 个月')

  const sales = await visit({ as: 'sales' })
  const lead = sales.getByRole('row').filter({ hasText: '预测性维护' }).filter({ hasText: '恒锐' }).first().getByRole('link')
  await expect(async () => {
    await sales.goto('/console/leads')
    await expect(lead).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 20_000 })
  await lead.click()
  await expect(sales.getByText('请尽快开通。')).toBeVisible()
  await expect(sales.getByRole('table').first()).toContainText('¥6,800')
  await sales.getByRole('link', { name: '处理这项询价' }).click()
  const row = sales.getByRole('row').filter({ hasText: '00121507' })
  await row.getByRole('button', { name: '开通' }).click()
  await sales.getByRole('dialog').getByRole('button', { name: '开通' }).click()
  await expect(row.getByRole('button', { name: '开通' })).toHaveCount(0)

  await customer.goto(`/en/account/machines/${id}/packages`)
  await expect(customer.getByText('Running')).toBeVisible()
  await customer.goto(`/en/account/machines/${id}/health`)
  await expect(customer.getByRole('heading', { name: /part of the package/ })).toHaveCount(0)
  expect(await (await customer.request.get(`/api/v1/my/devices/${id}/health`)).json()).toMatchObject({ open: true })
  expect((await mailTo('customer@example.com')).subject).toContain('预测性维护')

  await page.goto(`/account/machines/${id}/packages`)
  await expect(page).toHaveURL(/\/sign-in/)
  for (const path of [`/my/devices/${id}/packages`, '/console/entitlements', '/console/packages'])
    expect((await page.request.get(`/api/v1${path}`)).status()).toBe(401)
})
