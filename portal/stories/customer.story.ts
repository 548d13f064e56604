import { configurator } from './configurator.ts'
import { answers, expect, ownAddress, test } from './portal-fixture.ts'

const linkIn = (text: string, path: string) => {
  const link = new RegExp(`https?://\\S+(${path}\\S+)`).exec(text)?.[1]
  if (!link) throw new Error(`There is no link to ${path} in:\n${text}`)
  return link
}

test('a customer signs up, confirms his address, finds his saved configuration in his account, and sets a new password', async ({
  page,
  mailTo,
}) => {
  const email = ownAddress('customer')
  await page.goto('/sign-up')
  await page.getByLabel('姓名').fill('孙工')
  await page.getByLabel('邮箱').fill(email)
  await page.locator('input[name=password]').fill('five machines in a row')
  await page.getByLabel(/^公司名称/).fill('常州试验机床厂')
  await page.getByRole('button', { name: '创建账户' }).click()
  await expect(page.getByRole('heading', { name: '请查收邮件' })).toBeVisible()

  await page.goto(linkIn((await mailTo(email)).text, '/verify'))
  await page.getByRole('button', { name: '确认邮箱' }).click()
  await expect(page.getByText(`${email} 已验证`)).toBeVisible()
  await page.getByRole('link', { name: '去登录' }).click()
  await page.getByLabel('邮箱').fill(email)
  await page.locator('input[name=password]').fill('five machines in a row')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page).toHaveURL(/\/account$/)
  await answers(page)
  await expect(page.getByText('还没有保存的配置')).toBeVisible()

  await page.goto('/configure/rotary-table')
  await configurator(page).save.click()
  await expect(page).toHaveURL(/\/c\/[\w-]+$/)
  const saved = new URL(page.url()).pathname
  await page.goto('/account')
  await expect(page.locator(`a[href="${saved}"]`)).toBeVisible()
  await page.locator(`a[href="${saved}"]`).click()
  await expect(page.getByText('配置规格书')).toBeVisible()

  await page.goto('/account')
  await page.getByRole('button', { name: '退出登录' }).click()
  await expect(page).toHaveURL(/\/$/)
  await page.goto('/forgot')
  await page.getByLabel('邮箱').fill(email)
  await page.getByRole('button', { name: '发送链接' }).click()
  await expect(page.getByRole('heading', { name: '请查收邮件' })).toBeVisible()
  await page.goto(linkIn((await mailTo(email, 2)).text, '/reset'))
  await page.locator('input[name=password]').fill('six machines in a row')
  await page.getByRole('button', { name: '保存密码' }).click()
  await page.getByRole('link', { name: '去登录' }).click()
  await page.getByLabel('邮箱').fill(email)
  await page.locator('input[name=password]').fill('six machines in a row')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page).toHaveURL(/\/account$/)
  await answers(page)
})

test('staff sign in by the form and land in the console', async ({ page }) => {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: '销售' }).click()
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page).toHaveURL(/\/console\/leads$/)
})

test('a stranger is led to sign in, a customer to his account, and a role sees only its own pages', async ({
  page,
  visit,
  complaints,
}) => {
  complaints.expect(/status of (403|404)/)
  for (const path of ['/console', '/console/leads', '/console/staff']) {
    await page.goto(path)
    await expect(page).toHaveURL(/\/sign-in\?next=/)
  }
  const customer = await visit({ as: 'customer' })
  for (const path of ['/console/leads', '/console/products', '/console/mail', '/console/staff']) {
    await customer.goto(path)
    await expect(customer).toHaveURL(/\/account$/)
    await answers(customer)
  }
  const product = await visit({ as: 'product' })
  const answer = await product.goto('/console/staff')
  expect(answer!.status()).toBe(403)
  await expect(product.getByText('您没有查看这个页面的权限')).toBeVisible()
  await expect(product.getByRole('navigation').getByText('员工')).toHaveCount(0)
})

test('pages of unknown tokens, products and addresses are not found', async ({ page, complaints }) => {
  complaints.expect(/status of 404/)
  for (const path of ['/inquiries/nothing', '/c/nothing', '/products/nothing', '/configure/nothing', '/nothing', '/en/nothing']) {
    const answer = await page.goto(path)
    expect(answer!.status(), path).toBe(404)
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveText(
      path.startsWith('/en') ? 'There is no such page' : '没有找到这个页面',
    )
    await expect(page.getByRole('link', { name: path.startsWith('/en') ? 'Home' : '首页' }).first()).toBeVisible()
  }
})
