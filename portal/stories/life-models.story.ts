import { dealtOut } from '../src/features/prognosis/core/test-lives.ts'
import { expect, type Page, test } from './portal-fixture.ts'
import { wornMachines } from './worn-bearings.ts'

test('staff trains a life model, compares the next with it, activates it and goes back; the customer reads how long his bearing is likely to last', async ({
  visit,
}) => {
  test.setTimeout(180_000) // two trainings, beside what else the machine does
  const [service, admin] = [await visit({ as: 'service' }), await visit({ as: 'admin' })]
  await service.goto('/console/models')
  await admin.goto('/console')
  const { modelsPage, machine, report } = await wornMachines(service, admin, 'WB-200')
  const owner = await visit({ as: 'customer' })
  await owner.goto(machine.label)
  await owner.getByRole('button', { name: '确认认领' }).click()
  await expect(owner).toHaveURL(/\/nameplate$/)
  await report()
  const outlook = async () => {
    await service.goto(`/console/devices/${machine.id}/outlook`)
    await service.getByRole('button', { name: '重新预测' }).click()
    await expect(service.getByRole('button', { name: '重新预测' })).toBeEnabled()
    await owner.goto(`/account/machines/${machine.id}/outlook`)
  }
  await outlook()
  await expect(owner.getByText('故障记录已够，但还没有启用的模型。')).toBeVisible()

  await service.goto(modelsPage)
  const first = await trained(service, 1)
  await expect(first.getByText('通过', { exact: true })).toBeVisible()
  await expect(first.getByText('启用版本的误差')).toHaveCount(0)
  await first.getByRole('button', { name: '启用' }).click()
  await expect(first.getByText('启用中')).toBeVisible()
  const second = await trained(service, 2)
  await expect(second.getByText('启用版本的误差')).toBeVisible()
  await second.getByRole('button', { name: '启用' }).click()
  await expect(second.getByText('启用中')).toBeVisible()

  await outlook()
  await expect(owner.getByText(/^预计(还有 .+ 至 .+|至少还有 .+)/)).toBeVisible()
  await expect(owner.getByText(/依据模型第 2 版/)).toBeVisible()
  await expect(owner.getByRole('img', { name: /^轴承：预计/ })).toBeVisible()

  await service.goto(modelsPage)
  await service.getByRole('button', { name: '回退到上一版' }).click()
  await expect(model(service, 1).getByText('启用中')).toBeVisible()
  await expect(service.getByText('回退到第 1 版')).toBeVisible()
  await outlook()
  await expect(owner.getByText(/依据模型第 1 版/)).toBeVisible()
})

test('a model that was trained on readings dealt out at random fails its acceptance and cannot be activated', async ({
  visit,
}) => {
  const [service, admin] = [await visit({ as: 'service' }), await visit({ as: 'admin' })]
  await service.goto('/console/models')
  await admin.goto('/console')
  const { modelsPage } = await wornMachines(service, admin, 'WB-300', lives => dealtOut(lives, 3))
  await service.goto(modelsPage)
  const refused = await trained(service, 1)
  await expect(refused.getByText('未通过')).toBeVisible()
  await expect(refused.getByText('不比只看年龄好出 15 %')).toBeVisible()
  await expect(refused.getByRole('button', { name: '启用' })).toHaveCount(0)
})

const model = (page: Page, number: number) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: `第 ${number} 版`, exact: true }) })

/** Has a model trained and waits until it is. */
async function trained(page: Page, number: number) {
  await page.getByRole('button', { name: '训练新模型' }).click()
  const version = model(page, number)
  await expect(version).toBeVisible()
  await expect(version.getByText('训练中')).toHaveCount(0, { timeout: 120_000 })
  return version
}
