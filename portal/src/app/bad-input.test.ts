import { connect } from 'node:net'
import type { Model } from '@fettle/engine'
import { afterAll, expect, test } from 'vitest'
import { getMe } from '#features/accounts/core'
import { saveConfiguration } from '#features/configurator/core'
import { getModel, getProduct } from '#features/products/core'
import { contactConsent, submitInquiry } from '#features/sales/core'
import { type Problem, ProblemError } from '#platform/core'
import { drillStand, publishDrillStand, standardDraft } from '../../test/small-product.ts'
import { testPortal } from '../../test/test-portal.ts'

const { api, portal, platform, request } = await testPortal({
  config: { port: 0, host: '127.0.0.1', publicUrl: 'http://127.0.0.1:0' },
})
const visitor = await api()
await publishDrillStand(platform)
const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })

const address = new URL(await portal.listen())
afterAll(() => portal.http.drain())

const problemOf = async (call: Promise<unknown>): Promise<Problem> => {
  const error = await call.then(
    () => null,
    thrown => thrown,
  )
  if (!(error instanceof ProblemError)) throw new Error('The call was expected to be refused')
  return error.problem
}

const both = (text: string) => ({ 'zh-CN': text, en: text })
const broken = (change: Partial<Model>) => JSON.stringify({ ...drillStand, id: 'broken', ...change })
const formula = (text: string) => broken({ constraints: [{ id: 'wrong', kind: 'formula', formula: text, message: both('x') }] })
const [motor, supply] = drillStand.groups

test.each([
  ['a contradiction', 'm.json', formula('!motor_1kw & !motor_3kw'), 'contradiction', '/constraints/0'],
  [
    'a cycle of groups and options',
    'm.json',
    broken({
      groups: [
        { ...motor!, parent: 'supply_2kw' } as Model['groups'][number],
        { ...supply!, parent: 'motor_1kw' } as Model['groups'][number],
      ],
    }),
    'cycle',
    '/groups/',
  ],
  ['an unknown reference', 'm.json', formula('motor_9kw => supply_5kw'), 'unknown-reference', '/constraints/0'],
  [
    'units that do not agree',
    'm.json',
    broken({
      attributes: [
        { id: 'power', name: both('power'), unit: 'W' },
        { id: 'mass', name: both('mass'), unit: 'kg' },
      ],
      constraints: [{ id: 'wrong', kind: 'formula', formula: 'sum(power) <= sum(mass)', message: both('x') }],
    }),
    'unit-mismatch',
    '/constraints/0',
  ],
  ['a UVL file cut off in the middle', 'm.uvl', 'features\n  Lamp\n    mandatory\n      "Soc', 'unclosed-quote', '4:'],
  ['a FeatureIDE file cut off in the middle', 'm.xml', '<featureModel><struct><and name="Lamp"><fea', 'syntax', '1:'],
  ['JSON cut off in the middle', 'm.json', broken({}).slice(0, 200), 'syntax', '1:'],
])(
  '%s in an imported model is named with its code, place and remedy, in both languages',
  async (_, fileName, text, code, place) => {
    for (const language of ['zh-CN', 'en']) {
      const answer = await request(
        '/api/v1/console/products/import',
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'accept-language': language },
          body: JSON.stringify({ fileName, text }),
        },
        'product',
      )
      expect(answer.status).toBe(422)
      const { type, errors } = (await answer.json()) as Problem
      expect(type).toBe('/problems/model-invalid')
      expect(errors![0]).toMatchObject({ code, field: expect.stringContaining(place) })
      const words = `${errors![0]!.message}${errors![0]!.remedy}`
      expect(/[\u4e00-\u9fff]/.test(words)).toBe(language === 'zh-CN')
    }
  },
)

test.each([
  ['an option the product does not have', { option: 'motor_9kw', chosen: true }],
  ['an option the product does not have, refused', { option: 'motor_9kw', chosen: false }],
  ['a number the product does not have', { number: 'length', value: 5 }],
  ['a group in place of a number', { number: 'motor', value: 1 }],
  ['a name every object has', { option: 'constructor', chosen: true }],
  ['a name every object has, counted', { option: 'toString', quantity: 0 }],
  ['a decision the selection does not hold', { option: 'motor_3kw', chosen: true }],
])('a decision on %s is refused at its place', async (_, decision) => {
  const body = { ...standardDraft(modelVersionId), decisions: [{ option: 'motor_1kw', chosen: true }, decision] }
  const problem = await problemOf(visitor.call(saveConfiguration, { body }))
  expect(problem).toMatchObject({
    status: 422,
    errors: [{ field: '/decisions/1', message: expect.any(String), remedy: expect.any(String) }],
  })
})

