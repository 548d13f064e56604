/**
 * Pages as a phone gets them: Lighthouse on every public page (mobile preset, median of the runs), the script the configurator loads
 * before anybody can touch it, and what axe finds on every page, account and console included, in both languages and colour schemes.
 * Starts a demo portal of its own. Options: --json, --runs <n>, --url <address of a demo>, --only lighthouse|axe,
 * --path <one page for Lighthouse>.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { postgresFolder } from '../portal/src/platform/server/postgres.ts'
import { barriers } from '../portal/stories/accessible.ts'
import { consolePages, customerPages, indexedPages, inquire, leadOf, publicPages } from '../portal/stories/pages.ts'
import { answersWhenOpened, type Page } from '../portal/stories/portal-fixture.ts'
import { prepareBrowser } from '../portal/test/browser.ts'
import { type Measure, median, report, round } from './harness.ts'
import { installed } from './installed.ts'

const argument = (name: string) => process.argv[process.argv.indexOf(name) + 1]
const runs = process.argv.includes('--runs') ? Math.max(1, Number(argument('--runs'))) : 3
const password = 'fettle-demo-2026'
const staff = 'admin@zhizao.example'
const customer = 'customer@example.com'
const categories = ['performance', 'accessibility', 'best-practices', 'seo']

const bench = import.meta.dirname
const dataDir = mkdtempSync(join(tmpdir(), 'fettle-bench-'))
const closers: (() => Promise<unknown> | unknown)[] = [
  () => rmSync(dataDir, { recursive: true, force: true }),
  () => rmSync(postgresFolder(dataDir), { recursive: true, force: true }),
]
try {
  report('web', await measure())
} finally {
  for (const close of closers.reverse()) await close()
}

async function measure(): Promise<Measure[]> {
  const address = process.argv.includes('--url') ? argument('--url')! : await startDemo()
  const only = process.argv.includes('--only') ? argument('--only') : undefined
  return [
    ...(only === 'axe' ? [] : await lighthouseScores(address)),
    ...(only === 'lighthouse' ? [] : await barriersFound(address)),
  ]
}

async function lighthouseScores(address: string): Promise<Measure[]> {
  const port = await startBrowser()
  const results: Measure[] = []
  for (const path of process.argv.includes('--path') ? [argument('--path')!] : publicPages) {
    const seen: Seen[] = []
    for (let run = 0; run < runs; run++) seen.push(await look(`${address}${path}`, port, indexedPages.includes(path)))
    results.push(...categories.map(category => score(path, category, seen)))
    results.push(
      { case: path, metric: 'largest contentful paint', value: round(median(seen.map(one => one.paintMs))), unit: 'ms' },
      { case: path, metric: 'total blocking time', value: round(median(seen.map(one => one.blockedMs))), unit: 'ms' },
    )
    if (path.startsWith('/configure')) results.push(await scriptSize(path, seen[0]!.scripts))
  }
  return results
}

async function barriersFound(address: string): Promise<Measure[]> {
  const { executablePath, args, env } = await prepareBrowser()
  const browser = await chromium.launch({ executablePath, args, env })
  closers.push(() => browser.close())
  const open = async (colorScheme: 'light' | 'dark', email?: string): Promise<Page> => {
    const context = await browser.newContext({ baseURL: address, colorScheme, extraHTTPHeaders: { origin: address } })
    if (email) await context.request.post('/api/v1/auth/sign-in', { data: { email, password, remember: true } })
    const page = await context.newPage()
    answersWhenOpened(page)
    return page
  }
  const inquiry = await inquire(await open('light'))
  const lead = await leadOf(await open('light', staff), inquiry.email)
  const audiences = [
    { name: 'public pages', paths: [...publicPages, inquiry.path], email: undefined },
    { name: 'pages of a customer', paths: customerPages, email: customer },
    { name: 'console pages', paths: [...consolePages, lead], email: staff },
  ]
  const results: Measure[] = []
  for (const { name, paths, email } of audiences)
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(colorScheme, email)
      for (const language of ['', '/en']) {
        const found: string[] = []
        for (const path of paths) {
          await page.goto(language === '/en' && path === '/' ? '/en' : `${language}${path}`)
          found.push(...(await barriers(page)).map(barrier => `${path}: ${barrier}`))
        }
        for (const barrier of found) console.error(barrier)
        const what = `${name}, ${language === '' ? 'zh-CN' : 'en'}, ${colorScheme}`
        results.push({ case: what, metric: `axe on ${paths.length} pages`, value: found.length, unit: 'found', goal: '0' })
      }
      await page.context().close()
    }
  return results
}

interface Seen {
  scores: Record<string, number>
  paintMs: number
  blockedMs: number
  /** addresses of the scripts that were loaded, nobody having touched the page */
  scripts: string[]
  failed: string[]
}

