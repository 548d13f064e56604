import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { testPortal } from '../../test/test-portal.ts'
import { builtPages } from './pages.ts'

const { request } = await testPortal({ pages: async () => ({ pages: await builtPages() }) })
const page = (path: string, headers: Record<string, string> = {}) =>
  request(path, { headers: { accept: 'text/html', ...headers } })

test('every script and style of a page carries the nonce of its policy, and nothing comes from elsewhere', async () => {
  for (const [path, language] of [
    ['/', 'zh-CN'],
    ['/en', 'en'],
    ['/sign-in', 'zh-CN'],
    ['/en/sign-in', 'en'],
  ]) {
    const answer = await page(path!)
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(html).toContain(`<html lang="${language}"`)
    const nonce = /script-src 'self' 'nonce-([\w-]+)';/.exec(answer.headers.get('content-security-policy')!)![1]
    const elements = html.match(/<(script|style)\b[^>]*>/g)!.filter(element => !element.includes('application/ld+json'))
    expect(elements.length).toBeGreaterThan(0)
    for (const element of elements) expect(element).toContain(`nonce="${nonce}"`)
    const loaded = [...html.matchAll(/<(?:script|link|img|source|iframe)\b[^>]*?\b(?:src|href)="([^"]+)"[^>]*>/g)]
    const elsewhere = loaded.filter(
      ([element, address]) => /^(https?:)?\/\//.test(address!) && !/rel="(canonical|alternate)"/.test(element),
    )
    expect(elsewhere).toEqual([])
  }
})

test('the texts of the page language are fetched ahead, and only those', async () => {
  const html = await (await page('/en/sign-in')).text()
  expect(html).toMatch(/<link rel="modulepreload" fetchpriority="low" media="not all" href="\/assets\/en-[\w-]+\.js"/)
  expect(html).not.toMatch(/\/assets\/zh-CN-/)
})

test('an address that is no page is a page that says so, in its language', async () => {
  const answer = await page('/en/nowhere')
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('There is no such page')
})

test('pages that are only read come without scripts of their own, the others with them', async () => {
  expect(await (await page('/')).text()).not.toMatch(/modulepreload|<script[^>]* type="(later\/)?module"/)
  expect(await (await page('/sign-in')).text()).toMatch(/<script[^>]* type="later\/module"/)
})

test('built files are kept for good and arrive compressed', async () => {
  const assets = fileURLToPath(new URL('../../build/client/assets', import.meta.url))
  const file = readdirSync(assets).find(name => /^react-.*\.js$/.test(name))!
  const answer = await request(`/assets/${file}`, { headers: { 'accept-encoding': 'gzip, br' } })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-encoding')).toBe('br')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect((await request('/assets/none-123.js')).status).toBe(404)
  expect((await request('/assets/../../../package.json')).status).toBe(404)
  expect((await request('/.vite/manifest.json')).status).toBe(404)
})

test('?lang switches the language and is remembered for the bare address', async () => {
  const switched = await page('/products?lang=en&c=1')
  expect([switched.status, switched.headers.get('location')]).toEqual([302, '/en/products?c=1'])
  const cookie = switched.headers.get('set-cookie')!.split(';')[0]!
  expect((await page('/', { cookie })).headers.get('location')).toBe('/en')
  expect((await page('/en?lang=zh-CN')).headers.get('location')).toBe('/')
})

test('robots.txt and the sitemap name both languages and keep the console out', async () => {
  const robots = await (await request('/robots.txt')).text()
  expect(robots).toContain('Disallow: /en/console\n')
  const sitemap = await (await request('/sitemap.xml')).text()
  expect(sitemap).toContain('<loc>http://portal.test/en</loc>')
  expect(sitemap).toContain('hreflang="zh-CN" href="http://portal.test/"')
})

test('pages that cannot be kept are rendered for one visitor at a bounded rate', async () => {
  const limited = await testPortal({
    pages: async () => ({ pages: { assets: null, render: async () => new Response('a page') } }),
    http: { rateLimits: {} },
  })
  const statuses: number[] = []
  for (let visit = 0; visit < 110; visit++) statuses.push((await limited.request(`/products?c=${visit}`)).status)
  expect(statuses.slice(0, 100).every(status => status === 200)).toBe(true)
  expect(statuses.at(-1)).toBe(429)
  expect((await limited.request('/products.data?c=1')).status).toBe(200)
})
