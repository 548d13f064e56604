import { configurator, sendInquiry } from './configurator.ts'
import { leadOf } from './pages.ts'
import { expect, ownAddress, type Page, phone, test } from './portal-fixture.ts'

test('sales makes an offer to somebody who left a phone number only; he counters by the link, gets a new version and accepts it, and the lead is won', async ({
  page,
  visit,
  complaints,
}) => {
  complaints.expect(/status of 422/) // more discount than sales may give
  const number = await inquireByPhone(page)
  const sales = await visit({ as: 'sales' })
  const lead = await leadOf(sales, number)
  await sales.goto(lead)
  await sales.getByRole('button', { name: '做报价' }).click()
  await expect(sales).toHaveURL(/\/console\/offers\/[\w-]+$/)

  await test.step('a line is added, another removed and brought back, and the totals follow', async () => {
    await sales.getByRole('button', { name: '添加服务' }).click()
    const line = sales.getByRole('group', { name: '第 2 行' })
    await line.getByLabel('名称').fill('现场安装与培训')
    await line.getByLabel('数量').fill('1.5')
    await line.getByLabel('单价').fill('2,000')
    await expect(line).toContainText('¥3,000')
    await line.getByRole('button', { name: '上移第 2 行' }).press('Enter')
    await expect(sales.getByRole('group', { name: '第 1 行' }).getByLabel('名称')).toHaveValue('现场安装与培训')
    await sales.getByRole('button', { name: '删除第 1 行' }).click()
    await sales.getByRole('button', { name: '撤销' }).click()
    await expect(sales.getByRole('group', { name: '第 1 行' }).getByLabel('名称')).toHaveValue('现场安装与培训')
  })

  await test.step('beyond the limit of the role it is not sent, and the page says who may', async () => {
    await sales.getByLabel('折扣值').fill('15')
    await saveAndSend(sales)
    await expect(sales.getByRole('alert')).toContainText('超过您的上限 10%')
    await sales.getByLabel('折扣值').fill('0')
    await saveAndSend(sales)
    await expect(sales.getByText('报价已可查看。请复制链接转给客户。')).toBeVisible()
  })

  const customer = await visit(phone)
  await customer.goto(await sales.getByLabel('客户链接').inputValue())
  await test.step('the customer proposes less', async () => {
    await customer.getByRole('button', { name: '提出还价' }).click()
    const dialog = customer.getByRole('dialog')
    await dialog.getByLabel('您的姓名').fill('吴敏')
    await dialog.getByLabel(/^期望的未税总额/).fill('30000')
    await dialog.getByLabel('内容').fill('三万可以今天定')
    await dialog.getByRole('button', { name: '发送' }).click()
    await expect(customer.getByText('我们已收到您的还价')).toBeVisible()
    await expect(sales.getByText('三万可以今天定')).toBeVisible()
  })

  await test.step('a new version takes the place of the one before, whose link leads on', async () => {
    await sales.getByRole('button', { name: '修改并做新版本' }).click()
    await sales.getByLabel('折扣值').fill('8')
    await saveAndSend(sales)
    await expect(sales.getByRole('heading', { level: 1 })).toContainText('第 2 版')
    await expect(sales.getByLabel('客户链接')).toHaveCount(2)
    await customer.reload()
    await expect(customer.getByText('此版本已被新版本取代')).toBeVisible()
    await customer.getByRole('link', { name: '查看最新版本' }).click()
    await expect(customer.getByText('第 2 版', { exact: true })).toBeVisible()
  })

  await test.step('the customer accepts, after he has agreed', async () => {
    await customer.getByRole('button', { name: '接受报价' }).click()
    const dialog = customer.getByRole('dialog')
    await dialog.getByLabel('您的姓名').fill('吴敏')
    await dialog.getByRole('button', { name: '确认接受' }).click()
    await expect(dialog.getByText('请勾选同意。')).toBeVisible()
    await dialog.getByRole('checkbox').check()
    await dialog.getByRole('button', { name: '确认接受' }).click()
    await expect(customer.getByText(/由 吴敏 接受/)).toBeVisible()
  })

  await expect(sales.getByText(/由 吴敏 接受/)).toBeVisible()
  await sales.goto(lead)
  await expect(sales.getByText(/客户接受报价 AN-\d+-\d+ 第 2 版/)).toBeVisible()
  await expect(sales.getByText('成交', { exact: true })).toBeVisible()
})

test('a customer opens an offer from his account, asks, accepts it as himself, and the link knows that it is his', async ({
  visit,
  complaints,
}) => {
  complaints.expect(/status of 403/) // somebody who is no customer
  const customer = await visit({ as: 'customer' })
  const email = ownAddress('own-offer')
  await customer.goto('/configure/rotary-table')
  await configurator(customer).ask.click()
  await sendInquiry(customer, { email })
  await expect(customer).toHaveURL(/\/inquiries\/[\w-]+$/)

  const sales = await visit({ as: 'sales' })
  await sales.goto(await leadOf(sales, email))
  await sales.getByRole('button', { name: '做报价' }).click()
  await sales.getByRole('button', { name: '发送报价' }).click()
  await sales.getByRole('dialog').getByRole('button', { name: '发送', exact: true }).click()
  const link = await sales.getByLabel('客户链接').inputValue()
  const number = /AN-\d+-\d+/.exec((await sales.getByRole('heading', { level: 1 }).textContent()) ?? '')![0]

  await customer.goto('/account')
  await customer.getByRole('link', { name: '查看报价' }).click()
  await customer.getByRole('link', { name: number }).click()
  await expect(customer).toHaveURL(/\/account\/offers\/[\w-]+$/)
  const own = customer.url()
  await customer.getByRole('button', { name: '提问' }).click()
  const dialog = customer.getByRole('dialog')
  await expect(dialog.getByLabel('您的姓名')).toHaveValue('周建国')
  await dialog.getByLabel('内容').fill('含安装吗？')
  await dialog.getByRole('button', { name: '发送' }).click()
  await expect(customer.getByText('含安装吗？')).toBeVisible()
  await customer.getByRole('button', { name: '接受报价' }).click()
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '确认接受' }).click()
  await expect(customer.getByText(/由 周建国 接受/)).toBeVisible()
  await expect(sales.getByText(/登录账户：周建国/)).toBeVisible()

  await customer.goto(link)
  await customer.getByRole('link', { name: '在您的账户中查看' }).click()
  await expect(customer).toHaveURL(own)
  const stranger = await visit({ as: 'sales' })
  expect((await stranger.goto(own))?.ok()).toBe(false)
})

/** Answers the number. */
async function inquireByPhone(page: Page): Promise<string> {
  const number = `139${String(Math.random()).slice(2, 10)}`
  await page.goto('/products/rotary-table')
  await page.getByRole('link', { name: '请我们给您回电' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/^电话/).fill(number)
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '发送询价' }).click()
  await expect(page).toHaveURL(/\/inquiries\/[\w-]+$/)
  return number
}

async function saveAndSend(sales: Page): Promise<void> {
  await sales.getByRole('button', { name: '保存草稿' }).click()
  await expect(sales.getByText('草稿已保存。')).toBeVisible()
  await sales.getByRole('button', { name: '发送报价' }).click()
  const dialog = sales.getByRole('dialog', { name: /发送报价/ })
  await expect(dialog).toContainText('客户未留下邮箱')
  await dialog.getByRole('button', { name: '发送', exact: true }).click()
  await expect(dialog).toBeHidden()
}
