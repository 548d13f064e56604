import { createServer, type IncomingHttpHeaders } from 'node:http'
import { verifyWebhook } from '../test/verify-webhook.ts'
import { ownMachinePage } from './pages.ts'
import { expect, test } from './portal-fixture.ts'

const named = '气压检查'
/** A customer's program: refuses what it is told of that alarm twice, then takes it. */
const came: { headers: IncomingHttpHeaders; body: string; status: number }[] = []
const ofAlarm = () => came.filter(({ body }) => body.includes(named))
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', chunk => {
    body += chunk
  })
  request.on('end', () => {
    const status = body.includes(named) && ofAlarm().length < 2 ? 503 : 204
    came.push({ headers: request.headers, body, status })
    response.writeHead(status).end()
  })
})

test.beforeAll(() => new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve)))
test.afterAll(() => void receiver.close())

test('a customer adds a webhook, his program verifies what comes, refuses twice, and takes an alarm in the end', async ({
  visit,
  complaints,
}) => {
  complaints.expect(/status of 403/) // adding asks for a confirmation first
  const page = await visit({ as: 'customer' })
  await page.goto('/account/webhooks')
  await page.getByRole('button', { name: '添加 Webhook' }).click()
  const { port } = receiver.address() as { port: number }
  await page.getByLabel('地址').fill(`http://127.0.0.1:${port}/alarms`)
  await page.getByLabel('名称').fill('维修系统')
  await page.getByRole('button', { name: '添加并显示密钥' }).click()
  await page.getByLabel('理由').fill('接入维修系统，用于自动派单')
  await page.locator('dialog[open]').getByLabel('密码').last().fill('fettle-demo-2026')
  await page.locator('dialog[open]').getByRole('button', { name: '确认' }).last().click()
  const secret = (await page.locator('[data-secret]').textContent())!
  expect(secret).toMatch(/^whsec_/)
  await page.getByRole('button', { name: '已妥善保存' }).click()

  await page.getByRole('link', { name: '查看 维修系统' }).click()
  await page.getByRole('button', { name: '发送测试消息' }).click()
  await expect(page.getByText('测试消息已送达：204')).toBeVisible()

  const deviceId = (await ownMachinePage(page)).split('/').at(-1)!
  const origin = new URL(page.url()).origin
  const send = async (path: string, data: object, { method = 'POST', tag = '' } = {}) => {
    const answer = await page.request.fetch(`/api/v1${path}`, {
      ...{ method, data, headers: { origin, ...(tag ? { 'if-match': tag } : {}) } },
    })
    expect(answer.ok(), await answer.text()).toBe(true)
    return { id: (await answer.json()).id as string, tag: answer.headers().etag ?? '' }
  }
  const text = { 'zh-CN': named, en: named }
  const low = { kind: 'threshold', metric: 'air_pressure', op: 'gt', value: 0 }
  const rule = await send('/alarm-rules', {
    ...{ deviceId, name: text, severity: 'critical', raise: { kind: 'group', join: 'all', parts: [low] } },
  })
  await send(`/alarm-rules/${rule.id}/trials`, { deviceId, days: 1 })
  await send(`/alarm-rules/${rule.id}/state`, { state: 'active' }, { method: 'PUT', tag: rule.tag })
  await expect.poll(() => ofAlarm().length, { timeout: 90_000 }).toBe(2) // the second by itself, five seconds later
  await page.goto('/account/webhooks')
  await page.getByRole('link', { name: '查看 维修系统' }).click()
  const delivery = page.getByRole('list', { name: '发送记录' }).getByRole('listitem').filter({ hasText: '503' })
  await expect(delivery).toContainText('等待')
  await delivery.getByRole('button', { name: /^重新发送/ }).click()
  await expect.poll(() => ofAlarm().map(({ status }) => status)).toEqual([503, 503, 204])
  expect(new Set(ofAlarm().map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  for (const { headers, body } of ofAlarm())
    expect(verifyWebhook(secret, body, headers as Record<string, string>)).toMatchObject({ type: 'alarm.raised' })
  await page.reload()
  await expect(delivery).toContainText('已送达')
  await page.getByRole('button', { name: '删除' }).click()
  await page.locator('dialog[open]').getByRole('button', { name: '删除' }).click()
  await expect(page.getByText('还没有 Webhook')).toBeVisible()
  await page.request.delete(`/api/v1/alarm-rules/${rule.id}`, { headers: { origin } })
})
