import { afterAll, expect, test } from 'vitest'
import { contactConsent, listLeads } from '#features/sales/core'
import { eventually } from '../eventually.ts'
import { publishDrillStand, standardDraft } from '../small-product.ts'
import { cloneDatabase } from '../test-database.ts'
import { testPortal } from '../test-portal.ts'
import { openDatabaseProxy } from './database-proxy.ts'

const clone = await cloneDatabase()
const proxy = await openDatabaseProxy(clone.url)
afterAll(async () => {
  await proxy.close()
  await clone.drop()
})

const { request, platform, api, mails } = await testPortal({
  config: { databaseUrl: proxy.url },
  signals: { beat: 2000 },
  events: { poll: 200 },
  pages: async () => ({ pages: { assets: null, render: async () => new Response('a page') } }),
})
await publishDrillStand(platform)
const { modelVersionId } = await (await request('/api/v1/products/drill-stand')).json()

const submit = (email: string) =>
  request('/api/v1/inquiries', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `inquiry of ${email}`.replaceAll(' ', '-') },
    body: JSON.stringify({
      configuration: standardDraft(modelVersionId),
      contact: { email },
      consent: { version: contactConsent.version, accepted: true },
    }),
  })

/** Everything a person or a balancer may ask meanwhile, for somebody signed in and for a visitor. */
const questions = (how: string) => ({
  'a visitor reads': () => request('/api/v1/products'),
  'a visitor writes': () => submit(`away-${how}@example.com`),
  'a colleague reads': () => request('/api/v1/leads', {}, 'sales'),
  'somebody signs in': () =>
    request('/api/v1/auth/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'sales@zhizao.example', password: 'not this one' }),
    }),
  'a colleague opens the event stream': () => request('/api/v1/live?topics=leads', {}, 'sales'),
})

test.each(['refuse', 'silent'] as const)(
  'while the database is away (%s) every answer says so and nothing hangs; then everything goes on by itself',
  async how => {
    const sales = await api('sales')
    const before = (await sales.call(listLeads, { query: {} })).total
    expect((await submit(`before-${how}@example.com`)).status).toBe(201)
    await eventually(async () => (await sales.call(listLeads, { query: {} })).total === before + 1)
    const heard: (string | null)[] = []
    const stop = platform.live.subscribe('leads', id => heard.push(id))

    await proxy.become(how)
    const answers = await Promise.all(Object.entries(questions(how)).map(async ([who, ask]) => [who, await ask()] as const))
    for (const [who, answer] of answers) {
      expect([who, answer.status]).toEqual([who, 503])
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await answer.json()).toMatchObject({ type: '/problems/unavailable', status: 503 })
    }
    const ready = await request('/readyz')
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'waiting for the database', database: 'unreachable' }])
    expect((await request('/healthz')).status).toBe(200)
    const page = await request('/console', { headers: { accept: 'text/html' } }, 'sales')
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8'])
    expect(await page.text()).toContain('服务暂时不可用')

    await proxy.become('pass')
    await eventually(async () => (await request('/readyz')).status === 200)
    const after = await submit(`away-${how}@example.com`) // repeated under its key
    expect(after.status).toBe(201)
    await eventually(async () => heard.includes(null)) // whoever listens was told that he may have missed something
    await eventually(async () => (await mails()).some(({ to }) => to === `away-${how}@example.com`))
    await platform.live.publish('leads', `after-${how}`)
    await eventually(async () => heard.includes(`after-${how}`))
    stop()
  },
  60_000,
)
