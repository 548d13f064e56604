import { type FailingMachine, runFailingMachine } from './failing-machine.ts'
import { newCustomer } from './new-customer.ts'
import { expect, type Page, test } from './portal-fixture.ts'
import { soldMachine } from './sold-machine.ts'

test.describe.configure({ timeout: 240_000 }) // a bearing wears out meanwhile

let machine: FailingMachine | undefined
test.afterEach(() => machine?.stop())

test('a customer claims his machine, is warned before its bearing fails, buys the package and has it seen to; a stranger sees nothing of it, and a sale cuts cleanly', async ({
  page: owner,
  visit,
  mailTo,
  complaints,
}) => {
  complaints.expect(/status of (401|403|404)/)
  const { id, serial, token, label, url } = await soldMachine(await visit({ as: 'service' }), await visit({ as: 'admin' }))
  await newCustomer({ page: owner, mailTo }, 'owner')
  const stranger = await visit()
  await newCustomer({ page: stranger, mailTo }, 'onlooker')

  await owner.goto(label)
  await owner.getByRole('button', { name: '确认认领' }).click()
  await expect(owner.getByRole('heading', { level: 1, name: `VM-850 ${serial}` })).toBeVisible()
  const path = `/account/machines/${id}`

  machine = await runFailingMachine({ url, deviceId: id, token })
  await owner.goto(path)
  const vibration = owner.locator('[data-metric="spindle_vibration"]')
  await expect(vibration).toContainText('mm/s', { timeout: 30_000 })
  const shown = await vibration.textContent()
  await expect(vibration).not.toHaveText(shown!, { timeout: 30_000 }) // by itself

  await owner.goto(`${path}/alarms`)
  await owner.getByRole('link', { name: '新建规则' }).click()
  await owner.getByLabel('名称', { exact: true }).fill('气压检查')
  await owner.getByLabel('测量项').selectOption({ label: '气源压力' })
  await owner.getByLabel('数值（bar）').fill('5')
  await owner.getByRole('button', { name: '保存草稿' }).click()
  await owner.getByRole('button', { name: '测试', exact: true }).click()
  await expect(owner.getByText(/7 天内会报警 [\d,]+ 次/)).toBeVisible()
  await owner.getByRole('button', { name: '启用', exact: true }).click()
  await owner.getByRole('link', { name: '返回报警' }).click()
  const alarms = owner.getByRole('table', { name: '报警' })
  await expect(alarms.getByRole('link', { name: '气压检查' })).toBeVisible({ timeout: 60_000 })

  await expect(alarms.getByRole('link', { name: '主轴振动偏大' })).toBeVisible({ timeout: 90_000 })
  expect(machine.vibration(), 'it has not failed yet').toBeLessThan(6)
  await alarms.getByRole('link', { name: '主轴振动偏大' }).click()
  await expect(owner.getByText('更换刀柄再测')).toBeVisible()
  const alarm = new URL(owner.url()).pathname

  await owner.goto(`${path}/maintenance`)
  await expect(owner.getByRole('button', { name: '请求建议的服务' })).toHaveCount(0) // advice is part of the package
  await owner.getByRole('link', { name: '了解并申请' }).click()
  await owner.getByRole('button', { name: '申请开通' }).click()
  await owner.getByRole('checkbox').last().check()
  await owner.getByRole('button', { name: '提交申请' }).click()
  await expect(owner.getByText('申请已提交')).toBeVisible()
  await grantPackage(await visit({ as: 'sales' }), serial)
  await owner.goto(`${path}/maintenance`)
  await owner.getByRole('button', { name: '请求建议的服务' }).click()
  await owner.getByRole('status').filter({ hasText: '已提交' }).getByRole('link', { name: '查看进展' }).click()
  await expect(owner.getByRole('heading', { level: 1 })).toContainText('服务请求 #')
  const request = new URL(owner.url()).pathname

  await seesNothing(stranger, [path, `${path}/readings`, alarm, request])
  for (const api of [
    `/my/devices/${id}`,
    `/my/devices/live?device=${id}`,
    `/my/devices/${id}/metrics`,
    `/my/devices/${id}/maintenance`,
    `/console/devices/${id}`,
    `/console/devices/${id}/metrics`,
  ])
    expect([403, 404], api).toContain((await stranger.request.get(`/api/v1${api}`)).status())
  expect(await reported(stranger, id)).toBeNull()

  await owner.goto(`${path}/nameplate`)
  await owner.getByRole('button', { name: '转让这台机器' }).click()
  await owner.getByRole('dialog').getByRole('button', { name: '生成转让码' }).click()
  const handed = new URL((await owner.locator('[data-claim-address]').textContent())!).pathname
  await stranger.goto(handed)
  await stranger.getByRole('button', { name: '确认接受' }).click()
  await expect(stranger.getByRole('heading', { level: 1, name: `VM-850 ${serial}` })).toBeVisible()
  const sold = (await reported(owner, id))!.last // his own time stays his, and ends here
  await stranger.goto(`${path}/alarms`)
  await expect(stranger.getByRole('heading', { name: '制造商的规则' })).toBeVisible()
  await expect(stranger.getByText('气压检查')).toHaveCount(0) // neither his rule nor what it raised
  await seesNothing(stranger, [alarm, request])
  await seesNothing(owner, [path, `${path}/maintenance`])
  await expect.poll(async () => (await reported(stranger, id))?.last ?? 0).toBeGreaterThan(sold + 5000) // it goes on
  expect((await reported(stranger, id))!.first).toBeGreaterThanOrEqual(sold)
  expect((await reported(owner, id))!.last).toBeLessThan(sold + 3000) // what was on its way then, too
})

async function grantPackage(sales: Page, serial: string): Promise<void> {
  await sales.goto('/console/entitlements')
  const row = sales.getByRole('row').filter({ hasText: serial })
  await row.getByRole('button', { name: '开通' }).click()
  await sales.getByRole('dialog').getByRole('button', { name: '开通' }).click()
  await expect(row.getByRole('button', { name: '开通' })).toHaveCount(0)
}

async function seesNothing(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) expect((await page.goto(path))?.status(), path).toBe(404)
}

/** From when to when somebody sees what the machine measured in the last ten minutes, in milliseconds; null: it is not there. */
async function reported(page: Page, deviceId: string): Promise<{ first: number; last: number } | null> {
  const [from, to] = [new Date(Date.now() - 600_000), new Date(Date.now() + 60_000)].map(at => at.toISOString())
  const answer = await page.request.get(
    `/api/v1/my/devices/${deviceId}/metrics/spindle_vibration/readings?from=${from}&to=${to}&points=1000`,
  )
  if (answer.status() === 404) return null
  const { points } = (await answer.json()) as { points: { at: string }[] }
  return { first: Date.parse(points[0]?.at ?? from!), last: Date.parse(points.at(-1)?.at ?? from!) }
}
