import { newCustomer } from './new-customer.ts'
import { ownMachinePage } from './pages.ts'
import { expect, phone, test } from './portal-fixture.ts'

test('an alarm reaches the bell and the mailbox of the machine’s owner as he has chosen, and no stranger', async ({
  visit,
  mailTo,
  complaints,
}) => {
  complaints.expect(/status of 404/)
  const customer = await visit({ as: 'customer' })
  await customer.goto('/account/notices')
  await customer.getByRole('link', { name: '通知设置' }).click()
  const mediumByMail = customer.getByRole('checkbox', { name: '中：邮件' })
  await expect(mediumByMail).not.toBeChecked()
  await mediumByMail.check()
  await customer.getByRole('button', { name: '保存' }).click()
  await expect(customer.getByText('已保存。')).toBeVisible()

  await customer.goto('/account')
  const bell = customer.getByRole('banner').getByRole('link', { name: /^通知/ })
  const unread = async () => Number(/\d+/.exec((await bell.getAttribute('aria-label'))!)?.[0] ?? 0)
  const before = await unread()
  const name = `气压检查 ${crypto.randomUUID().slice(0, 6)}`
  const deviceId = (await ownMachinePage(customer)).split('/').at(-1)!
  const origin = new URL(customer.url()).origin
  const send = async (path: string, data: object, { method = 'POST', tag = '' } = {}) => {
    const headers = { origin, ...(tag ? { 'if-match': tag } : {}) }
    const answer = await customer.request.fetch(`/api/v1${path}`, { method, data, headers })
    expect(answer.ok(), await answer.text()).toBe(true)
    return { id: (await answer.json()).id as string, tag: answer.headers().etag ?? '' }
  }
  const low = { kind: 'threshold', metric: 'air_pressure', op: 'gt', value: 0 }
  const text = { 'zh-CN': name, en: name }
  const rule = await send('/alarm-rules', {
    ...{ deviceId, name: text, severity: 'medium', remedy: { 'zh-CN': '检查空压机', en: 'Check the compressor' } },
    raise: { kind: 'group', join: 'all', parts: [low] },
  })
  await send(`/alarm-rules/${rule.id}/trials`, { deviceId, days: 1 })
  await send(`/alarm-rules/${rule.id}/state`, { state: 'active' }, { method: 'PUT', tag: rule.tag })

  await expect.poll(unread, { timeout: 60_000 }).toBeGreaterThan(before) // by itself, with the next reading
  await bell.click()
  const notice = customer.getByRole('list', { name: '通知' }).getByRole('listitem').filter({ hasText: name })
  await expect(notice).toContainText('未读')
  await notice.getByRole('button', { name: /标为已读/ }).click()
  await expect(notice).not.toContainText('未读')
  await expect(async () => {
    const mail = await mailTo('customer@example.com')
    expect(mail.subject).toContain(name)
    expect(mail.text).toContain('检查空压机')
  }).toPass()
  await notice.getByRole('link', { name }).click()
  await expect(customer.getByRole('button', { name: '确认收到' })).toBeVisible()

  const stranger = await visit(phone)
  await newCustomer({ page: stranger, mailTo }, 'notice-stranger')
  await stranger.getByRole('banner').getByRole('link', { name: '通知', exact: true }).click()
  await expect(stranger.getByText('还没有通知')).toBeVisible()
  await stranger.goto(new URL(customer.url()).pathname)
  await expect(stranger.getByText(name)).toHaveCount(0)

  await customer.request.delete(`/api/v1/alarm-rules/${rule.id}`, { headers: { origin } })
  await customer.goto('/account/notices/settings')
  await customer.getByRole('checkbox', { name: '中：邮件' }).uncheck()
  await customer.getByRole('button', { name: '保存' }).click()
  await expect(customer.getByText('已保存。')).toBeVisible()
})
