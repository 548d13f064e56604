import { expect, test } from 'vitest'
import { z } from 'zod'
import { inviteStaff } from '#features/accounts/core'
import { askAsVisitor, confirmRequest } from '#features/privacy/core'
import { getProduct } from '#features/products/core'
import { addLeadNote, answerLead, contactConsent, listLeads, submitInquiry, uploadAttachment } from '#features/sales/core'
import { endpoint } from '#platform/core'
import { createLog, personalTables, route, type ServerFeature } from '#platform/server'
import { publishDrillStand, standardDraft } from '../../test/small-product.ts'
import { testPortal } from '../../test/test-portal.ts'
import { features } from './features.ts'

/*
 * Feeds marked data through everything a person does and through everything that fails, and then looks for the marks everywhere:
 * log, metrics, events, jobs, audit log, answers to others, and the raw text of every table.
 */

const lines: string[] = []
const marks = {
  name: 'Zacharias Markedname',
  company: 'Markedcompany Ltd',
  email: 'zacharias@markedmail.example',
  phone: '+49 89 7654321',
  words: 'markedwords nobody else may read',
  password: 'markedpassword of the vice',
  file: 'markedfile drawing.pdf',
  agent: 'Markedagent/7.0',
  campaign: 'markedcampaign',
}
const { name, company, email, phone, words, password } = marks
/** what would show in any spelling */
const traces = [
  'zacharias',
  'markedname',
  'markedcompany',
  'markedmail',
  '7654321',
  'markedwords',
  'markedpassword',
  'markedfile',
  'markedagent',
]

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
        throw Object.assign(new Error('Failed'), { detail: `Key (email)=(${email}) is taken`, code: 'XX000' })
      },
    ),
  ],
  jobs: {
    'broken.job': {
      retries: 0,
      handle: async (_, { platform }) => void (await platform.database.pool.query('select $1::uuid', [email])),
    },
  },
  on: {
    'inquiry.submitted': [
      {
        name: 'broken.listener',
        async handle(_, { database }) {
          await database.pool.query('select $1::int', [`${name} ${email}`])
        },
      },
    ],
  },
}

const { api, portal, platform, request, mails, database } = await testPortal({
  features: [...features, broken],
  log: createLog('debug', { write: (line: string) => void lines.push(line) }),
  events: { firstDelay: 10 },
})
await publishDrillStand(platform)

const secrets: string[] = []

/** Of the link to this page in a mail to the marked person. */
async function tokenAt(page: string): Promise<string> {
  const texts = (await mails()).filter(({ to }) => to === email).map(({ text }) => text)
  return texts.map(text => new RegExp(`/${page}\\?token=([\\w-]+)`).exec(text)?.[1]).find(token => token !== undefined)!
}

