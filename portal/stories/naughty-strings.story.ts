import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { APIRequestContext } from '@playwright/test'
import type { CaughtMail, CaughtMailSummary } from '../src/features/mailbox/core/api.ts'
import { postgresFolder } from '../src/platform/server/postgres.ts'
import type { NaughtyPortal } from '../test/naughty-portal.ts'
import { naughtyStrings } from '../test/naughty-strings.ts'
import { test as base, expect, type Page } from './portal-fixture.ts'
import { readPdf } from './read-pdf.ts'

/** How many of the some 7,000; NAUGHTY=all takes every one. */
const many = process.env.NAUGHTY === 'all' ? Number.MAX_SAFE_INTEGER : Number(process.env.NAUGHTY ?? 240)

const test = base.extend<object, { portal: NaughtyPortal }>({
  portal: [
    async ({ browserName: _ }, use) => {
      const { portal, stop } = await startNaughtyPortal()
      await use(portal)
      await stop()
    },
    { scope: 'worker', timeout: 600_000 },
  ],
  baseURL: ({ portal }, use) => use(portal.address),
})
test.skip(naughtyStrings() === null, 'no naughty strings at FETTLE_DATA')
test.describe.configure({ timeout: many > 1000 ? 3_600_000 : 180_000 })

// What a browser complains about (scripts that were refused, errors, requests to elsewhere) fails every story by itself.

for (const width of [390, 1440]) {
  test(`pages for everybody show naughty texts as text at ${width} px`, async ({ visit, portal }) => {
    const page = await visit({ viewport: { width, height: 900 } })
    const paths = ['/', '/products', portal.product, portal.configurator, ...portal.sheets, ...portal.inquiries]
    for (const path of paths)
      for (const language of ['', '/en']) await look(page, `${language}${path === '/' ? '' : path}` || '/')
  })

  test(`the console shows naughty texts as text at ${width} px`, async ({ visit, portal }) => {
    const page = await visit({ viewport: { width, height: 900 } })
    await signIn(page, portal)
    await look(page, '/console/leads')
    const more = page.getByRole('button', { name: '加载更多' })
    while (await more.isVisible()) await Promise.all([page.waitForResponse(/\/api\/v1\/leads/), more.click()])
    await demandCalm(page, 'all leads')
    for (const path of [...portal.leads, '/console/products', '/console/staff', '/console/audit']) await look(page, path)
  })
}

test('a text is shown as it was written', async ({ visit, portal }) => {
  const page = await visit()
  await page.goto(portal.configurator)
  await page.locator('ol').getByRole('button').nth(2).click()
  const cards = page.locator('[data-option^="extra_"]')
  await expect(cards.nth(30)).toBeVisible() // a long list comes in parts
  for (const card of await cards.all()) {
    const number = Number((await card.getAttribute('data-option'))!.slice('extra_'.length))
    const shown = (await card.textContent())!.replaceAll('\u00a0', ' ') // a number and its unit are kept together
    expect.soft(shown).toContain(portal.extras[number])
  }
})

test('mails carry naughty texts as text', async ({ visit, portal }) => {
  const page = await visit()
  const request = await signIn(page, portal)
  const mails: CaughtMail[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const list = (await (await request.get(`/api/v1/mail?limit=100&cursor=${cursor}`)).json()) as {
      items: CaughtMailSummary[]
      nextCursor: string | null
    }
    for (const { id } of list.items) mails.push((await (await request.get(`/api/v1/mail/${id}`)).json()) as CaughtMail)
    cursor = list.nextCursor
  }
  expect(mails.length).toBeGreaterThan(portal.leads.length)
  for (const mail of mails) {
    expect(mail.subject, 'a subject is one line').not.toMatch(/[\r\n]/)
    await page.setContent(mail.html!) // without the portal's policy, as a careless mail program would
    await demandCalm(page, mail.subject)
  }
})

test('the PDF of a configuration with naughty names is whole', async ({ visit, portal }) => {
  const page = await visit()
  for (const sheet of portal.sheets) {
    await page.goto(sheet)
    const href = await page.getByRole('link', { name: '下载 PDF' }).getAttribute('href')
    const bytes = await (await page.request.get(href!)).body()
    expect(readPdf(bytes).pages).toBeGreaterThanOrEqual(1)
    expect(bytes.toString('latin1'), 'a PDF that does nothing').not.toMatch(/\/(JavaScript|JS|Launch|SubmitForm|OpenAction)\b/)
  }
})

/** As the administrator of this portal. */
async function signIn(page: Page, portal: NaughtyPortal): Promise<APIRequestContext> {
  const { request } = page.context()
  const answer = await request.post('/api/v1/auth/sign-in', {
    data: { email: 'admin@zhizao.example', password: 'fettle-demo-2026' },
    headers: { origin: portal.address },
  })
  expect(answer.ok()).toBe(true)
  return request
}

async function look(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await demandCalm(page, path)
}

/** Nothing ran, nothing was taken for markup, and the page is no wider than its window. */
async function demandCalm(page: Page, what: string): Promise<void> {
  const found = await page.evaluate(() => ({
    wider:
      document.documentElement.scrollWidth > window.innerWidth
        ? [...document.querySelectorAll('main *')]
            .filter(element => element.getBoundingClientRect().right > window.innerWidth)
            .map(({ tagName, className, textContent }) => `${tagName}.${className} ${textContent?.slice(0, 30)}`)
            .slice(0, 5)
        : [],
    handlers: [...document.querySelectorAll('*')].flatMap(element =>
      [...element.attributes].filter(({ name }) => /^on/i.test(name)).map(({ name }) => `${element.tagName} ${name}`),
    ),
    links: [...document.querySelectorAll('a[href], area[href], form[action], iframe, object, embed, base')]
      .map(element => element.getAttribute('href') ?? element.getAttribute('action') ?? element.outerHTML.slice(0, 80))
      .filter(address => /^\s*(javascript|data|vbscript):|^</i.test(address)),
  }))
  expect.soft(found, what).toEqual({ wider: [], handlers: [], links: [] })
}

async function startNaughtyPortal(): Promise<{ portal: NaughtyPortal; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fettle-naughty-'))
  const child = spawn(process.execPath, [join(import.meta.dirname, '../test/naughty-portal.ts'), String(many)], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, FETTLE_MODE: 'demo', NODE_ENV: 'production', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const portal = await new Promise<NaughtyPortal>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', line => resolve(JSON.parse(line) as NaughtyPortal))
    void ended.then(() => reject(new Error('The portal of naughty strings ended before it was ready')))
  })
  return {
    portal,
    async stop() {
      child.kill('SIGTERM')
      await ended
      for (const folder of [dataDir, postgresFolder(dataDir)]) rmSync(folder, { recursive: true, force: true })
    },
  }
}
