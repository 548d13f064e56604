import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { makeAdvisories, toReport } from '../src/features/operations/server/advisories.ts'
import { StartFailure } from '../src/platform/server/start-failure.ts'

const project = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'fettle-advisories-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A known vulnerability that is borne for a while, in docs/security/dependency-exceptions.json. */
interface Exception {
  /** 'GHSA-…' */
  id: string
  package: string
  why: string
  /** the last day it holds, '2027-01-31' */
  until: string
}

const { advisories: exceptions } = JSON.parse(
  readFileSync(join(project, 'docs/security/dependency-exceptions.json'), 'utf8'),
) as {
  advisories: Exception[]
}

/** Each advisory of high or critical severity about a package that runs, unless an exception holds on this day. */
function unexcused({ items }: ReturnType<typeof toReport>, borne: readonly Exception[], day: string): string[] {
  const holds = (name: string, id: string) => borne.some(one => one.id === id && one.package === name && day <= one.until)
  return items
    .filter(({ severity }) => severity === 'high' || severity === 'critical')
    .flatMap(({ name, severity, ids }) => ids.filter(id => !holds(name, id)).map(id => `${name}: ${id}, ${severity}`))
}

test('nothing that runs has a known vulnerability of high or critical severity, or there is an exception with its reason', async ({
  skip,
}) => {
  vi.stubEnv('npm_config_fetch_retries', '0')
  vi.stubEnv('npm_config_fetch_timeout', '20000')
  const now = new Date()
  const report = await makeAdvisories(project, join(folder, 'advisories.json'), now).catch(error => {
    if (!(error instanceof StartFailure)) throw error
    console.warn('not checked: the registry does not answer advisories')
    return skip('the registry does not answer advisories')
  })
  expect(unexcused(report, exceptions, now.toISOString().slice(0, 10))).toEqual([])
}, 120_000)

test('every exception says why and until when', () => {
  for (const { id, why, until } of exceptions) {
    expect(id).toMatch(/^GHSA-/)
    expect(why.length, id).toBeGreaterThan(20)
    expect(until, id).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
})

// The shape of `npm audit --omit=dev --json`: `via` holds advisories, or the names of packages that have some.
const audited = {
  auditReportVersion: 2,
  vulnerabilities: {
    parser: {
      name: 'parser',
      severity: 'high',
      via: [
        { source: 1, title: 'Reads beyond its end', url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc', severity: 'high' },
      ],
    },
    server: { name: 'server', severity: 'high', via: ['parser'] },
    colours: {
      name: 'colours',
      severity: 'moderate',
      via: [{ source: 2, title: 'Slow', url: 'https://github.com/advisories/GHSA-dddd-eeee-ffff', severity: 'moderate' }],
    },
  },
}
const report = toReport(audited, new Date('2026-11-25T12:00:00Z'))
const borne = { id: 'GHSA-aaaa-bbbb-cccc', package: 'parser', why: 'reads only files of our own', until: '2026-12-01' }

test.each<[string, Exception[], string, string[]]>([
  ['a high one fails, once, and a moderate one does not', [], '2026-11-25', ['parser: GHSA-aaaa-bbbb-cccc, high']],
  ['an exception holds on its last day', [borne], '2026-12-01', []],
  ['and not after it', [borne], '2026-12-02', ['parser: GHSA-aaaa-bbbb-cccc, high']],
  ['nor for another package', [{ ...borne, package: 'server' }], '2026-11-25', ['parser: GHSA-aaaa-bbbb-cccc, high']],
])('%s', (_, exceptions, day, expected) => {
  expect(unexcused(report, exceptions, day)).toEqual(expected)
})
