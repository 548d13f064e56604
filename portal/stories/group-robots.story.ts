import { expect, test } from './portal-fixture.ts'

test('an administrator of a company adds a chat of his people, confirms it, tries it and removes it; staff sees none of it', async ({
  visit,
  complaints,
}) => {
  complaints.expect(/status of 403/) // the question for a second confirmation
  const page = await visit({ as: 'customer' })
  const group = `值班 ${Date.now()}`
  await page.goto('/account')
  await page.getByRole('link', { name: '管理群机器人' }).click()
  await page.getByRole('button', { name: '添加群机器人' }).click()
  const form = page.getByRole('dialog').locator('form')
  await expect(form.getByLabel('新线索')).toHaveCount(0)
  await form.getByLabel('钉钉').check()
  await form.getByLabel('群名称').fill(group)
  await form.getByLabel('Webhook 地址').fill('https://oapi.dingtalk.com/robot/send?access_token=0000')
  await form.getByRole('button', { name: '添加' }).click()
  const confirm = async () => {
    const confirmation = page.getByRole('dialog', { name: '请再次确认' })
    await expect(confirmation).toContainText(group)
    await confirmation.locator('input[name=password]').fill('fettle-demo-2026')
    await confirmation.getByLabel('理由').fill('值班群')
    await confirmation.getByRole('button', { name: '确认并执行' }).click()
  }
  await confirm()
  const robot = page.getByRole('listitem').filter({ hasText: group })
  await expect(robot).toContainText('报警（高及以上）')
  await robot.getByRole('button', { name: '发送测试消息' }).click()
  await expect(robot).toContainText('贵公司机器的报警会出现在这里')

  const admin = await visit({ as: 'admin' })
  await admin.goto('/console/robots')
  await expect(admin.getByRole('heading', { name: '群机器人' })).toBeVisible()
  await expect(admin.getByText(group)).toHaveCount(0)

  await robot.getByRole('button', { name: '删除' }).click()
  await confirm()
  await expect(page.getByText('已删除。')).toBeVisible()
  await expect(robot).toHaveCount(0)
})