interface Audit {
  score: number | null
  title: string
  numericValue?: number
  details?: { items?: { resourceType?: string; url?: string }[] }
}

/** indexed: meant for search engines; pages that are not say so, and are not marked down for it */
async function look(url: string, port: number, indexed: boolean): Promise<Seen> {
  const { default: lighthouse } = (await import(join(installed('lighthouse'), 'core/index.js'))) as {
    default(
      url: string,
      flags: object,
    ): Promise<{
      lhr: {
        categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>
        audits: Record<string, Audit>
        runtimeError?: { message: string }
      }
    }>
  }
  const { lhr } = await lighthouse(url, {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: categories,
    skipAudits: indexed ? [] : ['is-crawlable'],
  })
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`)
  const weighed = Object.values(lhr.categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0))
  return {
    scores: Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, score * 100])),
    paintMs: lhr.audits['largest-contentful-paint']!.numericValue!,
    blockedMs: lhr.audits['total-blocking-time']!.numericValue!,
    scripts: (lhr.audits['network-requests']!.details?.items ?? [])
      .filter(item => item.resourceType === 'Script')
      .map(item => item.url!),
    failed: weighed
      .map(({ id }) => lhr.audits[id]!)
      .filter(audit => audit.score !== null && audit.score < 0.9)
      .map(audit => audit.title),
  }
}

function score(name: string, category: string, seen: Seen[]): Measure {
  const value = median(seen.map(one => one.scores[category]!))
  const short = value < 95 ? [...new Set(seen.flatMap(one => one.failed))].slice(0, 4).join('; ') : ''
  return {
    case: name,
    metric: category,
    value: Math.round(value),
    unit: 'of 100',
    goal: '95 or more',
    ...(short && { note: short }),
  }
}

async function scriptSize(name: string, scripts: string[]): Promise<Measure> {
  let bytes = 0
  for (const url of new Set(scripts)) bytes += gzipSync(await (await fetch(url)).bytes()).length
  return {
    case: name,
    metric: 'script before interaction, gzipped',
    value: round(bytes / 1000),
    unit: 'kB',
    goal: 'under 250 kB',
  }
}

async function startDemo(): Promise<string> {
  const child = spawn(process.execPath, [join(bench, '../portal/src/app/main.ts')], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, FETTLE_MODE: 'demo' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  closers.push(() => end(child))
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    const address = /ready at (http\S+)/.exec(said)?.[1]
    if (address) return address.replace('localhost', '127.0.0.1')
  }
  throw new Error(`The portal ended before it was ready:\n${said}`)
}

async function startBrowser(): Promise<number> {
  const { executablePath, args, env } = await prepareBrowser()
  const profile = mkdtempSync(join(tmpdir(), 'fettle-bench-browser-'))
  const child = spawn(
    executablePath,
    [...args, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    {
      env,
      stdio: 'ignore',
    },
  )
  closers.push(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }))
  closers.push(() => end(child))
  const file = join(profile, 'DevToolsActivePort')
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await delay(50)) {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
    if (port > 0) return port
  }
  throw new Error('The browser did not open its debugging port within 30 s')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGTERM')
  await Promise.race([gone, delay(10_000)])
  if (child.exitCode === null) child.kill('SIGKILL')
}
