import sharp from 'sharp'
import { SMTPServer } from 'smtp-server'
import { drillStand } from './drill-stand.ts'
import { becomeAdministrator, type EmptyPortal, startEmptyPortal } from './empty-portal.ts'
import { importModel } from './import-model.ts'
import { answersWhenOpened, expect, test } from './portal-fixture.ts'

let portal: EmptyPortal
const received: string[] = []
const mailServer = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _, done) =>
    done(address.startsWith('nobody') ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
  onData(stream, _, done) {
    let text = ''
    stream.on('data', chunk => {
      text += chunk
    })
    stream.on('end', () => {
      received.push(text)
      done()
    })
  },
})

test.beforeAll(async () => {
  await new Promise<void>(resolve => mailServer.listen(0, '127.0.0.1', resolve))
  portal = await startEmptyPortal({ OUTGOING_PRIVATE: 'true' })
})
test.afterAll(async () => {
  mailServer.close()
  await portal.stop()
})

test('the first administrator of an empty portal puts his look, filing and notice on it and hides prices; a stranger sees just that', async ({
  browser,
  complaints,
}) => {
  const visit = async () => {
    const context = await browser.newContext({ baseURL: portal.address })
    const page = await context.newPage()
    answersWhenOpened(page)
    return page
  }
  const admin = await visit()
  const stranger = await visit()
  complaints.watch(stranger.context())
  complaints.expect(/^request to another origin: http:\/\/localhost:/) // than that of the portal the other stories share

  await test.step('he makes his account and lands at the first steps', async () => {
    await becomeAdministrator(admin, portal, 'first@own.example')
  })

  await test.step('a colour that cannot be read comes with one that can', async () => {
    await admin.getByRole('link', { name: '设置', exact: true }).click()
    const colour = admin.locator('input[name="signal"]')
    await colour.fill('#ffff00')
    await admin.getByRole('button', { name: /^使用 #/ }).click()
    await expect(colour).not.toHaveValue('#ffff00')
    await colour.fill('#005bac')
    await admin.getByRole('button', { name: '保存颜色' }).click()
    await expect(admin.getByText('已保存，立即生效。')).toBeVisible()
  })

  await test.step('his logo, and no file that is none', async () => {
    const logo = admin.getByRole('region', { name: '标志', exact: true })
    await logo
      .getByLabel('上传 标志')
      .setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') })
    await expect(logo.getByRole('alert')).toBeVisible()
    const png = await sharp({ create: { width: 600, height: 160, channels: 3, background: '#005bac' } })
      .png()
      .toBuffer()
    await logo.getByLabel('上传 标志').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png })
    await expect(logo.getByRole('img')).toBeVisible()
  })

  await test.step('his mail server is tried before it is saved: what it refuses is told, and the mail has his logo', async () => {
    await admin.goto('/console/settings/mail')
    await admin.getByLabel('服务器地址').fill('127.0.0.1')
    await admin.getByRole('radio', { name: /^不加密/ }).check()
    await expect(admin.getByText('密码和邮件内容将以明文传输')).toBeVisible()
    await admin.getByRole('textbox', { name: '端口' }).fill(String((mailServer.server.address() as { port: number }).port))
    await admin.getByLabel('发件人邮箱').fill('portal@own.example')
    const to = admin.getByLabel('收件人')
    await to.fill('nobody@own.example')
    await admin.getByRole('button', { name: '发送', exact: true }).click()
    await expect(admin.getByRole('alert')).toContainText('550 no such user')
    await to.fill('first@own.example')
    await admin.getByRole('button', { name: '发送', exact: true }).click()
    await expect(admin.getByText('服务器已接收测试邮件')).toBeVisible()
    expect(received.join('')).toContain('cid:logo@fettle')
    await admin.getByRole('button', { name: '保存', exact: true }).click()
    const confirm = admin.getByRole('dialog', { name: '请再次确认' })
    await confirm.locator('input[name=password]').fill('a bench, a vice and a file')
    await confirm.getByLabel('理由').fill('门户上线')
    await confirm.getByRole('button', { name: '确认并执行' }).click()
    await expect(admin.getByText('已保存，从下一封邮件起生效。')).toBeVisible()
  })

  let path = ''
  await test.step('a product, and prices for customers who have signed in', async () => {
    path = await importModel(admin, drillStand('own'))
    await admin.goto('/console/settings/prices')
    await admin.getByRole('radio', { name: /^登录的客户/ }).check()
    await admin.getByRole('button', { name: '保存', exact: true }).click()
    await expect(admin.getByText('已保存，立即生效。')).toBeVisible()
  })

  await test.step('a stranger meets the logo, the colour and no price', async () => {
    await stranger.goto('/products')
    await expect(stranger.locator('header').getByRole('img')).toHaveAttribute('src', /^\/brand\/logo-/)
    const colour = () => stranger.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--signal').trim())
    expect(await colour()).toBe('#005bac')
    await expect(stranger.locator('main')).not.toContainText('800')
    await stranger.goto(path)
    await expect(stranger.locator('[data-summary]')).toContainText('登录后可见')
    const card = stranger.locator('[data-option="motor_3kw"]')
    await expect(card.getByRole('button').first()).toBeHidden()
    await card.getByText('3 kW 电机').click()
    await expect(stranger.locator('[data-option="motor_3kw"]')).toHaveAttribute('data-standing', 'chosen')
    await expect(stranger.locator('main')).not.toContainText('¥')
    await stranger.locator('[data-summary] button').first().click()
    await expect(stranger.getByRole('dialog').getByRole('link', { name: '价格登录后可见' })).toHaveAttribute(
      'href',
      /^\/sign-in\?next=/,
    )
  })

  await test.step('whoever may see prices sees them', async () => {
    await admin.goto(path)
    await expect(admin.locator('[data-summary]')).toContainText('¥')
  })

  await test.step('his filing stands in the footer, where a wrong one never came', async () => {
    await admin.goto('/console/settings')
    await admin.locator('input[name="name.zh-CN"]').fill('自有机械')
    const filing = admin.locator('input[name="icpFiling"]')
    await filing.fill('12345678')
    await admin.getByRole('button', { name: '保存' }).click()
    await expect(filing).toHaveAttribute('aria-invalid', 'true')
    await filing.fill('沪ICP备12345678号-1')
    await admin.getByRole('button', { name: '保存' }).click()
    await expect(admin.getByText('已保存，网站已更新。')).toBeVisible()
    await stranger.goto('/products')
    const footer = stranger.locator('footer')
    await expect(footer.getByRole('link', { name: '沪ICP备12345678号-1' })).toHaveAttribute('href', 'https://beian.miit.gov.cn/')
    await expect(footer).not.toContainText('参考价')
  })

  await test.step('his own privacy notice, as a version', async () => {
    await admin.goto('/console/settings/privacy')
    await admin.locator('textarea[name="text.zh-CN"]').fill('# 自有机械的隐私说明\n- 只用于答复询价')
    await admin.getByRole('button', { name: '保存草稿' }).click()
    await expect(admin.getByText('草稿已保存，尚未发布。')).toBeVisible()
    await admin.getByRole('button', { name: '发布第 1 版' }).click()
    await admin.getByRole('dialog').getByRole('button', { name: '发布第 1 版' }).click()
    await expect(admin.getByText('第 1 版已发布。')).toBeVisible()
    await stranger.goto('/privacy')
    await expect(stranger.getByRole('heading', { name: '自有机械的隐私说明' })).toBeVisible()
    await expect(stranger.locator('main')).toContainText('第 1 版')
  })

  await test.step('in Chinese alone, nothing is left to switch', async () => {
    await expect(stranger.getByRole('link', { name: 'English' }).first()).toBeVisible()
    await admin.goto('/console/settings/site')
    await admin.getByRole('radio', { name: /^只有中文/ }).check()
    await admin.getByRole('button', { name: '保存' }).click()
    await expect(admin.getByText('已保存，立即生效。')).toBeVisible()
    await stranger.goto('/en/products')
    await expect(stranger).toHaveURL('/products')
    await expect(stranger.getByRole('link', { name: 'English' })).toHaveCount(0)
  })
})
