// The pictures of the README: node scripts/screenshots.mjs http://localhost:3000 [folder], against a running demo portal.
// Run it with the project's own Node: npm exec -- node scripts/screenshots.mjs <address>
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { prepareBrowser } from '../portal/test/browser.ts'
import { smallPng } from './small-png.mjs'

const [address, folder = fileURLToPath(new URL('../docs/pictures', import.meta.url))] = process.argv.slice(2)
if (!address) {
  console.error('Say where the portal runs: node scripts/screenshots.mjs http://localhost:3000')
  process.exit(1)
}

/** name, path, width, height; `staff` pages are seen as sales, `dark` in the dark scheme; `act` touches the page first */
const pictures = [
  { name: 'product', path: '/products/{slug}', width: 1440, height: 900 },
  { name: 'product.en', path: '/en/products/{slug}', width: 1440, height: 900 },
  { name: 'product-dark', path: '/products/{slug}', width: 1440, height: 900, dark: true },
  { name: 'configurator-phone', path: '/configure/{slug}', width: 390, height: 844 },
  { name: 'excluded', path: '/configure/{slug}?c=sp18_builtin', width: 1440, height: 900, act: showExcluded },
  { name: 'excluded.en', path: '/en/configure/{slug}?c=sp18_builtin', width: 1440, height: 900, act: showExcluded },
  { name: 'inquiry', path: '{inquiry}', width: 1440, height: 900 },
  { name: 'leads', path: '/console/leads', width: 1440, height: 900, staff: true },
  { name: 'leads.en', path: '/en/console/leads', width: 1440, height: 900, staff: true },
  { name: 'lead', path: '/console/leads', width: 1440, height: 900, staff: true, act: openFirstRow },
]

/** Who asks in the pictures. All of them are invented. */
const visitors = [
  {
    name: '王建国',
    company: '苏州宏远精密模具有限公司',
    email: 'wang.jianguo@hongyuan.example',
    message: '用于 P20 与 H13 模具精加工，请一并报安装费用。',
  },
  {
    name: 'Anna Keller',
    company: 'Keller Feinwerk GmbH',
    email: 'anna.keller@feinwerk.example',
    message: 'Titanium parts, 40 a day. When could a trial cut take place?',
  },
  { name: '李敏', company: '宁波启航汽车零部件厂', phone: '139 5740 0042', message: '两台，希望八月前到货。' },
]

mkdirSync(folder, { recursive: true })
const { executablePath, args, env } = await prepareBrowser()
const browser = await chromium.launch({ executablePath, args, env })
try {
  const slug = await firstProduct()
  let inquiry = ''
  for (const visitor of visitors) inquiry = await inquire(visitor, slug)
  for (const picture of pictures) await take(picture, slug, inquiry)
} finally {
  await browser.close()
}

async function take({ name, path, width, height, dark, staff, act }, slug, inquiry) {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  if (staff) await signIn(context)
  const page = await context.newPage()
  const answer = await page
    .goto(path.replace('{slug}', slug).replace('{inquiry}', inquiry), { waitUntil: 'networkidle', timeout: 30_000 })
    .catch(() => null)
  if (answer && answer.status() >= 400) throw new Error(`${path} answers ${answer.status()}`)
  await act?.(page)
  await page.evaluate(() => document.fonts.ready)
  const bytes = smallPng(await page.screenshot())
  writeFileSync(join(folder, `${name}.png`), bytes)
  console.log(`${name}.png ${Math.round(bytes.length / 1024)} kB`)
  await context.close()
}

async function firstProduct() {
  const { items } = await (await fetch(`${address}/api/v1/products`)).json()
  if (!items?.[0]) throw new Error(`${address} shows no product: start the portal with its demo`)
  return items[0].slug
}

/** Sends an inquiry as a visitor does; answers the path of its page. */
async function inquire({ name, company, email, phone, message }, slug) {
  const page = await browser.newPage({ baseURL: address, viewport: { width: 1440, height: 900 } })
  await page.goto(`/configure/${slug}`, { waitUntil: 'networkidle' })
  await page.getByRole('button', { name: '获取报价' }).click()
  const form = page.getByRole('dialog')
  for (const [label, value] of Object.entries({ 姓名: name, 公司: company, 邮箱: email, 电话: phone, 留言: message })) {
    if (value) await form.getByLabel(label).first().fill(value)
  }
  await form.getByRole('checkbox').check()
  await form.getByRole('button', { name: '发送询价' }).click()
  await page.waitForURL('**/inquiries/**')
  const { pathname } = new URL(page.url())
  await page.close()
  return pathname
}

/** The fast spindle excludes the box ways: the picture shows why, and what to change to have them. */
async function showExcluded(page) {
  await page.locator('[data-standing=excluded]').first().scrollIntoViewIfNeeded()
}

async function openFirstRow(page) {
  await page.locator('tbody a').first().click()
  await page.waitForURL('**/leads/*')
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {})
}

/** As the demo's salesperson. */
async function signIn(context) {
  const { items } = await (await fetch(`${address}/api/v1/auth/demo-accounts`)).json()
  const sales = items?.find(account => account.roles?.includes('sales'))
  if (!sales) throw new Error(`${address} has no demo accounts: start the portal with its demo`)
  const answer = await context.request.post('/api/v1/auth/sign-in', {
    data: { email: sales.email, password: sales.password },
    headers: { origin: new URL(address).origin },
  })
  if (!answer.ok()) throw new Error(`Signing in as ${sales.email} answers ${answer.status()}`)
}
