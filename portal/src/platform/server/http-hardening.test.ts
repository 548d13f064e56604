import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { demoAccounts } from '#features/accounts/server'
import { embedPath } from '#platform/core'
import { caughtMails, testPortal } from '../../../test/test-portal.ts'
import { features } from '../../app/features.ts'

// What a browser and a stranger at the wire must not be able to do, one paragraph each. How it is done stands in http-security.ts.

const folder = mkdtempSync(join(tmpdir(), 'fettle-hardening-'))
mkdirSync(join(folder, 'client/assets'), { recursive: true })
writeFileSync(join(folder, 'secret.txt'), 'not for you')
writeFileSync(join(folder, 'client/assets/app.js'), 'app()')
writeFileSync(join(folder, 'client/.hidden'), 'not for you')
afterAll(() => rmSync(folder, { recursive: true }))

const pages = async () => ({
  pages: {
    assets: join(folder, 'client'),
    render: async (request: Request, { nonce }: { nonce: string }) =>
      new Response(`<html><script nonce="${nonce}">go()</script>${new URL(request.url).pathname.length}</html>`, {
        headers: { 'content-type': 'text/html', 'cache-control': 'public' },
      }),
  },
})
const { request, portal } = await testPortal({ pages })
const public443 = 'https://portal.example.com'
const production = await testPortal({ pages, config: { mode: 'production', publicUrl: public443 } })
/** As the wire has it: the test's own helper names the portal's origin in every request. */
const raw = (url: string, init: RequestInit = {}) => production.portal.http.app.request(url, init)

const endpoints = features.flatMap(feature => feature.routes ?? []).map(route => route.endpoint)
const addressOf = (path: string) => `/api/v1${path.replace(/\{\w+\}/g, 'b3c1f0de-0000-4000-8000-000000000001')}`
const unsafe = endpoints.filter(({ method }) => method !== 'GET')

describe('Content-Security-Policy', () => {
  const kinds = [
    '/',
    '/products',
    '/api/docs',
    '/api/v1/me',
    '/api/v1/nowhere',
    '/problems/validation',
    '/assets/app.js',
    '/sitemap.xml',
  ]

  test.each(kinds)('%s runs no script but ours: no inline script without its nonce, no eval, no other origin', async path => {
    const policy = (await request(path, { headers: { accept: 'text/html' } })).headers.get('content-security-policy')!
    const directives = new Map(policy.split('; ').map(one => [one.split(' ')[0]!, one.split(' ').slice(1).join(' ')]))
    expect(directives.get('script-src')).toMatch(/^'self' 'nonce-[\w-]{22}'$/)
    expect(directives.get('style-src')).toMatch(/^'self' 'nonce-[\w-]{22}'$/)
    expect(policy).not.toMatch(/unsafe|\*|http:|https:/)
    for (const [name, value] of [
      ['default-src', "'self'"],
      ['object-src', "'none'"],
      ['base-uri', "'none'"],
      ['form-action', "'self'"],
      ['frame-ancestors', "'none'"],
      ['require-trusted-types-for', "'script'"],
      ['trusted-types', 'start fettle default wechat'],
    ] as const)
      expect([name, directives.get(name)]).toEqual([name, value])
  })

  test('a nonce is never used twice, kept pages included', async () => {
    const nonces = await Promise.all(
      Array.from({ length: 20 }, async () => /nonce="([^"]+)"/.exec(await (await request('/')).text())?.[1]),
    )
    expect(new Set(nonces).size).toBe(20)
  })
})

test('every answer says that its type is not to be guessed, that it stands in no frame, and that nobody else may embed it', async () => {
  for (const path of ['/', '/api/v1/me', '/api/v1/nowhere', '/assets/app.js']) {
    const { headers } = await request(path)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect([...headers.keys()].filter(name => /^(server|x-powered-by)$/.test(name))).toEqual([])
  }
  expect((await request('/')).headers.has('strict-transport-security')).toBe(false)
  const hsts = async () => (await raw(`${public443}/`)).headers.get('strict-transport-security')
  expect(await hsts()).toBe('max-age=31536000; includeSubDomains')
})

test('where something below the portal speaks plain HTTP, browsers are told of the portal alone', async () => {
  const alone = await testPortal({ pages, config: { publicUrl: public443, hstsSubdomains: false } })
  expect((await alone.request('/')).headers.get('strict-transport-security')).toBe('max-age=31536000')
})

