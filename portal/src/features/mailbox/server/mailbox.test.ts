import { expect, test } from 'vitest'
import { accounts } from '#features/accounts/server'
import { sendSmsJob } from '#platform/server'
import { testPortal } from '../../../../test/test-portal.ts'
import { getMail, listMail } from '../core/index.ts'
import { mailbox } from './index.ts'

const { api, request, platform, mails } = await testPortal({ features: [accounts, mailbox] })

test('staff with the permission read caught mail page by page, newest first, with its files', async () => {
  for (const subject of ['第一封', '第二封', '第三封']) {
    const content = new TextEncoder().encode(subject)
    await platform.mail.send({
      to: 'wang@example.com',
      subject,
      text: '您好',
      attachments: [{ filename: '规格.txt', contentType: 'text/plain', content }],
    })
    await mails()
  }
  const admin = await api('admin')
  const first = await admin.call(listMail, { query: { limit: 2 } })
  expect(first.items.map(({ subject }) => subject)).toEqual(['第三封', '第二封'])
  const second = await admin.call(listMail, { query: { limit: 2, cursor: first.nextCursor! } })
  expect(second).toMatchObject({ items: [{ subject: '第一封', to: 'wang@example.com', attachments: 1 }], nextCursor: null })

  const mail = await admin.call(getMail, { params: { mailId: first.items[0]!.id } })
  expect(mail).toMatchObject({ text: '您好', attachments: [{ filename: '规格.txt', contentType: 'text/plain', size: 9 }] })
  const file = await request(mail.attachments[0]!.path, {}, 'admin')
  expect(await file.text()).toBe('第三封')
  expect((await request(mail.attachments[0]!.path.replace(/0$/, '7'), {}, 'admin')).status).toBe(404)

  expect((await request(mail.attachments[0]!.path)).status).toBe(404)
  expect((await request(mail.attachments[0]!.path, {}, 'customer')).status).toBe(404)
  expect((await request('/api/v1/mail')).status).toBe(401)
  expect((await request('/api/v1/mail', {}, 'sales')).status).toBe(403)
})

test('a caught text message stands among the mails, with its code and as one that was not sent', async () => {
  await platform.sms!.send({
    to: '+8613800138000',
    template: 'code',
    params: { code: '482913' },
    until: new Date(Date.now() + 60_000),
  })
  await mails()
  const admin = await api('admin')
  const { items } = await admin.call(listMail, {})
  expect(items[0]).toMatchObject({ kind: 'text-message', to: '+8613800138000', subject: '短信验证码', refusal: null })
  expect(items.slice(1).map(({ kind }) => kind)).toEqual(['mail', 'mail', 'mail'])
  const { nextCursor } = await admin.call(listMail, { query: { limit: 1 } })
  const second = await admin.call(listMail, { query: { limit: 1, cursor: nextCursor! } })
  expect(second.items).toMatchObject([{ kind: 'mail', subject: '第三封' }])
  const message = await admin.call(getMail, { params: { mailId: items[0]!.id } })
  expect(message).toMatchObject({ from: null, html: null, text: expect.stringContaining('482913') })
})

test('a refused text message says why in the reader’s language, and its code is gone', async () => {
  const refused = sendSmsJob(
    { smsUrl: 'aliyun://k:s@127.0.0.1?sign=S&codeTemplate=T', smsPerHour: 500 },
    { send: async () => ({ result: 'refused', why: 'balance', code: 'isv.AMOUNT_NOT_ENOUGH' }) },
  )
  const message = { to: '+8613900139000', template: 'code', params: { code: '482913' }, until: '2999-01-01T00:00:00Z' }
  const jobId = platform.newId()
  await refused['platform.send-sms']!.handle(message, { jobId, lastTry: true, platform })
  const answer = await request(`/api/v1/mail/${jobId}`, { headers: { 'accept-language': 'en' } }, 'admin')
  const shown = await answer.json()
  expect(shown).toMatchObject({ to: '+8613900139000', refusal: expect.stringContaining('(isv.AMOUNT_NOT_ENOUGH)') })
  expect(JSON.stringify(shown)).not.toContain('482913')
})
