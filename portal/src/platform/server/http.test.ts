import { expect, test } from 'vitest'
import { z } from 'zod'
import { accounts } from '#features/accounts/server'
import { endpoint, type Problem } from '#platform/core'
import { demandVersion, route, type ServerFeature } from '#platform/server'
import { testPortal } from '../../../test/test-portal.ts'

let made = 0

const workshop = {
  name: 'workshop',
  permissions: { 'bench.read': ['service'], 'bench.write': ['product'] },
  topics: { benches: { staff: 'bench.read' } },
  routes: [
    route(
      endpoint({
        id: 'workshop.addBench',
        method: 'POST',
        path: '/benches',
        summary: 'Add a bench',
        access: 'public',
        status: 201,
        body: z.object({
          name: z.string().min(1).max(20),
          length: z.number().int().min(100),
          password: z.string().min(8).optional(),
          kind: z.enum(['wood', 'steel']).default('wood'),
        }),
        result: z.object({ number: z.number(), name: z.string() }),
      }),
      async ({ body }) => ({ number: ++made, name: body.name, hidden: 'never sent' }) as { number: number; name: string },
    ),
    route(
      endpoint({
        id: 'workshop.listBenches',
        method: 'GET',
        path: '/benches',
        summary: 'Benches',
        access: 'public',
        query: z.object({
          limit: z.number().int().max(100).default(10),
          kinds: z.array(z.string()).optional(),
          free: z.boolean().optional(),
        }),
        result: z.object({ limit: z.number(), kinds: z.array(z.string()), free: z.boolean().nullable() }),
      }),
      async ({ query }) => ({ limit: query.limit, kinds: query.kinds ?? [], free: query.free ?? null }),
    ),
    route(
      endpoint({
        id: 'workshop.changeBench',
        method: 'PATCH',
        path: '/benches/{benchId}',
        summary: 'Change a bench',
        access: { staff: 'bench.write' },
        params: z.object({ benchId: z.uuid() }),
        body: z.object({ name: z.string() }),
        concurrency: 'if-match',
        result: z.object({ name: z.string() }),
      }),
      async ({ body, ifMatch }) => {
        demandVersion(ifMatch, 7)
        return { value: { name: body.name }, etag: '8' }
      },
    ),
    route(
      endpoint({
        id: 'workshop.readBench',
        method: 'GET',
        path: '/benches/{benchId}',
        summary: 'A bench',
        access: 'signed-in',
        params: z.object({ benchId: z.uuid() }),
        concurrency: 'etag',
        result: z.object({ id: z.string() }),
      }),
      async ({ params }) => ({ value: { id: params.benchId }, etag: '7' }),
    ),
    route(
      endpoint({ id: 'workshop.break', method: 'GET', path: '/break', summary: 'Fails', access: 'public', result: z.string() }),
      async () => {
        throw new Error('the vice of bench 4 is gone')
      },
    ),
    route(
      endpoint({
        id: 'workshop.measure',
        method: 'GET',
        path: '/measure',
        summary: 'Answers a word where its schema has a number, with one more beside it',
        access: 'public',
        result: z.object({ length: z.number() }),
      }),
      async () => ({ length: 'two metres', owner: 'wang@example.com' }) as unknown as { length: number },
    ),
    route(
      endpoint({
        id: 'workshop.store',
        method: 'POST',
        path: '/store',
        summary: 'Hands a number to the database',
        access: 'public',
        body: z.object({ number: z.number() }),
      }),
      async ({ body }, { platform }) => {
        await platform.database.pool.query('select $1::int4', [body.number])
        return undefined
      },
    ),
  ],
} satisfies ServerFeature

const { request } = await testPortal({ features: [accounts, workshop] })
const bench = 'b3c1f0de-0000-4000-8000-000000000001'

const post = (path: string, body: unknown, headers: Record<string, string> = {}, as?: Parameters<typeof request>[2]) =>
  request(
    path,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    },
    as,
  )
const problemOf = async (answer: Response) => (await answer.json()) as Problem

test('a valid request is answered with what its schema shows and nothing more', async () => {
  const answer = await post('/api/v1/benches', { name: 'north', length: 2000 })
  expect(answer.status).toBe(201)
  expect(Object.keys((await answer.json()) as object)).toEqual(['number', 'name'])
  expect(answer.headers.get('x-request-id')).toBeTruthy()
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self' 'nonce-[\w-]{22}';/)
})

