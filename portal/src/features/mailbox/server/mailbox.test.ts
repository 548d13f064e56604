import { expect, test } from 'vitest'
import { accounts } from '#features/accounts/server'
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
