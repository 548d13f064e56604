import { readFile } from 'node:fs/promises'
import { configurator } from './configurator.ts'
import { becomeAdministrator, type EmptyPortal, startEmptyPortal } from './empty-portal.ts'
import { publishDraft, workbook } from './import-model.ts'
import { addCoffeeValve, coffeeValve, fillIn, optionCount } from './packaging-machine.ts'
import { leadOf } from './pages.ts'
import { answersWhenOpened, expect, type Page, phone, test, userAgent } from './portal-fixture.ts'
import { countWork } from './work-counter.ts'

let portal: EmptyPortal
test.beforeAll(async () => {
  portal = await startEmptyPortal()
})
test.afterAll(() => portal.stop())

test('the first day: from an empty portal to a product from Excel, an inquiry by phone number, an accepted offer, and the owner who sees it', async ({
  browser,
  complaints,
}) => {
  test.setTimeout(180_000)
  complaints.expect(/^request to another origin: http:\/\/localhost:/) // than that of the portal the other stories share
  complaints.expect(/status of 422/) // the workbook with a contradiction
  const visit = async (options = {}) => {
    const context = await browser.newContext({ baseURL: portal.address, ...options })
    complaints.watch(context)
    const page = await context.newPage()
    answersWhenOpened(page)
    return page
  }
  const staff = await visit()
  const work = await countWork(staff)
  let configure = ''

  await test.step('the first administrator makes his account and says who he is', async () => {
    await becomeAdministrator(staff, portal, 'first@packing.example')
    await staff.getByRole('link', { name: '填写', exact: true }).first().click()
    await staff.locator('input[name="name.zh-CN"]').fill('恒力包装机械')
    await staff.locator('input[name="name.en"]').fill('Hengli Packaging')
    await staff.locator('input[name="phone"]').fill('+86 577 8888 6600')
    await staff.getByRole('button', { name: '保存' }).click()
    await expect(staff.getByText('已保存，网站已更新。')).toBeVisible()
  })

  await test.step('he fills in the product form; a rule that lets nothing fit is found with its cause, mended, and the product published', async () => {
    await staff.getByRole('link', { name: '产品', exact: true }).first().click()
    const form = await download(staff, '下载模板')
    const field = staff.getByLabel('导入模型文件')
    await field.setInputFiles(workbook('vffs.xlsx', await fillIn(form, { slip: true })))
    const alert = staff.getByRole('alert')
    await expect(alert).toContainText('规则 Rules!A3', { timeout: 60_000 })
    await expect(alert).toContainText('film_fits')
    await field.setInputFiles(workbook('vffs.xlsx', await fillIn(form, { slip: false })))
    await expect(staff.getByRole('heading', { name: /^草稿：/ })).toBeVisible({ timeout: 60_000 })
    await publishDraft(staff, '首次发布')
    configure = (await staff.getByRole('link', { name: '配置', exact: true }).first().getAttribute('href'))!
  })
  work.note(`a product of ${optionCount} options is published`)

  const visitor = await visit({ ...phone, userAgent })
  const number = '139 1234 5678'
  await test.step('a visitor configures it on his phone and leaves nothing but a number', async () => {
    await visitor.goto('/')
    await visitor.goto(configure)
    const { find, choose, ask, standing, option } = configurator(visitor)
    await find('auger')
    await choose('auger')
    await find('dust')
    await standing('dust').toHaveAttribute('data-standing', 'forced')
    await expect(option('dust')).toContainText('粉料需要除尘')
    await ask.last().click()
    const dialog = visitor.getByRole('dialog')
    await dialog.getByLabel(/^电话/).fill(number)
    await dialog.getByRole('checkbox').check()
    await dialog.getByRole('button', { name: '发送询价' }).click()
    await expect(visitor).toHaveURL(/\/inquiries\/[\w-]+$/)
  })

  await test.step('sales makes an offer of it and sends it', async () => {
    const lead = await leadOf(staff, '13912345678')
    work.resume()
    await staff.goto('/console')
    await staff.getByRole('link', { name: '线索', exact: true }).first().click()
    await staff.locator(`a[href="${lead}"]`).first().click()
    await staff.getByRole('button', { name: '做报价' }).click()
    await expect(staff).toHaveURL(/\/console\/offers\/[\w-]+$/)
    await staff.getByRole('button', { name: '添加服务' }).click()
    const line = staff.getByRole('group', { name: '第 2 行' })
    await line.getByLabel('名称').fill('安装与培训')
    await line.getByLabel('数量').fill('1')
    await line.getByLabel('单价').fill('6,000')
    await staff.getByRole('button', { name: '保存草稿' }).click()
    await expect(staff.getByText('草稿已保存。')).toBeVisible()
    await staff.getByRole('button', { name: '发送报价' }).click()
    const dialog = staff.getByRole('dialog', { name: /发送报价/ })
    await dialog.getByRole('button', { name: '发送', exact: true }).click()
    await expect(dialog).toBeHidden()
  })
  work.note('an offer is sent')

  const link = await staff.getByLabel('客户链接').inputValue()
  await test.step('the customer opens the link and accepts', async () => {
    await visitor.goto(link)
    await visitor.getByRole('button', { name: '接受报价' }).click()
    const dialog = visitor.getByRole('dialog')
    await dialog.getByLabel('您的姓名').fill('林红')
    await dialog.getByRole('checkbox').check()
    await dialog.getByRole('button', { name: '确认接受' }).click()
    await expect(visitor.getByText(/由 林红 接受/)).toBeVisible()
  })

  await test.step('the owner sees one visit that became an inquiry, an offer and an order', async () => {
    const row = staff.getByRole('table', { name: '产品' }).getByRole('row').filter({ hasText: '立式包装机 VFFS 320' })
    await expect(async () => {
      await staff.goto('/console/figures?period=week')
      // visited, configured, saved, inquired, answered, offered, won
      for (const place of [1, 2, 3, 4, 5, 6, 7]) await expect(row.getByRole('cell').nth(place)).toHaveText('1', { timeout: 1000 })
    }).toPass({ timeout: 20_000 })
  })

  await test.step('an option with a price and a rule is added in the spreadsheet and published', async () => {
    work.begin()
    work.type(coffeeValve)
    await staff.getByRole('link', { name: '产品', exact: true }).first().click()
    await expect(staff).toHaveURL(/\/console\/products$/)
    await staff.getByRole('link', { name: '立式包装机 VFFS 320' }).first().click()
    const form = await download(staff, '导出 Excel')
    await staff.getByRole('link', { name: '产品', exact: true }).first().click()
    await staff.getByLabel('导入模型文件').setInputFiles(workbook('vffs.xlsx', await addCoffeeValve(form)))
    await expect(staff.getByRole('heading', { name: /^草稿：/ })).toBeVisible({ timeout: 60_000 })
    await publishDraft(staff, '排气阀')
    work.note('an option with a price and a rule is published')
    await visitor.goto(configure)
    const { find, option } = configurator(visitor)
    await find('valve')
    await expect(option('valve')).toContainText('单向排气阀')
  })
  work.report()
})

async function download(page: Page, link: string): Promise<Uint8Array> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: link }).first().click()])
  return readFile(await file.path())
}
