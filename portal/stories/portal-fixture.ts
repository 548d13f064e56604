import { setTimeout as delay } from 'node:timers/promises'
import {
  type APIRequestContext,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test'
import type { CaughtMail, CaughtMailSummary } from '../src/features/mailbox/core/api.ts'

export { expect, type Page }

export type Role = 'admin' | 'sales' | 'product' | 'service' | 'marketing' | 'customer'

interface Visit extends BrowserContextOptions {
  /** an account of the demo; nobody unless given */
  as?: Role
}

interface Story {
  /** A further visitor with a browser of his own. */
  visit(options?: Visit): Promise<Page>
  /** Browsers must not complain; a story that provokes something names here what it expects to hear. */
  complaints: { watch(context: BrowserContext): void; expect(pattern: RegExp): void }
  /** The newest caught mail to an address, as the console shows it. Waits until `count` have arrived. */
  mailTo(address: string, count?: number): Promise<CaughtMail>
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>

interface Worker {
  /** Signs in once per role and test process. */
  session(role: Role): Promise<Session>
}

const password = 'fettle-demo-2026'
const emailOf = (role: Role) => (role === 'customer' ? 'customer@example.com' : `${role}@zhizao.example`)

/**
 * A story is told by real browsers against the portal that the run has started. Whatever a browser complains about fails it:
 * errors of the console and of scripts (React's hydration mismatches and violated content security policies among them),
 * and every request to another origin.
 */
export const test = base.extend<Story, Worker>({
  complaints: [
    async ({ baseURL }, use) => {
      const heard: string[] = []
      const expected: RegExp[] = []
      await use({ watch: context => listen(context, baseURL!, heard), expect: pattern => void expected.push(pattern) })
      expect(heard.filter(complaint => !expected.some(pattern => pattern.test(complaint)))).toEqual([])
    },
    { auto: true },
  ],
  context: async ({ context, complaints }, use) => {
    complaints.watch(context)
    await use(context)
  },
  visit: async ({ browser, complaints, session }, use) => {
    const contexts: BrowserContext[] = []
    await use(async ({ as, ...options } = {}) => {
      const context = await browser.newContext({ ...options, ...(as ? { storageState: await session(as) } : {}) })
      contexts.push(context)
      complaints.watch(context)
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },
  mailTo: async ({ playwright, baseURL, session }, use) => {
    const request = await playwright.request.newContext({ baseURL: baseURL!, storageState: await session('admin') })
    await use((address, count = 1) => newestMail(request, address, count))
    await request.dispose()
  },
  session: [
    async ({ playwright }, use, { project }) => {
      const sessions = new Map<Role, Promise<Session>>()
      const signIn = async (role: Role) => {
        const origin = project.use.baseURL!
        const request = await playwright.request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } })
        const tryIt = () => request.post('/api/v1/auth/sign-in', { data: { email: emailOf(role), password, remember: true } })
        let answer = await tryIt()
        while (answer.status() === 429) {
          await delay(Number(answer.headers()['retry-after'] ?? 1) * 1000) // all stories come from one address
          answer = await tryIt()
        }
        if (!answer.ok()) throw new Error(`${role} cannot sign in: ${await answer.text()}`)
        const state = await request.storageState()
        await request.dispose()
        return state
      }
      await use(role => {
        const known = sessions.get(role) ?? signIn(role)
        sessions.set(role, known)
        return known
      })
    },
    { scope: 'worker' },
  ],
})

function listen(context: BrowserContext, origin: string, heard: string[]): void {
  context.on('page', answersWhenOpened)
  context.on('console', message => {
    const { url } = message.location()
    if (['error', 'warning'].includes(message.type())) heard.push(`console: ${message.text()}${url ? ` (${url})` : ''}`)
  })
  context.on('weberror', error => heard.push(`script: ${error.error().stack ?? error.error().message}`))
  context.on('request', request => {
    const { protocol, origin: asked } = new URL(request.url())
    if (protocol.startsWith('http') && asked !== new URL(origin).origin) heard.push(`request to another origin: ${request.url()}`)
  })
}

/** React has taken over the page, down to its buttons, which come last; its effects follow the next paint. Until the page is painted its script is a `later/module`. */
const hydrated = `{
  const isTaken = element => Object.keys(element).some(key => key.startsWith('__react'))
  !document.querySelector('script[type$=module]') ||
    ([...document.querySelectorAll('body *')].slice(0, 20).some(isTaken) && [...document.querySelectorAll('main button')].every(isTaken))
}`
const painted = `new Promise(done => requestAnimationFrame(() => setTimeout(done)))`

/** Whoever is quicker than the page's script clicks in vain; a story waits for it. A page without one is ready at once. */
export async function answers(page: Page): Promise<void> {
  const ready = () => page.evaluate(hydrated).catch(() => false) // a page that leads on to another is not it yet
  await expect.poll(ready, { message: 'the page answers', intervals: [30, 60, 120, 250] }).toBe(true)
  await page.evaluate(painted).catch(() => answers(page))
}

/** Every `goto` of the page waits until it answers. */
export function answersWhenOpened(page: Page): void {
  const goto = page.goto.bind(page)
  page.goto = async (...where) => {
    const answer = await goto(...where)
    await answers(page)
    return answer
  }
}

async function newestMail(request: APIRequestContext, address: string, count: number): Promise<CaughtMail> {
  let mails: CaughtMailSummary[] = []
  await expect
    .poll(
      async () => {
        const { items } = (await (await request.get('/api/v1/mail?limit=100')).json()) as { items: CaughtMailSummary[] }
        mails = items.filter(({ to }) => to.includes(address))
        return mails.length
      },
      { message: `mails to ${address}`, timeout: 20_000 },
    )
    .toBeGreaterThanOrEqual(count)
  return (await (await request.get(`/api/v1/mail/${mails[0]!.id}`)).json()) as CaughtMail
}

/** An address that no other story uses. */
export const ownAddress = (name: string) => `${name}.${crypto.randomUUID().slice(0, 8)}@kunde.example`

/** Pages on a phone, used by touch. */
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } as const

/** Browsers without a window are programs, and programs are not counted among visits: this one says that it has one. */
export const userAgent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
