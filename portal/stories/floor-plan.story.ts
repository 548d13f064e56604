import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDevice } from '../../examples/device-client/device-client.ts'
import { newCustomer } from './new-customer.ts'
import { expect, type Page, phone, test } from './portal-fixture.ts'
import { soldMachine } from './sold-machine.ts'

test('a customer draws his hall, places one machine by keys and another by hand, and sees their state change on it; others see nothing', async ({
  page: owner,
  visit,
  mailTo,
  complaints,
}) => {
  complaints.expect(/status of (401|403|404)/)
  const [service, admin] = [await visit({ as: 'service' }), await visit({ as: 'admin' })]
  const [one, two] = [await soldMachine(service, admin), await soldMachine(service, admin)]
  await newCustomer({ page: owner, mailTo }, 'hall')
  for (const { label, serial } of [one, two]) {
    await owner.goto(label)
    await owner.getByRole('button', { name: '确认认领' }).click()
    await expect(owner.getByRole('heading', { level: 1, name: `VM-850 ${serial}` })).toBeVisible()
  }

  await owner.goto('/account/machines')
  await owner.getByRole('navigation', { name: '显示方式' }).getByRole('link', { name: '平面图' }).click()
  await owner.getByRole('link', { name: '新建平面图' }).click()
  await owner.getByLabel('名称').fill('试制车间')
  await owner.getByRole('button', { name: '新建并放置机器' }).click()
  await expect(owner.getByRole('heading', { level: 1, name: '编辑：试制车间' })).toBeVisible()

  await owner.getByRole('button', { name: `把 VM-850 ${one.serial} 放到图上` }).press('Enter')
  for (let press = 0; press < 4; press++) await owner.keyboard.press('ArrowRight')
  await owner.keyboard.press('Shift+ArrowUp')
  await expect(markOf(owner, one.serial)).toHaveAccessibleName(`VM-850 ${one.serial}，距左 22 米，距上 7.5 米`)
  await expect(markOf(owner, one.serial)).toBeFocused()
  await expect(owner.getByText('已保存')).toBeVisible()

  await drag(owner, two.serial, { x: 0.25, y: 0.8 })
  await expect(markOf(owner, two.serial)).toHaveAccessibleName(`VM-850 ${two.serial}，距左 10 米，距上 20 米`)
  await owner.getByRole('button', { name: '撤销上一步' }).click()
  await expect(markOf(owner, two.serial)).toHaveCount(0)
  await drag(owner, two.serial, { x: 0.75, y: 0.8 })
  await expect(owner.getByText('已保存')).toBeVisible()
  await owner.reload()
  await expect(markOf(owner, two.serial)).toHaveAccessibleName(`VM-850 ${two.serial}，距左 30 米，距上 20 米`)

  await owner.getByRole('link', { name: '查看平面图' }).click()
  const mark = owner.getByRole('link', { name: new RegExp(`^VM-850 ${one.serial}：`) })
  await expect(mark).toHaveAccessibleName(`VM-850 ${one.serial}：状态未知`)
  const folder = mkdtempSync(join(tmpdir(), 'fettle-story-hall-'))
  const device = await openDevice({ url: one.url, deviceId: one.id, token: one.token, folder })
  await device.report({ spindle_vibration: 1.2 }, new Date())
  await expect(mark).toHaveAccessibleName(`VM-850 ${one.serial}：正常`, { timeout: 30_000 }) // by itself
  await device.close()
  rmSync(folder, { recursive: true, force: true })
  const path = new URL(owner.url()).searchParams.get('plan')!
  await mark.click()
  await expect(owner.getByRole('heading', { level: 1, name: `VM-850 ${one.serial}` })).toBeVisible()

  const small = await visit({ ...phone, storageState: await owner.context().storageState() })
  await small.goto(`/en/account/machines/plan?plan=${path}`)
  await expect(small.getByText('30 m from the left, 20 m from the top')).toBeVisible()

  await service.goto(`/console/fleet/plan?plan=${path}`)
  await expect(service.getByRole('link', { name: new RegExp(`^VM-850 ${one.serial}：`) })).toBeVisible()
  const stranger = await visit({ as: 'customer' })
  expect((await stranger.request.get(`/api/v1/floor-plans/${path}`)).status()).toBe(404)
  await stranger.goto(`/account/machines/plan?plan=${path}`)
  await expect(stranger.getByRole('heading', { level: 1, name: '平面图' })).toBeVisible()
  await expect(stranger.getByText('试制车间', { exact: true })).toHaveCount(0)
  expect((await stranger.goto(`/account/machines/plan/${path}/edit`))!.status()).toBe(404)
})

const markOf = (page: Page, serial: string) => page.getByRole('button', { name: new RegExp(`^VM-850 ${serial}，`) })

/** Drags a machine from the list to a place on the plan, in shares of it. */
async function drag(page: Page, serial: string, to: { x: number; y: number }): Promise<void> {
  await page.getByTitle(`把 VM-850 ${serial} 拖到图上`).hover()
  const sheet = (await page.getByRole('group', { name: '试制车间' }).boundingBox())!
  await page.mouse.down()
  await page.mouse.move(sheet.x + sheet.width * to.x, sheet.y + sheet.height * to.y, { steps: 6 })
  await page.mouse.up()
}