async function doEverything(): Promise<void> {
  const visitor = await api()
  const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })
  const file = await visitor.call(uploadAttachment, { body: { name: marks.file, content: new Blob(['%PDF-1.7']) } })
  const inquiry = {
    configuration: standardDraft(modelVersionId),
    contact: { name, company, email, phone },
    message: words,
    unlisted: words,
    attachments: [file.token],
    source: { utm_campaign: marks.campaign },
    consent: { version: contactConsent.version, accepted: true as const },
  }
  const { token } = await visitor.call(submitInquiry, { body: inquiry, idempotencyKey: 'marked-0123456789' })
  await mails()
  const sales = await api('sales')
  const { items } = await sales.call(listLeads, { query: { search: email } })
  const params = { leadId: items[0]!.id }
  await sales.call(addLeadNote, { params, body: { text: words } })
  await sales.call(answerLead, { params, body: { subject: words, text: words } })
  const admin = await api('admin')
  await admin.call(inviteStaff, { body: { name, email: `staff.${email}`, roles: ['sales'], language: 'en' } })

  const post = (path: string, body: unknown, headers = {}) =>
    request(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  const agent = { 'user-agent': marks.agent }
  await post('/api/v1/auth/sign-up', { name, email, companyName: company, password })
  const link = await tokenAt('verify')
  await post('/api/v1/auth/sign-in', { email, password: `${password}, wrong` }, agent)
  await post('/api/v1/auth/verify', { token: link })
  const entered = await post('/api/v1/auth/sign-in', { email, password }, agent)
  expect(entered.status).toBe(200)
  await post('/api/v1/auth/forgot', { email })
  await visitor.call(askAsVisitor, { body: { kind: 'export', email, words } })
  const asked = await tokenAt('privacy')
  await visitor.call(confirmRequest, { body: { token: asked } })
  secrets.push(token, link, asked, file.token, ...entered.headers.getSetCookie().map(cookie => cookie.split(/[=;.]/)[1]!))

  // what goes wrong
  await post('/api/v1/inquiries', { ...inquiry, contact: { ...inquiry.contact, phone: words } })
  await post('/api/v1/inquiries', `{"email": ${email}`)
  await request('/api/v1/inquiries', { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{${email}` })
  await request(`/api/v1/leads?search=${encodeURIComponent(email)}`)
  await request(`/api/v1/inquiries/${token}`)
  await request(`/api/v1/broken/${token}?email=${email}`)
  await request(`/inquiries/${token}?from=${email}`, {
    headers: { accept: 'text/html', referer: `https://x.example/?u=${email}`, ...agent },
  })
  await request(`/api/v1/${email}`)
  await platform.jobs.enqueue('broken.job', { email })
  await portal.settled()
  await mails()
}

/** Where a mark may stand in a table: in a column that is declared plain. */
async function marksOutsideOfPlainColumns(): Promise<string[]> {
  const plain = new Set(
    personalTables(features).flatMap(({ table, personal }) =>
      Object.entries(personal).flatMap(([column, { protection }]) => (protection === 'plain' ? [`${table}.${column}`] : [])),
    ),
  )
  const { rows: columns } = await database.pool.query<{ schema: string; table: string; column: string; type: string }>(`
    select n.nspname as schema, c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`)
  expect(columns.length).toBeGreaterThan(250)
  const found: string[] = []
  for (const { schema, table, column, type } of columns) {
    const value = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`
    const { rows } = await database.pool.query<{ text: string | null }>(
      `select lower(string_agg(${value}, ' ')) as text from "${schema}"."${table}"`,
    )
    const text = rows[0]!.text ?? ''
    const place = `${schema === 'public' ? '' : `${schema}.`}${table}.${column}`
    const seen = [...traces, ...secrets.map(secret => secret.toLowerCase())].filter(trace => text.includes(trace))
    if (seen.length > 0 && !plain.has(place)) found.push(`${place}: ${seen.join(', ')}`)
  }
  return found
}

/** Random, and no key to anything for who has the table: a link whose row he has anyway, a session without the cookie's signature. */
const harmless = ['inquiry.token', 'session.token']

test('marked data that went through everything is found nowhere but where it is declared', async () => {
  await doEverything()
  const log = lines.join('')
  expect(log).toContain('"route":"/api/v1/inquiries/:token"')
  for (const sign of ['broken.listener', 'broken.job', '"status":500', '"status":422']) expect(log).toContain(sign)
  for (const trace of [...traces, ...secrets]) expect(log.toLowerCase()).not.toContain(trace.toLowerCase())
  for (const line of lines.map(text => JSON.parse(text) as { msg: string; route?: string }))
    if (line.msg === 'request') expect(line.route).toMatch(/^(-|asset|page .*|\/[\w./:{}-]*)$/)

  const metrics = (await (await request('/metrics')).text()).toLowerCase()
  for (const trace of traces) expect(metrics).not.toContain(trace)

  const found = await marksOutsideOfPlainColumns()
  expect(found.filter(place => !harmless.some(column => place.startsWith(`${column}:`)))).toEqual([])
})

test('an answer to somebody else carries none of it', async () => {
  const others = ['/api/v1/leads', '/api/v1/broken/x', '/api/v1/me', '/api/v1/privacy/requests', '/privacy', '/metrics']
  for (const path of others) {
    const text = (await (await request(path, {}, 'customer')).text()).toLowerCase()
    for (const trace of traces) expect(text).not.toContain(trace)
  }
})
