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

/** name, path, width, height; `staff` pages are seen as sales, `dark` in the dark scheme, `act` touches the page first */
const pictures = [
  { name: 'home', path: '/', width: 1440, height: 900 },
  { name: 'home.en', path: '/en', width: 1440, height: 900 },
  { name: 'product', path: '/products/{slug}', width: 1440, height: 900 },
  { name: 'product.en', path: '/en/products/{slug}', width: 1440, height: 900 },
  { name: 'product-dark', path: '/products/{slug}', width: 1440, height: 900, dark: true },
  { name: 'product-phone', path: '/products/{slug}', width: 390, height: 844 },
  { name: 'configurator', path: '/configure/{slug}', width: 1440, height: 900 },
  { name: 'configurator.en', path: '/en/configure/{slug}', width: 1440, height: 900 },
  { name: 'configurator-phone', path: '/configure/{slug}', width: 390, height: 844 },
  { name: 'leads', path: '/console/leads', width: 1440, height: 900, staff: true },
  { name: 'leads.en', path: '/en/console/leads', width: 1440, height: 900, staff: true },
]

mkdirSync(folder, { recursive: true })
const { executablePath, args, env } = await prepareBrowser()
const browser = await chromium.launch({ executablePath, args, env })
try {
  const slug = await firstProduct()
  for (const picture of pictures) await take(picture, slug)
} finally {
  await browser.close()
}

async function take({ name, path, width, height, dark, staff }, slug) {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  if (staff) await signIn(context)
  const page = await context.newPage()
  const answer = await page.goto(path.replace('{slug}', slug), { waitUntil: 'networkidle', timeout: 30_000 }).catch(() => null)
  if (answer && answer.status() >= 400) throw new Error(`${path} answers ${answer.status()}`)
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