test('every wrong field is named with value, message and remedy in the language of the request', async () => {
  const wrong = { name: '', length: 1.5, kind: 'glass', password: 'short' }
  const english = await problemOf(await post('/api/v1/benches', wrong, { 'accept-language': 'en' }))
  expect(english).toMatchObject({ type: '/problems/validation', status: 422 })
  expect(english.errors?.map(error => error.field)).toEqual(['/name', '/length', '/password', '/kind'])
  expect(english.errors?.[3]).toEqual({
    field: '/kind',
    value: 'glass',
    message: 'This is not one of the possible values.',
    remedy: 'Choose one of: wood, steel.',
  })
  expect(JSON.stringify(english)).not.toContain('short"')
  const chinese = await problemOf(await post('/api/v1/benches?lang=zh-CN', wrong, { 'accept-language': 'en' }))
  expect(chinese.errors?.[0]).toMatchObject({ field: '/name', message: '此项必填。' })
})

test('what differs from its schema is not sent at all', async () => {
  const answer = await request('/api/v1/measure')
  expect(answer.status).toBe(500)
  expect(await answer.text()).not.toMatch(/two metres|wang/)
})

test('a query arrives in the types its schema names, and what is not of its type is named', async () => {
  expect(await (await request('/api/v1/benches?limit=5&kinds=a&kinds=b&free=true&other=1')).json()).toEqual({
    limit: 5,
    kinds: ['a', 'b'],
    free: true,
  })
  const problem = await problemOf(await request('/api/v1/benches?limit=many&free=perhaps'))
  expect(problem.errors?.map(error => [error.field, error.value])).toEqual([
    ['query/limit', 'many'],
    ['query/free', 'perhaps'],
  ])
})

test.each([
  ['no JSON', 'application/json', '{"name":', 400, 'malformed-json'],
  ['bytes that are no UTF-8', 'application/json', new Uint8Array([34, 0xff, 34]), 400, 'malformed-json'],
  ['a form', 'application/x-www-form-urlencoded', 'name=north', 415, 'unsupported-media-type'],
  ['nothing', 'application/json', '', 422, 'validation'],
  ['a list', 'application/json', '[]', 422, 'validation'],
  ['null', 'application/json', 'null', 422, 'validation'],
  ['a NUL character', 'application/json', '{"name":"a\\u0000","length":100}', 422, 'validation'],
  ['half a surrogate pair', 'application/json', '{"name":"\\ud800","length":100}', 422, 'validation'],
  ['deep nesting', 'application/json', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 422, 'validation'],
])('a body of %s is refused', async (_, type, body, status, problem) => {
  const answer = await request('/api/v1/benches', { method: 'POST', headers: { 'content-type': type }, body })
  expect(answer.status).toBe(status)
  expect((await problemOf(answer)).type).toBe(`/problems/${problem}`)
})

test('a body of 10 MB is refused without being read whole', async () => {
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536
      if (sent > 10_000_000) controller.close()
      else controller.enqueue(new Uint8Array(65_536).fill(32))
    },
  })
  const answer = await request('/api/v1/benches', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit)
  expect(answer.status).toBe(413)
  expect((await problemOf(answer)).limit).toBe(262_144)
  expect(sent).toBeLessThan(600_000)
})

