import { configurator, sendInquiry } from './configurator.ts'
import { expect, ownAddress, test } from './portal-fixture.ts'
import { readPdf } from './read-pdf.ts'

test('a visitor configures the machining centre, meets an excluded option, takes a repair and inquires; sales sees the lead arrive and answers', async ({
  page,
  visit,
  mailTo,
}) => {
  const email = ownAddress('main')
  const company = `无锡${email.slice(5, 13)}机械`
  const sales = await visit({ as: 'sales' })
  await sales.goto('/console/leads')
  await expect(sales.getByRole('heading', { level: 1 })).toHaveText('销售线索')

  await test.step('from the home page to the configurator', async () => {
    await page.goto('/?utm_source=story&utm_campaign=autumn')
    await page
      .getByRole('link', { name: /VM 系列立式加工中心/ })
      .first()
      .click()
    await expect(page).toHaveURL(/\/products\/machining-centre$/)
    await page.getByRole('link', { name: '开始配置' }).first().click()
    await expect(page).toHaveURL(/\/configure\/machining-centre/)
  })
  const { option, standing, goTo, choose, changes, repair, undo, redo, ask, expectTotal, total } = configurator(page)
  const standard = await total()
  expect(standard).toBeGreaterThan(0)

  await test.step('a choice changes the total, and what follows from it is said', async () => {
    await goTo('spindle')
    await choose('sp18_builtin')
    expect(await total()).toBeGreaterThan(standard)
    await expect(changes).toContainText('随之调整')
    await expect(changes).toContainText('BT40 → HSK-A63')
    await changes.getByRole('button', { name: /^再显示/ }).click()
    await expect(changes).toContainText('主轴油气润滑单元')
  })
  const fast = await total()

  await test.step('an excluded option says why and how to have it', async () => {
    await goTo('base')
    await standing('ways_box').toHaveAttribute('data-standing', 'excluded')
    await expect(option('ways_box')).toContainText('主轴需要滚柱直线导轨')
    await expect(repair('ways_box')).toContainText('18,000 rpm')
    await repair('ways_box').click()
    await standing('ways_box').toHaveAttribute('data-standing', 'chosen')
    await expect(changes).toContainText('HSK-A63 → BT40')
  })
  const repaired = await total()
  expect(repaired).toBeLessThan(fast)

  await test.step('undo and redo', async () => {
    await undo.click()
    await expectTotal(fast)
    await redo.click()
    await expectTotal(repaired)
  })

  await test.step('two actions send the inquiry', async () => {
    await ask.click()
    await sendInquiry(page, { email, company, message: '请尽快报价。' })
    await expect(page).toHaveURL(/\/inquiries\/[\w-]+$/)
    await expect(page.getByText('询价已收到')).toBeVisible()
  })

  await test.step('the specification sheet is a PDF that says what was chosen', async () => {
    const link = page.getByRole('link', { name: '下载 PDF' })
    const answer = await page.request.get((await link.getAttribute('href'))!)
    expect(answer.headers()['content-type']).toBe('application/pdf')
    const { pages, text } = readPdf(await answer.body())
    expect(pages).toBeGreaterThanOrEqual(1)
    expect(text).toContain('VM系列立式加工中心')
    expect(text).toContain('硬轨')
    expect(text.replaceAll(',', '')).toContain(String(repaired / 100))
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    expect(download.suggestedFilename()).toMatch(/\.pdf$/)
  })

  await test.step('he has it by mail, too', async () => {
    const mail = await mailTo(email)
    expect(mail.subject).toContain('VM 系列立式加工中心')
    expect(mail.text).toContain(new URL(page.url()).pathname)
    expect(mail.attachments).toMatchObject([{ contentType: 'application/pdf' }])
    const admin = await visit({ as: 'admin' })
    await admin.goto('/console/mail')
    await admin.getByRole('row').filter({ hasText: email }).getByRole('link').click()
    await expect(admin.getByRole('heading', { name: mail.subject })).toBeVisible()
  })

  await test.step('sales sees the lead without loading the page again, and takes it', async () => {
    const row = sales.getByRole('row').filter({ hasText: company })
    await expect(row).toBeVisible()
    await expect(row).toContainText('story')
    await row.getByRole('link').click()
    await expect(sales.getByText('请尽快报价。')).toBeVisible()
    await sales.getByLabel('负责人').selectOption({ label: '李销售' })
    await expect(sales.getByText('李销售 将负责人设为 李销售')).toBeVisible()
  })

  await test.step('sales answers by mail, and the lead moves on', async () => {
    await sales.getByLabel('正文').fill('您好，报价单随后寄出。')
    await sales.getByRole('button', { name: '发送答复' }).click()
    await expect(sales.getByText(/李销售 答复客户/)).toBeVisible()
    await expect(sales.getByRole('main').getByText('已联系').first()).toBeVisible()
    const answer = await mailTo(email, 2)
    expect(answer.text).toContain('您好，报价单随后寄出。')
  })

  await page.reload()
  await expect(page.getByText('我们已经答复')).toBeVisible()
})
