import { expect, test } from 'vitest'
import { z } from 'zod'
import { getProduct } from '#features/products/core'
import { addLeadNote, answerLead, contactConsent, listLeads, submitInquiry } from '#features/sales/core'
import { endpoint } from '#platform/core'
import { createLog, route, type ServerFeature } from '#platform/server'
import { publishDrillStand, standardDraft } from '../../test/small-product.ts'
import { testPortal } from '../../test/test-portal.ts'
import { features } from './features.ts'

const lines: string[] = []
const marked = { name: 'Zacharias Marked', company: 'Markings Ltd', email: 'zacharias@marked.example', phone: '+49 89 7654321' }
const words = 'a message that nobody else may read'
const traces = ['zacharias', 'marked', 'markings', '7654321', 'nobody else may read', 'not-my-password', 'the inside of the vice']

/** Fails as software fails: with the data it was at in its message. */
const broken: ServerFeature = {
  name: 'broken',
  routes: [
    route(
      endpoint({
        id: 'broken.read',
        method: 'GET',
        path: '/broken/{token}',
        summary: 'Fails',
        access: 'public',
        params: z.object({ token: z.string() }),
      }),
      async () => {
        throw Object.assign(new Error('Failed'), { detail: `Key (email)=(${marked.email}) is taken`, code: 'XX000' })
      },
    ),
  ],
  on: {
    'inquiry.submitted': [
      {
        name: 'broken.listener',
        async handle(_, { database }) {
          await database.pool.query(
            'insert into person (id, kind, name, email, created_at, updated_at) values (gen_random_uuid(), $1, $2, $3, now(), now())',
            ['nobody', marked.name, marked.email],
          )
        },
      },
    ],
  },
}

const { api, portal, platform, request, mails } = await testPortal({
  features: [...features, broken],
  log: createLog('debug', { write: (line: string) => void lines.push(line) }),
  events: { firstDelay: 10 },
})
await publishDrillStand(platform)

test('whatever goes wrong, the log names no person and shows no secret, and every request by its template', async () => {
  const visitor = await api()
  const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })
  const inquiry = {
    configuration: standardDraft(modelVersionId),
    contact: marked,
    message: words,
    unlisted: words,
    consent: { version: contactConsent.version, accepted: true as const },
  }
  const { token } = await visitor.call(submitInquiry, { body: inquiry })
  await mails()
  const sales = await api('sales')
  const { items } = await sales.call(listLeads, { query: { search: marked.email } })
  const params = { leadId: items[0]!.id }
  await sales.call(addLeadNote, { params, body: { text: words } })
  await sales.call(answerLead, { params, body: { subject: words, text: words } })
  await mails()

  const post = (path: string, body: unknown) =>
    request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  await post('/api/v1/inquiries', { ...inquiry, contact: { ...marked, phone: words } })
  await post('/api/v1/auth/sign-in', { email: marked.email, password: 'not-my-password' })
  await post('/api/v1/auth/sign-up', { ...marked, password: 'not-my-password-1', language: 'en' })
  await post('/api/v1/auth/forgot', { email: marked.email })
  await request(`/api/v1/leads?search=${encodeURIComponent(marked.email)}`)
  await request(`/api/v1/inquiries/${token}`)
  await request(`/api/v1/broken/${token}?email=${marked.email}`)
  await request(`/inquiries/${token}?from=${marked.email}`, {
    headers: { accept: 'text/html', referer: `https://x.example/?u=${marked.email}` },
  })
  await request(`/api/v1/${marked.email}`)
  await portal.settled()

  const log = lines.join('')
  expect(log).toContain('"route":"/api/v1/inquiries/:token"')
  expect(log).toContain('broken.listener')
  expect(log).toContain('"status":500')
  for (const trace of [...traces, token]) expect(log.toLowerCase()).not.toContain(trace.toLowerCase())
  for (const line of lines.map(text => JSON.parse(text) as { msg: string; route?: string }))
    if (line.msg === 'request') expect(line.route).toMatch(/^(-|asset|page .*|\/[\w./:{}-]*)$/)
})
