import { expect, test } from 'vitest'
import { forgotPassword } from '#features/accounts/core'
import { demoAccounts } from '#features/accounts/server'
import { getSite, saveSite } from '#features/manufacturer/core'
import { getManagedProduct, importModel } from '#features/products/core'
import { type Language, ProblemError } from '#platform/core'
import { drillStand } from '../../test/small-product.ts'
import { testPortal } from '../../test/test-portal.ts'
import { builtPages } from './pages.ts'

const { api, request, mails, platform } = await testPortal({ pages: async () => ({ pages: await builtPages() }) })
const admin = await api('admin')

const offer = async (...languages: Language[]) => {
  const { etag } = await admin.callWithEtag(getSite, {})
  await admin.call(saveSite, { body: { languages }, ifMatch: etag! })
}
const visit = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await request(path, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' })
  return { status: answer.status, to: answer.headers.get('location'), html: await answer.text() }
}

test('of two who choose the languages for the first time at once the second is told', async () => {
  const { etag } = await admin.callWithEtag(getSite, {})
  const choose = () => admin.call(saveSite, { body: { languages: ['zh-CN', 'en'] }, ifMatch: etag! })
  const outcomes = await Promise.allSettled([choose(), choose()])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('with both languages a page leads to the other and names both to search engines', async () => {
  const { html } = await visit('/products')
  expect(html).toMatch(/hreflang="en"/i)
  expect(html).toContain('href="/en/products"')
  expect(html).toContain('>English<')
  expect(html).not.toContain('data-one-language')
})

test('in Chinese alone English addresses lead to the Chinese page, whatever a cookie says, and nothing is left to switch', async () => {
  expect((await visit('/en/products')).status).toBe(200) // kept for the next visitor, until now
  await offer('zh-CN')
  expect(await visit('/en/products?page=2')).toMatchObject({ status: 302, to: '/products?page=2' })
  expect(await visit('/en')).toMatchObject({ status: 302, to: '/' })
  expect(await visit('/?lang=en')).toMatchObject({ status: 302, to: '/' })
  const home = await visit('/', { cookie: 'lang=en' })
  expect(home.status).toBe(200)
  expect(home.html).not.toMatch(/hreflang/i)
  expect(home.html).not.toContain('>English<')
  const sitemap = await (await request('/sitemap.xml')).text()
  expect(sitemap).not.toContain('hreflang')
  expect(sitemap).not.toContain('/en')
})

test('in English alone the portal begins at /en, and files, pictures and the API stay where they are', async () => {
  await offer('en')
  expect(await visit('/')).toMatchObject({ status: 302, to: '/en' })
  expect(await visit('/products')).toMatchObject({ status: 302, to: '/en/products' })
  const { html, status } = await visit('/en/products', { cookie: 'lang=zh-CN' })
  expect(status).toBe(200)
  expect(html).toContain('data-one-language')
  expect(html).not.toContain('>中文<')
  const script = /"(\/assets\/[^"]+\.css)"/.exec(html)![1]!
  for (const path of [script, '/robots.txt', '/api/v1/manufacturer', '/readyz']) expect((await request(path)).status).toBe(200)
  const problem = await (await request('/api/v1/products/nothing', { headers: { 'accept-language': 'zh-CN' } })).json()
  expect(problem.title).toMatch(/[a-z]/)
  expect((await (await request('/sitemap.xml')).text()).match(/<loc>[^<]*/g)).toContain('<loc>http://portal.test/en')
})

test('texts that are missing in a language nobody reads are not asked for', async () => {
  const model = { ...structuredClone(drillStand), name: { 'zh-CN': '钻床', en: '钻床' } }
  const findings = async (id: string) => {
    const text = JSON.stringify({ ...model, id })
    const { id: productId } = await admin.call(importModel, { body: { fileName: `${id}.json`, text, publish: false } })
    const { draft } = await admin.call(getManagedProduct, { params: { productId } })
    return draft!.findings.filter(({ code }) => code === 'missing-text')
  }
  await offer('zh-CN')
  expect(await findings('chinese')).toEqual([])
  await offer('zh-CN', 'en')
  expect(await findings('both')).not.toEqual([])
  expect((await visit('/en/products')).status).toBe(200)
})

test('who reads a language the portal no longer speaks is written to in the one there is', async () => {
  await offer('en')
  const { email } = demoAccounts(platform).find(({ roles }) => roles.length === 0)! // has an account in Chinese
  await (await api()).call(forgotPassword, { body: { email } })
  expect((await mails()).at(-1)).toMatchObject({ to: email, text: expect.stringContaining('http://portal.test/en/reset?token=') })
  expect(['zh-CN', 'en'].map(platform.languages.writtenIn)).toEqual(['en', 'en'])
})

test('one language at least stays', async () => {
  const error = await offer().then(
    () => null,
    thrown => thrown,
  )
  expect(error).toBeInstanceOf(ProblemError)
  expect((error as ProblemError).problem.errors).toMatchObject([{ field: '/languages' }])
})
