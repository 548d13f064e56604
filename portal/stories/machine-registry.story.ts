import { readFileSync } from 'node:fs'
import { newCustomer } from './new-customer.ts'
import { expect, phone, test } from './portal-fixture.ts'
import { readPdf, readQr } from './read-pdf.ts'

test('staff registers a machine and prints its label; a customer claims it on his phone, shares no data, and hands it over', async ({
  page,
  visit,
  mailTo,
  complaints,
}) => {
  complaints.expect(/status of (404|422)/)
  const serial = `M-${crypto.randomUUID().slice(0, 8).toUpperCase()}`
  const service = await visit({ as: 'service' })
  await service.goto('/console/devices')
  await service.getByRole('link', { name: '登记机器' }).click()
  await service.getByRole('button', { name: '登记', exact: true }).click()
  await expect(service.getByText('缺少出厂编号。')).toBeVisible()
  await service.getByLabel('出厂编号').fill(serial)
  await service.getByLabel('型号', { exact: true }).fill('VM-850')
  await service.getByRole('button', { name: '登记', exact: true }).click()
  await expect(service.getByRole('heading', { level: 1, name: `VM-850 ${serial}` })).toBeVisible()
  await expect(service.getByLabel('机型')).toContainText('VM 系列立式加工中心')
  const id = new URL(service.url()).pathname.split('/').at(-1)!

  await service.getByRole('button', { name: '签发认领码' }).click()
  const label = new URL((await service.locator('[data-claim-address]').textContent())!)
  const [download] = await Promise.all([
    service.waitForEvent('download'),
    service.getByRole('link', { name: /下载标签/ }).click(),
  ])
  const pdf = readFileSync(await download.path())
  expect(readPdf(pdf)).toMatchObject({ pages: 1, text: expect.stringContaining(serial) })
  const scanned = new URL(readQr(pdf))
  expect(scanned.href).toBe(label.href)

  await page.goto(label.pathname)
  await expect(page.getByText('请先登录，再认领这台机器。')).toBeVisible()
  await newCustomer({ page, mailTo }, 'machine')
  await expect(page.getByText('您正要认领一台机器')).toBeVisible()

  const owner = await visit({ as: 'customer', ...phone })
  await owner.goto(scanned.pathname)
  await expect(owner.getByText(serial)).toBeVisible()
  await owner.getByRole('button', { name: '确认认领' }).click()
  await expect(owner.getByRole('heading', { level: 1, name: `VM-850 ${serial}` })).toBeVisible()
  const watching = owner.getByRole('list', { name: '谁能看到这台机器的数据' })
  await expect(watching.getByText('周建国')).toBeVisible()
  const sharing = owner.getByLabel('与制造商共享数据')
  await sharing.uncheck()
  await expect(watching.getByText(/起未共享/)).toBeVisible()
  await service.reload()
  await expect(service.getByText(/所有者自 .+ 起不与制造商共享数据/)).toBeVisible()

  // for somebody else it is not there, by no path
  await page.getByRole('link', { name: '继续认领' }).click()
  await expect(page.getByText('这个码不能使用')).toBeVisible()
  const machine = `/account/machines/${id}`
  expect((await page.goto(machine))?.status()).toBe(404)
  expect((await page.request.get(`/api/v1/my/devices/${id}`)).status()).toBe(404)
  await page.goto('/account/machines')
  await expect(page.getByText('还没有登记的机器')).toBeVisible()

  await owner.getByRole('button', { name: '转让这台机器' }).click()
  await owner.getByRole('dialog').getByRole('button', { name: '生成转让码' }).click()
  const handed = new URL((await owner.locator('[data-claim-address]').textContent())!)
  await page.goto(handed.pathname)
  await expect(page.getByText('由 苏州恒锐精密机械有限公司 提供。')).toBeVisible()
  await page.getByRole('button', { name: '确认接受' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `VM-850 ${serial}` })).toBeVisible()
  await expect(page.getByLabel('与制造商共享数据')).toBeChecked()
  expect((await owner.goto(machine))?.status()).toBe(404)
})
