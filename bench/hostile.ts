/**
 * Random and hostile requests made from the portal's own OpenAPI document, every answer judged: portal/src/app/hostile-requests.test.ts
 * with more of them and another seed. Options: --json, --requests <100000>, --seed <of today>.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { report, round } from './harness.ts'

const option = (name: string, preset: number) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? preset : Number(process.argv[at + 1])
}
const requests = option('requests', 100_000)
const seed = option('seed', Number(new Date().toISOString().slice(0, 10).replaceAll('-', '')))

const project = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fettle-bench-'))
const file = join(folder, 'hostile.json')
try {
  const since = performance.now()
  const { status } = spawnSync(
    process.execPath,
    [
      join(project, 'node_modules/vitest/vitest.mjs'),
      'run',
      'portal/src/app/hostile-requests.test.ts',
      '-t',
      'random and hostile',
    ],
    {
      cwd: project,
      env: { ...process.env, HOSTILE_REQUESTS: String(requests), HOSTILE_SEED: String(seed), HOSTILE_REPORT: file },
      stdio: ['ignore', 2, 'inherit'],
    },
  )
  const { statuses, complaints, slowest, reached } = JSON.parse(readFileSync(file, 'utf8')) as {
    statuses: [number, number][]
    complaints: [string, string][]
    slowest: { ms: number; operation: string }
    reached: number
  }
  const share = (from: number) =>
    statuses.filter(([code]) => code >= from && code < from + 100).reduce((sum, [, count]) => sum + count, 0)
  const name = `seed ${seed}`
  report('hostile', [
    { case: name, metric: 'requests', value: requests, unit: '' },
    { case: name, metric: 'kinds of wrong answers', value: complaints.length, unit: '', goal: '0' },
    { case: name, metric: 'answered 2xx', value: share(200), unit: '', note: `${reached} operations` },
    { case: name, metric: 'answered 4xx', value: share(400), unit: '' },
    { case: name, metric: 'answered 5xx', value: share(500), unit: '', goal: '0' },
    { case: name, metric: 'slowest answer', value: round(slowest.ms), unit: 'ms', note: slowest.operation },
    { case: name, metric: 'duration', value: round((performance.now() - since) / 1000), unit: 's' },
  ])
  for (const [what, request] of complaints) console.error(`${what}\n  ${request}`)
  process.exitCode = status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
