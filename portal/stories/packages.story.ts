import { readFileSync } from 'node:fs'
import { newCustomer } from './new-customer.ts'
import { expect, type Page, test } from './portal-fixture.ts'
import { readPdf } from './read-pdf.ts'
import { soldMachine } from './sold-machine.ts'

test('a customer sees what a package would show, asks for it, sales grants what came as a lead, it opens and is renewed; a stranger sees nothing', async ({
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

  await customer.goto(`/account/machines/${id}/packages`)
  await customer.getByRole('button', { name: '申请续订' }).click()
  await customer.getByRole('checkbox').last().check()
  await customer.getByRole('button', { name: '提交申请' }).click()
  await expect(customer.getByText('申请已提交')).toBeVisible()
  await grant(sales, '00121507')
  await customer.reload()
  await expect(customer.getByText('续订 ·')).toBeVisible()
  await expect(customer.getByText('已开通，尚未开始')).toBeVisible() // it begins where the term before ends

  await page.goto(`/account/machines/${id}/packages`)
  await expect(page).toHaveURL(/\/sign-in/)
  for (const path of [`/my/devices/${id}/packages`, '/console/entitlements', '/console/packages'])
    expect((await page.request.get(`/api/v1${path}`)).status()).toBe(401)
})

test('a new owner tries the package once, reads his report as a page and on paper, and buys it', async ({
  page: owner,
  visit,
  mailTo,
}) => {
  const { id, serial, label } = await soldMachine(await visit({ as: 'service' }), await visit({ as: 'admin' }))
  await newCustomer({ page: owner, mailTo }, 'trial')
  await owner.goto(label)
  await owner.getByRole('button', { name: '确认认领' }).click()
  await expect(owner.getByRole('heading', { level: 1, name: `VM-850 ${serial}` })).toBeVisible()
  const machine = `/account/machines/${id}`
  await owner.goto('/account/reports')
  await expect(owner.getByText(serial)).toHaveCount(0)

  await owner.goto(`${machine}/packages`)
  await owner.getByRole('button', { name: '免费试用 30 天' }).click()
  await expect(owner.getByText('试用已开始。')).toBeVisible()
  await expect(owner.getByText('试用 ·')).toBeVisible()
  await expect(owner.getByRole('button', { name: '免费试用 30 天' })).toHaveCount(0) // once
  await owner.goto(`${machine}/outlook`)
  await expect(owner.getByRole('heading', { name: /属于服务包/ })).toHaveCount(0)

  await owner.goto('/account/reports')
  await owner.getByRole('table', { name: '健康月报' }).getByRole('link').first().click()
  await expect(owner.getByRole('heading', { name: `VM-850 ${serial}` })).toBeVisible()
  const [download] = await Promise.all([owner.waitForEvent('download'), owner.getByRole('link', { name: '下载 PDF' }).click()])
  expect(readPdf(readFileSync(await download.path())).text).toContain(serial)

  await owner.goto(`${machine}/packages`)
  await owner.getByRole('button', { name: '申请开通' }).click()
  await owner.getByRole('checkbox').last().check()
  await owner.getByRole('button', { name: '提交申请' }).click()
  await expect(owner.getByText('申请已提交')).toBeVisible()
  await grant(await visit({ as: 'sales' }), serial)
  await owner.reload()
  await expect(owner.getByText('已开通，尚未开始')).toBeVisible() // no day of the trial is lost
})

async function grant(sales: Page, serial: string): Promise<void> {
  await sales.goto('/console/entitlements?stage=waiting')
  const row = sales.getByRole('row').filter({ hasText: serial })
  await row.getByRole('button', { name: '开通' }).click()
  await sales.getByRole('dialog').getByRole('button', { name: '开通' }).click()
  await expect(row).toHaveCount(0)
}
