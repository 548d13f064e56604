import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { accounts } from '#features/accounts/server'
import { endpoint, type Problem } from '#platform/core'
import { createHttp, route, type ServerFeature } from '#platform/server'
import { testPortal } from '../../../test/test-portal.ts'
import { rateLimitKinds } from './http-limits.ts'

let open: (() => void)[] = []

const workshop = {
  name: 'workshop',
  permissions: { 'bench.write': ['product'] },
  routes: [
    route(
      endpoint({
        id: 'workshop.read',
        method: 'GET',
        path: '/benches',
        summary: 'Read',
        access: 'public',
        result: z.object({ count: z.number() }),
      }),
      async () => ({ count: 3 }),
    ),
    route(
      endpoint({ id: 'workshop.write', method: 'POST', path: '/benches', summary: 'Write', access: 'public', body: z.unknown() }),
      async () => undefined,
    ),
    route(
      endpoint({ id: 'workshop.wait', method: 'GET', path: '/wait', summary: 'Wait', access: 'public', limit: 'export' }),
      async () => {
        await new Promise<void>(resolve => open.push(resolve))
        return undefined
      },
    ),
    route(
      endpoint({ id: 'workshop.sleep', method: 'GET', path: '/sleep', summary: 'Sleep', access: 'public', limit: 'export' }),
      async (_, { platform }) => {
        await platform.database.pool.query("set local statement_timeout = '20ms'; select pg_sleep(5)")
        return undefined
      },
    ),
  ],
} satisfies ServerFeature

const limited = { read: { burst: 3, perMinute: 1 }, 'public-write': { burst: 2, perMinute: 1 } }
const { request, platform, portal } = await testPortal({
  features: [accounts, workshop],
  http: { rateLimits: limited, admission: { mostAtOnce: 5, answerWithinMs: 2000 } },
})
const read = (as?: Parameters<typeof request>[2]) => request('/api/v1/benches', {}, as)
const problemOf = async (answer: Response) => (await answer.json()) as Problem

test('who asks too often is refused with a problem and told what is allowed, what is left and when to come again', async () => {
  const first = await read()
  expect(first.headers.get('ratelimit-policy')).toBe('"read";q=3;w=180')
  expect(first.headers.get('ratelimit')).toMatch(/^"read";r=2;t=\d+$/)
  await read()
  await read()
  const refused = await read()
  expect([refused.status, refused.headers.get('ratelimit')?.split(';t')[0]]).toEqual([429, '"read";r=0'])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30)
  expect(await problemOf(refused)).toMatchObject({ type: '/problems/rate-limited', status: 429 })
})

test('an account is counted by itself wherever it comes from, and another kind of request is not counted with it', async () => {
  const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await read('service')).status))
  expect(statuses.sort()).toEqual([200, 200, 200, 429, 429])
  expect((await read('product')).status).toBe(200)
  const write = await request(
    '/api/v1/benches',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '1' },
    'service',
  )
  expect(write.status).toBe(204)
})

test('a second portal process at the same database counts on', async () => {
  const other = createHttp(platform, [workshop], { resolveAccount: async () => null, rateLimits: limited })
  const write = (http: typeof other) =>
    http.app.request('http://portal.test/api/v1/benches', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '1',
    })
  const statuses = [await write(portal.http), await write(other), await write(other), await write(portal.http)].map(
    ({ status }) => status,
  )
  expect(statuses).toEqual([204, 204, 429, 429])
  other.drain()
})

test('more requests at once than the process works on are told to come again, and the others are answered', async () => {
  const waiting = Array.from({ length: 5 }, () => request('/api/v1/wait'))
  while (open.length < 5) await new Promise(setImmediate)
  const refused = await request('/api/v1/wait')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
  expect((await problemOf(refused)).type).toBe('/problems/overloaded')
  expect((await request('/healthz')).status).toBe(200)
  for (const go of open) go()
  open = []
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([204, 204, 204, 204, 204])
  expect(portal.http.load().requests).toBe(0)
})

test('an answer that takes too long is not waited for', async () => {
  const answer = await request('/api/v1/wait')
  expect([answer.status, (await problemOf(answer)).type]).toEqual([503, '/problems/timed-out'])
})

test('a statement that runs longer than it may is ended by the database and answered with 503', async () => {
  const answer = await request('/api/v1/sleep')
  expect([answer.status, (await problemOf(answer)).type]).toEqual([503, '/problems/unavailable'])
  const { rows } = await platform.database.pool.query(
    "select current_setting('statement_timeout') as one, current_setting('lock_timeout') as two",
  )
  expect(rows).toEqual([{ one: '30s', two: '10s' }])
})

test.each([
  ['an address of more than 8 KiB', `/api/v1/benches?a=${'x'.repeat(8200)}`, 414],
  ['more than 100 parameters', `/api/v1/benches?${'a=1&'.repeat(120)}`, 414],
  ['a page with such an address', `/products?${'a=1&'.repeat(120)}`, 414],
])('%s is refused', async (_, path, status) => {
  expect((await request(path)).status).toBe(status)
})

test.each([
  ['a hundred and one levels', `${'['.repeat(101)}${']'.repeat(101)}`],
  ['a hundred thousand levels that never close', '['.repeat(100_000)],
  ['objects in objects', `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`],
])('JSON of %s is refused before it is read', async (_, body) => {
  const platformOnly = createHttp(platform, [workshop], { resolveAccount: async () => null, rateLimits: null })
  const send = (text: string) =>
    platformOnly.app.request('/api/v1/benches', { method: 'POST', headers: { 'content-type': 'application/json' }, body: text })
  const answer = await send(body)
  expect([answer.status, (await problemOf(answer)).errors?.[0]?.message]).toEqual([422, expect.stringMatching(/100/)])
  // brackets inside a text are only text
  expect((await send(JSON.stringify(`\\"${body}`))).status).toBe(204)
  platformOnly.drain()
})

test('docs/guides/limits.md lists every limit there is', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/guides/limits.md'), 'utf8')
  const shown = ({ burst, perMinute }: { burst: number; perMinute: number }) => `${burst}, then ${perMinute} a minute`
  for (const [kind, table] of Object.entries(rateLimitKinds)) {
    const account = 'account' in table ? shown(table.account) : '–'
    expect(page).toContain(`| \`${kind}\` | ${shown(table.address)} | ${account} |`)
  }
})
