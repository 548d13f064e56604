import { customerPassword, newCustomer, signInAs } from './new-customer.ts'
import { answers, expect, ownAddress, type Page, test } from './portal-fixture.ts'

const linkIn = (text: string) => {
  const { pathname, search } = new URL(/https?:\S+\/join\?token=\S+/.exec(text)![0])
  return pathname + search
}

test('a customer names his company, invites a colleague, makes him an administrator, and removes him again', async ({
  page,
  visit,
  mailTo,
  complaints,
}) => {
  complaints.expect(/status of 403/) // what has to be confirmed first
  await newCustomer({ page, mailTo }, 'founder')
  await page.getByRole('link', { name: '填写公司名称' }).click()
  await page.getByRole('button', { name: '填写公司名称' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('公司名称').fill('Heng Tools')
  await sheet.getByRole('button', { name: '保存名称' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Heng Tools' })).toBeVisible()

  const email = ownAddress('colleague')
  await page.getByRole('button', { name: '邀请同事' }).click()
  await sheet.getByLabel('邮箱').fill(email)
  await sheet.getByRole('button', { name: '发送邀请' }).click()
  const pending = page.getByRole('table', { name: '未接受的邀请' })
  await expect(pending.getByRole('row', { name: email })).toBeVisible()
  const first = linkIn((await mailTo(email)).text)
  await pending.getByRole('button', { name: '重新发送' }).click()
  await expect(page.getByText(`已再次向 ${email} 发送邀请`)).toBeVisible()
  const link = linkIn((await mailTo(email, 2)).text)

  await page.goto(link)
  await expect(page.getByText('而邀请发给了', { exact: false })).toBeVisible() // it is somebody else’s
  const colleague = await visit()
  complaints.expect(/status of 410/)
  await colleague.goto(first)
  await expect(colleague.getByRole('heading', { name: '链接已失效' })).toBeVisible()
  await join(colleague, link)
  await expect(colleague.getByRole('heading', { level: 1, name: 'Heng Tools', exact: true })).toBeVisible()
  await expect(colleague.getByRole('button', { name: '邀请同事' })).toHaveCount(0)

  await page.goto('/account/company')
  const row = page.getByRole('table', { name: '成员' }).getByRole('row', { name: '赵钳工' })
  await row.getByRole('button', { name: '设为公司管理员' }).click()
  await confirm(page, '由他负责')
  await expect(page.getByText('赵钳工 的角色已更改，立即生效。')).toBeVisible()
  await colleague.reload()
  await answers(colleague)
  await expect(colleague.getByRole('button', { name: '邀请同事' })).toBeVisible()

  await row.getByRole('button', { name: '移出公司' }).click()
  await confirm(page, '已离职')
  await expect(page.getByText('赵钳工 已移出公司', { exact: false })).toBeVisible()
  await colleague.reload()
  await expect(colleague).toHaveURL(/\/sign-in\?next=/)
  await signInAs(colleague, email)
  await expect(colleague).toHaveURL(/\/account$/)
  await answers(colleague)
  await colleague.goto('/account/company')
  await expect(colleague.getByText('个人用户').first()).toBeVisible()
  await expect(colleague.getByText('Heng Tools')).toHaveCount(0)
})

test('who has an account signs in, comes back to the invitation, and moves with what he saved', async ({
  page,
  visit,
  mailTo,
  complaints,
}) => {
  complaints.expect(/status of 401/) // his bell asks for news once more when he is signed out
  const guest = await visit()
  const email = await newCustomer({ page: guest, mailTo }, 'guest')
  await guest.context().clearCookies()
  const sales = await visit({ as: 'sales' })
  await newCustomer({ page, mailTo }, 'host')
  await page.goto('/account/company')
  await page.getByRole('button', { name: '填写公司名称' }).first().click()
  const name = ownAddress('Firm').replace('@', ' at ')
  await page.getByRole('dialog').getByLabel('公司名称').fill(name)
  await page.getByRole('dialog').getByRole('button', { name: '保存名称' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  await sales.goto(`/console/companies?q=${encodeURIComponent(name)}`)
  await sales.getByRole('row').nth(1).getByRole('link').click()
  await sales.getByRole('button', { name: '邀请同事' }).click()
  await sales.getByRole('dialog').getByLabel('邮箱').fill(email)
  await sales.getByRole('dialog').getByRole('button', { name: '发送邀请' }).click()
  await expect(sales.getByText(`已向 ${email} 发送邀请。`)).toBeVisible()

  await guest.goto(linkIn((await mailTo(email, 2)).text))
  await guest.getByRole('link', { name: '登录' }).last().click()
  await guest.getByLabel('邮箱').fill(email)
  await guest.locator('input[name=password]').fill(customerPassword)
  await guest.getByRole('button', { name: '登录', exact: true }).click()
  await expect(guest.getByRole('heading', { name: `加入 ${name}` })).toBeVisible()
  await answers(guest)
  await guest.getByRole('button', { name: '加入公司' }).click()
  await expect(guest.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
  await expect(guest.getByRole('table', { name: '成员' }).getByRole('row')).toHaveCount(3)
})

async function join(page: Page, link: string) {
  await page.goto(link)
  await expect(page.getByRole('heading', { name: '加入 Heng Tools' })).toBeVisible()
  await page.getByLabel('姓名').fill('赵钳工')
  await page.locator('input[name=password]').fill(customerPassword)
  await page.getByRole('button', { name: '创建账户并加入' }).click()
}

async function confirm(page: Page, reason: string) {
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('理由').fill(reason)
  await sheet.locator('input[name=password]').fill(customerPassword)
  await sheet.getByRole('button', { name: '确认并执行' }).click()
}
