import { ownMachinePage } from './pages.ts'
import { expect, phone, test } from './portal-fixture.ts'

test('a customer watches his machine: last readings and their course, closer and back; for others it is not there', async ({
  page,
  visit,
  complaints,
}) => {
  complaints.expect(/status of (401|404)/)
  const customer = await visit({ as: 'customer' })
  const machine = await ownMachinePage(customer)
  await customer.goto('/account/machines')
  await expect(customer.getByRole('navigation', { name: '各状态的机器数' })).toBeVisible()
  const stream = customer.waitForResponse(answer => answer.url().includes('/api/v1/my/devices/live?device=') && answer.ok())
  await customer.goto(machine)
  await stream
  await expect(customer.getByRole('heading', { level: 2, name: '状态' })).toBeVisible()
  const value = customer.locator('[data-metric="air_pressure"]')
  await expect(value).toContainText('bar', { timeout: 40_000 })
  const shown = await value.textContent()
  await expect(value).not.toHaveText(shown!, { timeout: 30_000 }) // without reading the page again
  await customer.getByRole('link', { name: '测量值', exact: true }).click()
  await expect(customer).toHaveURL(/\/readings$/)
  await expect(async () => {
    await customer.reload() // the demo's machines begin to report once the portal is up
    await expect(customer.getByText('在线')).toBeVisible({ timeout: 2000 })
    await expect(customer.getByRole('img', { name: /^主轴振动：\d+ 个时段/ })).toBeVisible({ timeout: 5000 })
  }).toPass({ timeout: 40_000 })

  const last = customer.locator('li').filter({ hasText: '气源压力' }).locator('strong')
  const before = await last.textContent()
  await expect(last).not.toHaveText(before!, { timeout: 30_000 }) // it goes on by itself

  await customer.getByRole('link', { name: '7 天' }).click()
  await expect(customer).toHaveURL(/range=week/)
  const chart = customer.getByRole('img', { name: /^主轴转速：/ })
  await expect(async () => {
    await chart.scrollIntoViewIfNeeded()
    const { x, y, width, height } = (await chart.boundingBox())! // it moves down once it is known what happened meanwhile
    await customer.mouse.move(x + width * 0.4, y + height / 2)
    await customer.mouse.down()
    await customer.mouse.move(x + width * 0.7, y + height / 2, { steps: 5 })
    await customer.mouse.up()
    await expect(customer).toHaveURL(/from=\d+&to=\d+/, { timeout: 2000 })
  }).toPass({ timeout: 30_000 })
  await customer.getByRole('button', { name: '恢复' }).click()
  await expect(customer).not.toHaveURL(/from=/)

  await customer.getByRole('link', { name: '铭牌与共享' }).click()
  await expect(customer.getByText(/^机器于 .+ 上报/).first()).toBeVisible()

  const small = await visit({ as: 'customer', ...phone })
  await small.goto(`/en${machine}/readings?range=hour`)
  await expect(small.getByRole('heading', { level: 2, name: 'Spindle vibration' })).toBeVisible()

  await page.goto(`${machine}/readings`)
  await expect(page).toHaveURL(/\/sign-in/)
  const id = machine.split('/').at(-1)
  for (const path of [`/api/v1/my/devices/${id}/metrics`, `/api/v1/console/devices/${id}/metrics`])
    expect((await page.request.get(path)).status()).toBe(401)
  const service = await visit({ as: 'service' })
  await service.goto(`/console/devices/${id}`)
  await service.getByRole('link', { name: '测量值' }).click()
  await expect(service.getByRole('img', { name: /^主轴振动：/ })).toBeVisible()
})
