import { expect, test } from 'vitest'
import { getProfile, saveProfile } from '#features/manufacturer/core'
import { getNoticeDraft, publishNotice, saveNoticeDraft } from '#features/privacy/core'
import { getPricing, savePricing } from '#features/products/core'
import { testPortal } from '../../test/test-portal.ts'
import { builtPages } from './pages.ts'

const { api, request } = await testPortal({ pages: async () => ({ pages: await builtPages() }) })
const admin = await api('admin')

const page = async (path: string, as?: 'admin') => {
  const answer = await request(path, { headers: { accept: 'text/html' } }, as)
  return { status: answer.status, html: await answer.text() }
}
const footerOf = (html: string) => /<footer[\s\S]*<\/footer>/.exec(html)![0]

test('a footer without filings and imprint has none of them, and the imprint is no page yet', async () => {
  const footer = footerOf((await page('/')).html)
  expect(footer).not.toContain('beian')
  expect(footer).not.toContain('/imprint')
  expect((await page('/imprint')).status).toBe(404)
})

test('filings lead to their registers and the imprint to its page, in both languages', async () => {
  const { value, etag } = await admin.callWithEtag(getProfile, {})
  const profile = {
    ...value.profile,
    name: { 'zh-CN': '华东包装机械', en: 'Huadong' },
    icpFiling: '沪ICP备12345678号-1',
    policingFiling: '沪公网安备31010402000001号',
    imprint: { 'zh-CN': '# 网站主体\n华东包装机械', en: '# Who we are\nHuadong & <b>Sons</b>' },
  }
  await admin.call(saveProfile, { body: profile, ifMatch: etag! })
  const { html } = await page('/en/products')
  expect(footerOf(html)).toMatch(/href="https:\/\/beian\.miit\.gov\.cn\/"[^>]*>沪ICP备12345678号-1</)
  expect(footerOf(html)).toContain('https://beian.mps.gov.cn/#/query/webSearch?code=31010402000001')
  expect(footerOf(html)).toContain('href="/en/imprint"')
  expect((await page('/imprint')).html).toContain('<h2>网站主体</h2>')
  expect((await page('/en/imprint')).html).toContain('<p>Huadong &amp; &lt;b&gt;Sons&lt;/b&gt;</p>')
})

test('where prices are not shown the footer says nothing of them', async () => {
  expect(footerOf((await page('/')).html)).toContain('参考价')
  const { etag } = await admin.callWithEtag(getPricing, {})
  await admin.call(savePricing, { body: { visibility: 'on-request' }, ifMatch: etag! })
  // kept pages are purged by a signal, which takes its way
  await expect.poll(async () => footerOf((await page('/')).html)).not.toContain('参考价')
  expect(footerOf((await page('/', 'admin')).html)).toContain('参考价')
})

test('the privacy page says which version it is, and leads to the ones before', async () => {
  expect((await page('/en/privacy')).html).toContain('<h2>In short</h2>')
  for (const change of ['', '一处修改']) {
    const { etag } = await admin.callWithEtag(getNoticeDraft, {})
    if (change) await rewrite(etag!)
    const fresh = await admin.callWithEtag(getNoticeDraft, {})
    await admin.call(publishNotice, { body: { change: { 'zh-CN': change, en: '' } }, ifMatch: fresh.etag! })
  }
  const { html } = await page('/privacy')
  expect(html).toContain('<h2>新的说明</h2>')
  expect(html).toContain('第 2 版')
  expect(html).toContain('一处修改')
  expect(html).toContain('href="/privacy/versions/1"')
  const before = await page('/privacy/versions/1')
  expect(before.html).toContain('此版本已不再有效')
  expect(before.html).toContain('noindex')
  for (const never of ['7', 'x', '1.5']) expect((await page(`/privacy/versions/${never}`)).status).toBe(404)
})

async function rewrite(ifMatch: string) {
  await admin.call(saveNoticeDraft, { body: { text: { 'zh-CN': '# 新的说明', en: '' } }, ifMatch })
}

test.each([
  ['/console/settings/site', 'PUBLIC_URL'],
  ['/en/console/settings/site', 'English alone'],
  ['/console/settings/prices', '新产品和新报价的默认值'],
  ['/console/settings/privacy', '现行版本：第 2 版'],
  ['/en/console/settings/privacy', 'there is nothing to publish'],
  ['/en/console/settings', 'ICP filing number'],
])('%s shows %s', async (path, words) => {
  const { status, html } = await page(path, 'admin')
  expect(status).toBe(200)
  expect(html).toContain(words)
})