test('a selection of names every object has is refused', async () => {
  const draft = JSON.stringify(standardDraft(modelVersionId)).replace('"options":{', '"options":{"__proto__":1,"constructor":1,')
  const answer = await post('/api/v1/configurations', draft)
  expect(answer.status).toBe(422)
})

test('a link to a withdrawn version says so and names the version to go on with', async () => {
  await publishDrillStand(platform, { id: 'old_stand' })
  const old = await visitor.call(getProduct, { params: { slug: 'old-stand' } })
  const saved = await visitor.call(saveConfiguration, { body: standardDraft(old.modelVersionId) })
  await publishDrillStand(platform, { id: 'old_stand', version: '2.0.0' })
  const current = await visitor.call(getProduct, { params: { slug: 'old-stand' } })
  const way = { withdrawn: true, currentVersionId: current.modelVersionId, productSlug: 'old-stand' }
  expect(await visitor.call(getModel, { params: { modelVersionId: old.modelVersionId } })).toMatchObject(way)
  expect(await (await request(`/api/v1/configurations/${saved.token}`)).json()).toMatchObject(way)
  const refused = await problemOf(visitor.call(saveConfiguration, { body: standardDraft(old.modelVersionId) }))
  expect(refused).toMatchObject({
    type: '/problems/model-withdrawn',
    status: 409,
    remedy: expect.any(String),
    currentVersionId: current.modelVersionId,
  })
})

const post = (
  path: string,
  body: string | ReadableStream,
  as?: Parameters<typeof request>[2],
  headers: Record<string, string> = {},
) =>
  request(
    path,
    { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body, duplex: 'half' } as RequestInit,
    as,
  )

test.each([
  ['/api/v1/configurations', 2_000_000],
  ['/api/v1/inquiries', 2_000_000],
  ['/api/v1/console/products/import', 20_500_000],
])('%s refuses what is larger than it takes, announced or not, before it has read it', async (path, limit) => {
  const announced = await post(path, ' '.repeat(limit + 1), 'product', { 'content-length': String(limit + 1) })
  expect([announced.status, ((await announced.json()) as Problem).limit]).toEqual([413, limit])
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536
      controller.enqueue(new Uint8Array(65_536).fill(32))
    },
  })
  expect((await post(path, endless, 'product')).status).toBe(413)
  expect(sent).toBeLessThan(limit + 1_000_000)
})

const rawBodies = {
  'brackets nested 100,000 deep': '['.repeat(100_000) + ']'.repeat(100_000),
  'objects nested 30,000 deep': `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`,
  'the same key twice': '{"email":"a@b.example","email":5,"configuration":1,"configuration":{}}',
  'keys of the prototype': '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"toString":1}',
  'numbers beyond every type': '{"net":1e400,"modelVersionId":-1e308,"revision":123456789012345678901234567890}',
  'NUL in key and value': '{"a\\u0000":"b\\u0000"}',
  'half a surrogate pair': '{"name":"\\udc00","\\ud800":1}',
  'a byte order mark': '\ufeff{}',
  'two values': '{}{}',
  'nothing but a string': '"x"',
}

test.each(Object.entries(rawBodies))('%s is a problem of the sender at every endpoint that takes a body', async (_, body) => {
  const { features } = await import('./features.ts')
  const endpoints = features.flatMap(feature => feature.routes ?? []).map(({ endpoint }) => endpoint)
  const taking = endpoints.filter(endpoint => endpoint.body)
  expect(taking.length).toBeGreaterThan(8)
  for (const { method, path } of taking) {
    const answer = await request(
      `/api/v1${path.replace(/\{\w+\}/g, crypto.randomUUID())}`,
      { method, headers: { 'content-type': 'application/json', 'if-match': '"1"' }, body },
      'admin',
    )
    const text = await answer.text()
    // 200: where every field may be left out, what the endpoint does not know is nothing to it
    expect(`${method} ${path} ${answer.status}`).toMatch(/ (4\d\d|200)$/)
    if (answer.status !== 200) expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(text).not.toMatch(/\.ts:\d+|node_modules|at async/)
  }
  expect(({} as Record<string, unknown>).admin).toBeUndefined()
})

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test.each([
  'x',
  cursorOf(null),
  cursorOf([]),
  cursorOf({}),
  cursorOf({ key: '1', id: "'; drop table lead" }),
  cursorOf({ key: 'yesterday', id: crypto.randomUUID(), at: 'yesterday', position: 'one' }),
  cursorOf({ key: '9'.repeat(300), id: crypto.randomUUID() }),
  cursorOf({ key: { a: 1 }, id: [crypto.randomUUID()] }),
])('a cursor somebody made up (%s) is refused by every list', async cursor => {
  for (const path of ['/leads', '/leads?sort=net', '/leads?sort=updatedAt', '/console/products', '/mail', '/companies']) {
    const answer = await request(`/api/v1${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`, {}, 'admin')
    expect([path, answer.status]).toEqual([path, 422])
    expect(((await answer.json()) as Problem).errors![0]!.field).toBe('query/cursor')
  }
})

