import { configurator, sendInquiry } from './configurator.ts'
import { expect, ownAddress, type Page } from './portal-fixture.ts'

/** Public pages a visitor comes to without a link of his own, by path without language. */
export const publicPages = [
  '/',
  '/products',
  '/products/machining-centre',
  '/downloads',
  '/configure/machining-centre',
  '/configure/suit',
  '/sign-in',
  '/sign-in?by=phone',
  '/sign-up',
  '/forgot',
  '/privacy',
  '/about',
  '/certificates',
  '/news',
  '/cases',
  '/cases/mould-cavities',
  '/privacy/versions/0',
  '/explorer',
  '/imprint',
  '/reset',
  '/verify',
  '/join',
]

export const indexedPages = [
  '/',
  '/products',
  '/products/machining-centre',
  '/products/rotary-table',
  '/about',
  '/news/configurator-online',
  '/downloads',
  '/configure/machining-centre',
  '/configure/suit',
]

/** Of a customer who is signed in. */
export const customerPages = [
  '/account',
  '/account/company',
  '/account/inquiries',
  '/account/offers',
  '/account/machines',
  '/account/machines/plan',
  '/account/machines/plan/new',
  '/account/maintenance',
  '/account/alarms',
  '/account/alarms/performance',
  '/account/notices',
  '/account/notices/settings',
  '/account/service',
  '/account/outcomes',
  '/account/reports',
  '/account/documents',
  '/account/keys',
  '/account/robots',
  '/account/webhooks',
]

export const consolePages = [
  '/console/leads',
  '/console/offers',
  '/console/figures',
  '/console/products',
  '/console/documents',
  '/console/documents/new',
  '/console/documents/nameplates',
  '/console/fleet',
  '/console/fleet/plan',
  '/console/devices',
  '/console/devices/new',
  '/console/alarms',
  '/console/alarm-rules',
  '/console/alarms/performance',
  '/console/notices',
  '/console/notices/settings',
  '/console/device-certificates',
  '/console/device-lists',
  '/console/device-types',
  '/console/maintenance',
  '/console/models',
  '/console/service',
  '/console/outcomes',
  '/console/reports',
  '/console/packages',
  '/console/packages/new',
  '/console/entitlements',
  '/console/device-types/new',
  '/console/mail',
  '/console/privacy',
  '/console/settings',
  '/console/settings/brand',
  '/console/settings/prices',
  '/console/settings/site',
  '/console/settings/privacy',
  '/console/settings/readings',
  '/console/robots',
  '/console/webhooks',
  '/console/redirects',
  '/console/pages',
  '/console/menus',
  '/console/answering',
  '/console/companies',
  '/console/companies/import',
  '/console/staff',
  '/console/roles',
  '/console/health',
  '/console/dead-letters',
  '/console/approvals',
  '/console/audit?entry=1',
]

/** Sends an inquiry of one's own; answers the path of its page and the address it was sent from. */
export async function inquire(page: Page): Promise<{ path: string; email: string }> {
  const email = ownAddress('inquiry')
  await page.goto('/en/configure/machining-centre')
  await configurator(page).ask.click()
  await sendInquiry(page, { email, company: 'Example Tools Ltd', message: 'Two of these, please.' })
  await expect(page).toHaveURL(/\/inquiries\/[\w-]+$/)
  return { path: new URL(page.url()).pathname.replace(/^\/en/, ''), email }
}

/** Path of the lead that an inquiry has opened, once a listener has opened it. sales: a page of someone who may see it */
export async function leadOf(sales: Page, email: string): Promise<string> {
  const link = sales.getByRole('row').nth(1).getByRole('link')
  await expect(async () => {
    await sales.goto(`/console/leads?q=${email}`)
    await expect(link).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 20_000 })
  return (await link.getAttribute('href'))!
}

/** The console's page of a product that has a draft, and the preview of it. page: of someone who may see it */
export async function draftPages(page: Page): Promise<string[]> {
  const { items } = await (await page.request.get('/api/v1/console/products')).json()
  const { id } = (items as { id: string; hasDraft: boolean }[]).find(({ hasDraft }) => hasDraft)!
  return [`/console/products/${id}`, `/preview/${id}`]
}

/** The console's pages of a machine and of its type. page: of someone who may see them */
export async function machinePages(page: Page): Promise<string[]> {
  const { items } = await (await page.request.get('/api/v1/console/devices?q=00119042')).json()
  const { id, type } = (items as { id: string; type: { id: string } }[])[0]!
  const [machine, kind] = [`/console/devices/${id}`, `/console/device-types/${type.id}`]
  const rule = `/console/alarm-rules/new?type=${type.id}`
  const sections = ['overview', 'health', 'readings', 'vibration', 'outlook', 'maintenance', 'alarms', 'controls'].map(
    section => `${machine}/${section}`,
  )
  return [machine, ...sections, rule, kind, `${kind}/maintenance`, `${kind}/vibration`]
}

/** The page of a machine of the demo's customer. */
export async function ownMachinePage(page: Page): Promise<string> {
  const { items } = await (await page.request.get('/api/v1/my/devices')).json()
  return `/account/machines/${(items as { id: string }[])[0]!.id}`
}

export async function ownMachinePages(page: Page): Promise<string[]> {
  const machine = await ownMachinePage(page)
  const sections = [
    'health',
    'readings',
    'vibration',
    'outlook',
    'maintenance',
    'alarms',
    'alarm-rules/new',
    'controls',
    'packages',
    'nameplate',
  ]
  return [machine, ...sections.map(section => `${machine}/${section}`)]
}