test('an unknown address, a wrong method, a broken address and a bad identifier are problems', async () => {
  expect((await request('/api/v1/nowhere')).status).toBe(404)
  const wrongMethod = await request('/api/v1/benches', { method: 'DELETE' })
  expect([wrongMethod.status, wrongMethod.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
  expect((await request('/api/v1/benches/%E0%A4')).status).toBe(400)
  expect((await request('/api/v1/benches/a%00b')).status).toBe(400)
  const badId = await request('/api/v1/benches/17', {}, 'service')
  expect((await problemOf(badId)).errors?.[0]?.field).toBe('path/benchId')
})

test('what fails unexpectedly is answered with a request id and nothing from its inside', async () => {
  const answer = await request('/api/v1/break', { headers: { 'x-request-id': 'proxy-4711-abc' } })
  expect(answer.status).toBe(500)
  const text = await answer.text()
  expect(text).not.toContain('vice')
  expect(JSON.parse(text)).toMatchObject({ type: '/problems/internal', requestId: 'proxy-4711-abc' })
})

test('a value the database refuses is the problem of its sender', async () => {
  expect((await post('/api/v1/store', { number: 1e12 })).status).toBe(422)
  expect((await post('/api/v1/store', { number: 12 })).status).toBe(204)
})

test('access: nobody 401, another role 403, the role and admin pass', async () => {
  const change = (as?: Parameters<typeof request>[2]) =>
    request(
      `/api/v1/benches/${bench}`,
      { method: 'PATCH', headers: { 'content-type': 'application/json', 'if-match': '"7"' }, body: '{"name":"x"}' },
      as,
    )
  expect((await change()).status).toBe(401)
  expect((await change('customer')).status).toBe(403)
  expect((await change('service')).status).toBe(403)
  expect((await change('product')).status).toBe(200)
  expect((await change('admin')).status).toBe(200)
})

test('an edit names the version it saw', async () => {
  const change = (headers: Record<string, string>) =>
    request(
      `/api/v1/benches/${bench}`,
      { method: 'PATCH', headers: { 'content-type': 'application/json', ...headers }, body: '{"name":"x"}' },
      'product',
    )
  expect((await change({})).status).toBe(428)
  const stale = await change({ 'if-match': '"6"' })
  expect(stale.status).toBe(412)
  expect((await problemOf(stale)).remedy).toBeTruthy()
  const done = await change({ 'if-match': 'W/"7-gzip"' })
  expect([done.status, done.headers.get('etag')]).toEqual([200, '"8"'])
  const unchanged = await request(`/api/v1/benches/${bench}`, { headers: { 'if-none-match': '"7"' } }, 'product')
  expect(unchanged.headers.get('cache-control')).toBe('no-store') // no browser stores what is somebody’s; programs keep their own copy
  expect([unchanged.status, await unchanged.text()]).toEqual([304, ''])
})

test('a page elsewhere cannot act for a visitor', async () => {
  const foreign = await post('/api/v1/benches', { name: 'x', length: 100 }, { origin: 'https://elsewhere.example' })
  expect([foreign.status, (await problemOf(foreign)).type]).toEqual([403, '/problems/foreign-origin'])
})

test('the same Idempotency-Key does the work once', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  const first = await post('/api/v1/benches', { name: 'once', length: 100 }, key)
  const again = await post('/api/v1/benches', { name: 'once', length: 100 }, key)
  expect(await again.json()).toEqual(await first.json())
  expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true'])
  const other = await post('/api/v1/benches', { name: 'other', length: 100 }, key)
  expect([other.status, (await problemOf(other)).type]).toEqual([422, '/problems/idempotency-key-reused'])
  expect((await post('/api/v1/benches', { name: 'once', length: 100 }, { 'idempotency-key': '1' })).status).toBe(422)
})

test('of the same request sent many times at once, one is done and the others get its answer or are told to wait', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  const answers = await Promise.all(Array.from({ length: 6 }, () => post('/api/v1/benches', { name: 'race', length: 100 }, key)))
  const done = answers.filter(answer => answer.status === 201)
  const numbers = await Promise.all(done.map(async answer => ((await answer.json()) as { number: number }).number))
  expect(new Set(numbers).size).toBe(1)
  expect(answers.every(answer => [201, 409].includes(answer.status))).toBe(true)
})

test('the event stream is for who may listen, and says ids', async () => {
  expect((await request('/api/v1/live?topics=benches')).status).toBe(401)
  expect((await request('/api/v1/live?topics=benches', {}, 'sales')).status).toBe(403)
  expect((await request('/api/v1/live?topics=elsewhere', {}, 'service')).status).toBe(422)
  const stream = await request('/api/v1/live?topics=benches', {}, 'service')
  expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toContain('retry')
  await reader.cancel()
})

test('health and readiness', async () => {
  expect((await request('/healthz')).status).toBe(200)
  expect(await (await request('/readyz')).json()).toEqual({ status: 'ready', database: 'ok' })
})

test('every problem type has a page in both languages, and the reference names every operation', async () => {
  const page = await (await request('/problems/validation')).text()
  expect(page).toContain('输入有误')
  expect(page).toContain('Invalid input')
  expect((await request('/problems/unheard-of')).status).toBe(404)
  const reference = await (await request('/api/docs?lang=en')).text()
  for (const { endpoint } of workshop.routes) expect(reference).toContain(endpoint.id)
})