test.each(['*', '""', '"', 'W/', '"1","2"', 'null', '-1', 'x'.repeat(4000)])(
  'If-Match %s never changes what it did not see',
  async ifMatch => {
    const { items } = (await (await request('/api/v1/console/products', {}, 'product')).json()) as {
      items: { id: string; status: string }[]
    }
    const answer = await request(
      `/api/v1/console/products/${items[0]!.id}`,
      { method: 'PATCH', headers: { 'content-type': 'application/json', 'if-match': ifMatch }, body: '{"status":"withdrawn"}' },
      'product',
    )
    expect(answer.status).toBe(412)
  },
)

test('an Idempotency-Key of one visitor does not open the answer of another request', async () => {
  const key = crypto.randomUUID()
  const inquiry = (email: string) => ({
    configuration: standardDraft(modelVersionId),
    contact: { email },
    consent: { version: contactConsent.version, accepted: true as const },
  })
  await visitor.call(submitInquiry, { body: inquiry('first@example.com'), idempotencyKey: key })
  expect((await problemOf(visitor.call(submitInquiry, { body: inquiry('second@example.com'), idempotencyKey: key }))).type).toBe(
    '/problems/idempotency-key-reused',
  )
  const failed = { ...inquiry('third@example.com'), consent: { version: 'old', accepted: true as const } }
  const free = crypto.randomUUID()
  await problemOf(visitor.call(submitInquiry, { body: failed, idempotencyKey: free }))
  await visitor.call(submitInquiry, { body: inquiry('third@example.com'), idempotencyKey: free })
})

test.each([
  ['no value', 'session'],
  ['broken percent signs', 'fettle_session=%E0%A4%A; x=%'],
  ['a forged signature', `fettle_session=${'a'.repeat(32)}.${'b'.repeat(44)}`],
  ['very many cookies', Array.from({ length: 200 }, (_, i) => `c${i}=v`).join('; ')],
  ['keys of the prototype', '__proto__=x; constructor=y; hasOwnProperty=z'],
])('a cookie header with %s is nobody, not an error', async (_, cookie) => {
  const answer = await request('/api/v1/me', { headers: { cookie } })
  expect([200, 401]).toContain(answer.status)
  expect((await request('/api/v1/leads', { headers: { cookie } })).status).toBe(401)
})

/** What a socket answers to bytes that no HTTP library would send. */
function speak(bytes: string, patience = 3000): Promise<string> {
  return new Promise(resolve => {
    const socket = connect(Number(address.port), '127.0.0.1', () => socket.write(bytes, 'latin1'))
    let said = ''
    const end = () => {
      socket.destroy()
      resolve(said)
    }
    const timer = setTimeout(end, patience)
    socket.on('data', chunk => {
      said += chunk.toString('latin1')
    })
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(said)
    })
    socket.on('error', () => socket.destroy()) // the server may close before it was sent everything
  })
}

test.each([
  ['garbage', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['a host that is none', 'GET /api/v1/products HTTP/1.1\r\nHost: a b/c\r\nConnection: close\r\n\r\n', 400],
  [
    'an absolute address elsewhere',
    'GET http://evil.example/api/v1/products HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    200,
  ],
  ['two lengths', 'POST /api/v1/inquiries HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\n{}', 400],
  [
    'a length and chunks',
    'POST /api/v1/inquiries HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
  ],
  ['a header of 20 kB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
  ['an address of 20 kB', `GET /${'y'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ['a negative length', 'POST /api/v1/inquiries HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', 400],
])('bytes with %s get an answer and the server lives', async (_, bytes, status) => {
  const said = await speak(bytes)
  expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect((await fetch(new URL('/healthz', address))).status).toBe(200)
})

test('nobody signed in is nobody', async () => {
  expect(await visitor.call(getMe, {})).toBeDefined()
})
