import { inquire } from './pages.ts'
import { expect, type Page, test } from './portal-fixture.ts'

test('an administrator adds the robot of a group chat, tries it, hears of a new lead, and removes it; the demo shows what it would have written', async ({
  visit,
  page,
  complaints,
}) => {
  complaints.expect(/status of (422|403)/) // a wrong address; the question for a second confirmation
  const admin = await visit({ as: 'admin' })
  await admin.goto('/console/robots')
  const group = `销售 ${Date.now()}`
  const robot = admin.getByRole('listitem').filter({ hasText: group })

  await test.step('an address of somebody else is refused beside its field', async () => {
    await admin.getByRole('button', { name: '添加群机器人' }).click()
    const form = admin.getByRole('dialog').locator('form')
    await form.getByLabel('飞书').check()
    await form.getByLabel('群名称').fill(group)
    await form.getByLabel('Webhook 地址').fill('https://example.com/hook')
    await form.getByRole('button', { name: '添加' }).click()
    await expect(form.getByText('这不是飞书群机器人的地址。')).toBeVisible()
    await form.getByLabel('Webhook 地址').fill('https://open.feishu.cn/open-apis/bot/v2/hook/00000000-0000')
    await form.getByLabel('加签密钥').fill('a secret')
    await form.getByRole('button', { name: '添加' }).click()
    await confirm(admin, group)
    await expect(robot).toContainText('还没有发送')
    await expect(robot).toContainText('已加签')
  })

  await robot.getByRole('button', { name: '发送测试消息' }).click()
  await expect(robot).toContainText('未发送（演示）')
  await expect(robot).toContainText('门户可以写入此群')

  const { email } = await inquire(page)
  await expect(async () => {
    await admin.reload()
    await expect(robot).toContainText(/新线索 #\d+/, { timeout: 500 })
  }).toPass()
  await expect(robot).not.toContainText(email)

  await robot.getByRole('button', { name: '删除' }).click()
  await confirm(admin, group)
  await expect(admin.getByText('已删除。')).toBeVisible()
  await expect(robot).toHaveCount(0)
})

test('an administrator says within how many working hours new leads are dealt with', async ({ visit }) => {
  const admin = await visit({ as: 'admin' })
  await admin.goto('/console/answering')
  const [within, to] = [admin.getByLabel('时限（工作小时）'), admin.getByLabel('下班')]
  const save = admin.getByRole('button', { name: '保存' })
  await to.fill('07:00')
  await save.click()
  await expect(admin.getByText('下班须晚于上班。')).toBeVisible()
  await to.fill('18:00')
  await within.fill('6')
  await admin.getByLabel('周六').check()
  await save.click()
  await expect(admin.getByText('已保存。')).toBeVisible()
  await admin.reload()
  await expect(within).toHaveValue('6')
  await expect(to).toHaveValue('18:00')
  await expect(admin.getByLabel('周六')).toBeChecked()
})

/** Confirms by the password what is asked about a chat. */
async function confirm(page: Page, group: string): Promise<void> {
  const confirmation = page.getByRole('dialog', { name: '请再次确认' })
  await expect(confirmation).toContainText(group)
  await confirmation.locator('input[name=password]').fill('fettle-demo-2026')
  await confirmation.getByLabel('理由').fill('值班群')
  await confirmation.getByRole('button', { name: '确认并执行' }).click()
}
