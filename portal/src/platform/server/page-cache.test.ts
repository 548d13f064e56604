import { gunzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { accounts, resolveAccount } from '#features/accounts/server'
import { eventually } from '../../../test/eventually.ts'
import { testPortal } from '../../../test/test-portal.ts'

const renderings: string[] = []
const lines: Record<string, unknown>[] = []
const lookedAt: string[] = []

const { request, platform } = await testPortal({
  features: [accounts],
  log: { info: fields => lines.push(fields), warn() {}, error() {} },
  http: {
    resolveAccount(credentials) {
      lookedAt.push(credentials.address)
      return resolveAccount(platform, credentials)
    },
  },
  pages: async () => ({
    pages: {
      assets: null,
      async render(request, { nonce, language }) {
        const { pathname } = new URL(request.url)
        renderings.push(pathname)
        const headers = { 'content-type': 'text/html', ...(pathname.startsWith('/secret') ? {} : { 'cache-control': 'public' }) }
        return new Response(`<html lang="${language}"><script nonce="${nonce}">go("${pathname}")</script></html>`, { headers })
      },
    },
  }),
})
const rendered = (path: string) => renderings.filter(one => one === path).length
const policyOf = (answer: Response) => answer.headers.get('content-security-policy')?.replaceAll(nonceOf(answer)!, '')
const nonceOf = (answer: Response) => /'nonce-([\w-]+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1]

test('a public page is rendered once for visitors, each with a nonce of his own', async () => {
  const first = await request('/machines')
  const second = await request('/machines?utm_source=fair&utm_medium=qr')
  expect(rendered('/machines')).toBe(1)
  expect(nonceOf(first)).not.toBe(nonceOf(second))
  expect(await first.text()).toContain(`nonce="${nonceOf(first)}"`)
  expect(await second.text()).toContain(`nonce="${nonceOf(second)}"`)
})

test('a kept page arrives compressed for who takes it so, and says the same', async () => {
  const plain = await (await request('/bandsaws')).text()
  const answer = await request('/bandsaws', { headers: { 'accept-encoding': 'br, gzip' } })
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  const text = gunzipSync(await answer.arrayBuffer()).toString()
  expect(text).toContain(`nonce="${nonceOf(answer)}"`)
  expect(text.replace(/nonce="[^"]+"/, '')).toBe(plain.replace(/nonce="[^"]+"/, ''))
  expect((await request('/bandsaws', { headers: { 'accept-encoding': 'gzip;q=0' } })).headers.get('content-encoding')).toBeNull()
})

test('an unchanged page is answered with 304 and leaves the stored page its policy', async () => {
  const etag = (await request('/lathes')).headers.get('etag')!
  const answer = await request('/lathes', { headers: { 'if-none-match': etag } })
  expect([answer.status, await answer.text()]).toEqual([304, ''])
  expect(answer.headers.has('content-security-policy')).toBe(false)
})

test('a page with a query, a page that does not say it is public, and a page of somebody signed in are rendered each time', async () => {
  for (const path of ['/mills?c=1', '/secret/token']) {
    await request(path)
    expect((await request(path)).headers.get('cache-control')).toBe('private, no-store')
    expect(rendered(path.split('?')[0]!)).toBe(2)
  }
  await request('/drills')
  await request('/drills', {}, 'customer')
  await request('/drills', {}, 'customer')
  expect(rendered('/drills')).toBe(3)
})

test('a kept page has every header, metric and log line of an answer that goes through everything', async () => {
  const first = await request('/presses')
  lines.length = 0
  const kept = await request('/presses', { headers: { cookie: 'lang=zh-CN', 'x-request-id': 'from-the-proxy' } })
  expect(rendered('/presses')).toBe(1)
  const own = new Set(['x-request-id', 'content-security-policy'])
  const shared = (answer: Response) => [...answer.headers].filter(([name]) => !own.has(name))
  expect(shared(kept)).toEqual(shared(first))
  expect(policyOf(kept)).toBe(policyOf(first))
  expect(kept.headers.get('x-request-id')).toBe('from-the-proxy')
  expect(lines).toMatchObject([{ requestId: 'from-the-proxy', method: 'GET', route: 'page /presses', status: 200 }])
  const { text } = await platform.metrics.read()
  expect(text).toMatch(/request_duration_seconds_count\{method="GET",route="page \/presses",status="2xx"\} 2/)
})

test.each([
  ['a session', { cookie: 'fettle.session_token=somebody' }],
  ['credentials', { authorization: 'Bearer something' }],
])('with %s a visitor is looked at before a kept page is answered', async (_, headers) => {
  await request('/planers')
  lookedAt.length = 0
  await request('/planers')
  expect(lookedAt).toEqual([])
  await request('/planers', { headers })
  expect(lookedAt.length).toBeGreaterThan(0)
})

test('an address of more than 8 KiB is refused even where its page is kept', async () => {
  await request('/shears')
  expect((await request(`/shears?utm_source=${'x'.repeat(9000)}`)).status).toBe(414)
})

test('under attack an old page is shown as it was; without an attack it is rendered anew behind the visitor', async () => {
  await request('/grinders')
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000)
  await platform.attackMode.switchTo('on', null)
  await eventually(() => platform.attackMode.strict())
  await request('/grinders')
  expect(rendered('/grinders')).toBe(1)
  await platform.attackMode.switchTo('auto', null)
  await eventually(() => !platform.attackMode.strict())
  await request('/grinders')
  await eventually(() => rendered('/grinders') === 2)
  clock.mockRestore()
})

test('a change that any process announces clears the cache', async () => {
  await request('/saws')
  await platform.live.publish('pages', 'saws')
  for (const deadline = Date.now() + 5000; rendered('/saws') < 2 && Date.now() < deadline; ) {
    await request('/saws')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  expect(rendered('/saws')).toBe(2)
})
