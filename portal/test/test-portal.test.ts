import { expect, test } from 'vitest'
import { accounts } from '#features/accounts/server'
import { testPortal } from './test-portal.ts'

const { request, platform, mails } = await testPortal({ features: [accounts] })

test('a test has a whole portal of its own: API, accounts, mail', async () => {
  expect((await request('/healthz')).status).toBe(200)
  expect((await request('/api/v1/me', {}, 'sales')).status).toBe(200)
  await platform.database.transaction(() => platform.mail.send({ to: 'wang@example.com', subject: '您好', text: '报价单' }))
  expect(await mails()).toMatchObject([{ to: 'wang@example.com', subject: '您好', text: '报价单' }])
})