test('the session cookie is not for scripts, not for other sites, and by https only where the portal speaks it', async () => {
  const signIn = (app: typeof portal.http.app, origin: string) =>
    app.request(`${origin}/api/v1/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ email: 'admin@zhizao.example', password: 'fettle-demo-2026' }),
    })
  await request('/api/v1/me', {}, 'admin') // makes the demo's accounts
  const plain = (await signIn(portal.http.app, 'http://portal.test')).headers.getSetCookie()
  expect(plain.length).toBeGreaterThan(0)
  for (const cookie of plain) {
    expect(cookie).toMatch(/; HttpOnly/i)
    expect(cookie).toMatch(/; SameSite=(Lax|Strict)/i)
    expect(cookie).toMatch(/; Path=\//i)
    expect(cookie).not.toMatch(/; Domain=/i)
  }
  for (const cookie of (await signIn(portal.http.app, 'https://portal.test')).headers.getSetCookie())
    expect(cookie).toMatch(/; Secure/i)
})

test('by https each cookie is bound to this host by its name, and one without that is nobody’s', async () => {
  const { email, password } = demoAccounts(portal.platform).find(({ roles }) => roles.includes('admin'))!
  const ask = (path: string, headers: Record<string, string>, body?: unknown) =>
    portal.http.app.request(`https://portal.test${path}`, {
      headers: { 'content-type': 'application/json', origin: 'https://portal.test', ...headers },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
  await request('/api/v1/me', {}, 'admin') // makes the demo's accounts
  const given = [
    ...(await ask('/api/v1/auth/sign-in', {}, { email, password })).headers.getSetCookie(),
    ...(await ask('/products?lang=en', {})).headers.getSetCookie(),
  ]
  expect(given.map(cookie => cookie.split('=')[0]).toSorted()).toEqual([
    '__Host-fettle_device',
    '__Host-fettle_session',
    '__Host-lang',
  ])
  for (const cookie of given) {
    expect(cookie).toMatch(/; Path=\/(;|$)/i)
    expect(cookie).toMatch(/; Secure(;|$)/i)
  }
  const cookie = given.map(one => one.split(';')[0]).join('; ')
  const who = async (cookie: string) =>
    ((await (await ask('/api/v1/me', { cookie })).json()) as { account: { email: string } | null }).account?.email
  expect(await who(cookie)).toBe(email)
  expect(await who(cookie.replaceAll('__Host-', ''))).toBeUndefined()
  expect(await who(`${cookie.replace('__Host-fettle_session', 'fettle_session')}; fettle_session=planted`)).toBeUndefined()
  const wrong = await ask('/api/v1/nowhere', { cookie, 'accept-language': '*' })
  expect(await wrong.json()).toMatchObject({ title: 'Not found' }) // the language's own is read as well
})

describe('CORS', () => {
  test('no page elsewhere is told that it may read an answer or send a request of its own kind, but what is there for it, without cookies', async () => {
    for (const { method, path } of endpoints) {
      const told = path.startsWith(embedPath)
        ? [
            [
              'access-control-allow-headers',
              'access-control-allow-methods',
              'access-control-allow-origin',
              'access-control-max-age',
            ],
            ['access-control-allow-origin'],
          ]
        : [[], []]
      const preflight = await request(addressOf(path), {
        method: 'OPTIONS',
        headers: {
          origin: 'https://elsewhere.example',
          'access-control-request-method': method,
          'access-control-request-headers': 'content-type',
        },
      })
      const simple = await request(addressOf(path), { headers: { origin: 'https://elsewhere.example' } })
      const names = [preflight, simple].map(({ headers }) =>
        [...headers.keys()].filter(name => name.startsWith('access-control-')).sort(),
      )
      expect([path, names]).toEqual([path, told])
    }
  })
})

describe('CSRF', () => {
  const tricks: [string, Record<string, string>][] = [
    ['another site', { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a name that begins like ours', { origin: 'http://portal.test.elsewhere.example' }],
    ['another port', { origin: 'http://portal.test:81' }],
    ['a sister domain', { origin: 'http://other.portal.test', 'sec-fetch-site': 'same-site' }],
  ]
  test.each(tricks)('no operation that changes something obeys %s', async (_, headers) => {
    for (const { method, path } of unsafe) {
      const answer = await request(
        addressOf(path),
        { method, headers: { 'content-type': 'application/json', ...headers }, body: '{}' },
        'admin',
      )
      expect([path, answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
        path,
        403,
        '/problems/foreign-origin',
      ])
    }
  })

  test('a browser that hides the origin still tells that the request comes from elsewhere', async () => {
    const answer = await portal.http.app.request('http://portal.test/api/v1/auth/sign-out', {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(answer.status).toBe(403)
  })

  test('no operation that changes something is reached by GET, HEAD or a form', async () => {
    for (const { path, method, body } of unsafe) {
      const readable = endpoints.some(
        one => one.method === 'GET' && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path), // a parameter may stand there
      )
      const byGet = await request(addressOf(path), {}, 'admin')
      if (!readable) expect([path, [404, 405].includes(byGet.status)]).toEqual([path, true])
      if (!body) continue
      const form = await request(
        addressOf(path),
        { method, headers: { 'content-type': 'text/plain', 'if-match': '"1"' }, body: '{"a":1}' },
        'admin',
      )
      expect([path, form.status]).not.toEqual([path, 200])
    }
  })
})

describe('redirects', () => {
  test.each([
    '/en//elsewhere.example?lang=zh-CN',
    '/en//elsewhere.example/%2f..?lang=zh-CN',
    '/en/%5Celsewhere.example?lang=zh-CN',
    '/en/\\elsewhere.example?lang=zh-CN',
    '//elsewhere.example?lang=en',
    '/en/%09//elsewhere.example?lang=zh-CN',
    '/?lang=en&next=https://elsewhere.example',
    '/en?lang=zh-CN%0d%0aLocation:%20https://elsewhere.example',
  ])('%s leads to no other site', async path => {
    const answer = await request(path.startsWith('//') ? `/${path.slice(1)}` : path)
    const location = answer.headers.get('location')
    if (location === null) return
    expect(new URL(location, 'http://portal.test').origin).toBe('http://portal.test')
    expect(location).not.toMatch(/^[/\\]{2}|[\r\n]/)
  })
})

describe('host header', () => {
  const lies = { host: 'elsewhere.example', 'x-forwarded-host': 'elsewhere.example', forwarded: 'host=elsewhere.example' }

  test('no page, no sitemap and no mail of a portal in production names the host that a request claims', async () => {
    for (const path of ['/', '/sitemap.xml', '/robots.txt', '/api/openapi.json']) {
      const answer = await raw(`http://elsewhere.example${path}`, { headers: lies })
      expect(await answer.text()).not.toContain('elsewhere.example')
      expect(JSON.stringify([...answer.headers])).not.toContain('elsewhere.example')
    }
    await raw('http://elsewhere.example/api/v1/auth/sign-up', {
      method: 'POST',
      headers: { ...lies, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Visitor', email: 'visitor@visitor.example', password: 'a bench, a vice and a file' }),
    })
    const [mail] = await caughtMails(production.portal)
    expect(mail?.text).toContain(public443)
    expect(JSON.stringify(mail)).not.toContain('elsewhere.example')
  })

  test('what a request claims of its address is not believed without TRUST_PROXY', async () => {
    const limited = await testPortal({ http: { rateLimits: { read: { burst: 2, perMinute: 1 } } } })
    const statuses: number[] = []
    for (const last of [1, 2, 3])
      statuses.push((await limited.request('/api/v1/me', { headers: { 'x-forwarded-for': `192.0.2.${last}` } })).status)
    expect(statuses).toEqual([200, 200, 429])
  })
})

describe('path traversal', () => {
  test.each([
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/....//....//secret.txt',
    '/assets/%252e%252e%252fsecret.txt',
    '/assets/..;/..;/secret.txt',
    '/../secret.txt',
    '/.hidden',
    '/assets//../.hidden',
    '/assets/app.js/../../../secret.txt',
    '/assets/app.js%2500.txt',
    '//secret.txt',
    '/pictures/..%2f..%2fsecret.txt.png',
    '/models/../../secret.txt',
  ])('%s reaches no file outside', async path => {
    const answer = await portal.http.app.request(`http://portal.test${path}`)
    expect(await answer.text()).not.toContain('not for you')
  })

  test('the file that may be read is', async () => {
    expect(await (await request('/assets/app.js')).text()).toBe('app()')
  })
})

describe('SSRF', () => {
  // outgoing.test.ts shows that the one way out refuses private addresses, guards.test.ts that there is no other.
  test('a PDF fetches nothing from outside', async () => {
    const { renderPdf } = await import('./pdf.ts')
    await expect(renderPdf({ content: [{ image: 'http://127.0.0.1:1/x.png' }] })).rejects.toThrow()
    await expect(renderPdf({ content: [{ image: '/etc/hostname' }] })).rejects.toThrow()
  })
})
