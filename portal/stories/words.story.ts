import type { Page } from '@playwright/test'
import {
  consolePages,
  customerPages,
  draftPages,
  indexedPages,
  inquire,
  leadOf,
  machinePages,
  ownMachinePages,
  publicPages,
} from './pages.ts'
import { expect, phone, test } from './portal-fixture.ts'

const inLanguage = { 'zh-CN': (path: string) => path, en: (path: string) => (path === '/' ? '/en' : `/en${path}`) }

test.describe.configure({ timeout: 300_000 }) // one test looks at many pages: against hanging, not for speed

for (const language of ['zh-CN', 'en'] as const) {
  test(`every public page speaks ${language} and fits a phone`, async ({ visit }) => {
    const page = await visit(phone)
    const { path: inquiry } = await inquire(page)
    for (const path of [...publicPages, inquiry]) await checkWords(page, inLanguage[language](path), language)
  })

  test(`every page behind the sign-in speaks ${language} and fits a phone`, async ({ visit }) => {
    const { email } = await inquire(await visit())
    const page = await visit({ as: 'admin', ...phone })
    const lead = await leadOf(page, email)
    for (const path of [...consolePages, lead, ...(await draftPages(page)), ...(await machinePages(page)), '/account'])
      await checkWords(page, inLanguage[language](path), language)
    const customer = await visit({ as: 'customer', ...phone })
    for (const path of [...customerPages, ...(await ownMachinePages(customer))])
      await checkWords(customer, inLanguage[language](path), language)
  })
}

test('public pages tell search engines what they are', async ({ page, baseURL }) => {
  for (const path of indexedPages) {
    for (const language of ['zh-CN', 'en'] as const) {
      await page.goto(inLanguage[language](path))
      const address = (one: 'zh-CN' | 'en') => new URL(inLanguage[one](path), baseURL).pathname
      await expect(page.locator('link[rel=canonical]'), path).toHaveAttribute('href', new RegExp(`${address(language)}$`))
      for (const one of ['zh-CN', 'en'] as const)
        await expect(page.locator(`link[rel=alternate][hreflang=${one}]`)).toHaveAttribute('href', new RegExp(`${address(one)}$`))
      await expect(page.locator('meta[name=description]'), path).toHaveAttribute('content', /.{10,}/)
      await expect(page.locator('meta[property="og:title"]')).toHaveCount(1)
      if (path.startsWith('/products/')) await checkProduct(page)
    }
  }
  const sitemap = await (await page.request.get('/sitemap.xml')).text()
  expect(sitemap).toContain('/en/products/machining-centre')
})

async function checkProduct(page: Page) {
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').first().textContent())!) as {
    '@graph': { '@type': string }[]
  }
  expect(data['@graph'].map(thing => thing['@type'])).toContain('Product')
  const picture = (await page.locator('meta[property="og:image"]').getAttribute('content'))!
  const answer = await page.request.get(new URL(picture).pathname)
  expect(answer.status()).toBe(200)
  expect(answer.headers()['content-type']).toContain('image/')
}

/** No raw key, no Chinese where English is spoken (names aside), the language named right, nothing wider than the screen. */
async function checkWords(page: Page, path: string, language: 'zh-CN' | 'en') {
  await page.goto(path)
  await expect(page.locator('html'), path).toHaveAttribute('lang', language)
  await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1)
  // biome-ignore lint/performance/useDomNodeTextContent: what is seen counts, not what stands in scripts and hidden parts
  const text = await page.locator('body').innerText()
  expect
    .soft(text.match(/\b(platform|accounts|sales|products|configurator|mailbox|devices):[a-z]\w*|\{\{\w+\}\}/g) ?? [], path)
    .toEqual([])
  expect
    .soft(text.match(/\b[a-z]+\.[a-z]+[A-Z]?\w*\.[a-zA-Z]+\b(?!@)/g)?.filter(one => !/example/.test(one)) ?? [], path)
    .toEqual([])
  if (language === 'en') {
    const chinese = text.split('\n').filter(line => /\p{Script=Han}/u.test(line) && !known.test(line))
    expect.soft(chinese, path).toEqual([])
  }
  expect.soft(await page.evaluate('document.documentElement.scrollWidth'), `${path} is wider than a phone`).toBe(390)
}

/** Names of people and companies, filings as the law has them, the link to the other language, and what other stories typed. */
const known =
  /^中文$|ICP备|公网安备|^管$|@kunde\.example|@zhizao\.example|customer@example\.com|智造先锋|李销售|王产品|陈服务|赵市场|管理员|周建国|苏州恒锐|无锡|鲁班|孙工|赵钳工|常州试验机床厂|吴敏|昆山明信|常州磊鑫|青岛海恒|宁波天工|客户名单\.xlsx|热处理车间|一号车间|二号车间|滤芯正常|X 轴直线度|更换磨损的皮带|机加车间|模具中心|星湖街|气压检查/
