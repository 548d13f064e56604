/**
 * A product of 20,000 rows as an Excel workbook: how long reading and checking takes, how much memory, and how soon the first error of
 * a broken one is known. Each case in a process of its own. Options: --json, --rows <20000>.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Model } from '@fettle/engine'
import { readModelApart } from '../portal/src/features/products/server/read-model-apart.ts'
import { largeProduct } from '../portal/test/large-product.ts'
import { type Measure, report, round } from './harness.ts'

interface Outcome {
  seconds: number
  /** seconds of processor time of all threads: says how much it is whatever else runs */
  processor: number
  /** peak of the process, MB */
  peak: number
  /** before anything was read, MB */
  idle: number
  errors: { path: string; message: { en: string } }[]
}

const child = process.argv.indexOf('--read')
if (child > 0) console.log(JSON.stringify(await read(process.argv[child + 1]!)))
else await measure()

async function measure(): Promise<void> {
  // not needed by those who read, and so not in their memory
  const { makeWorkbook } = await import('../portal/src/features/products/server/workbook/make-workbook.ts')
  const at = process.argv.indexOf('--rows')
  const rows = at < 0 ? 20_000 : Number(process.argv[at + 1])
  const folder = mkdtempSync(join(tmpdir(), 'fettle-bench-'))
  try {
    const results: Measure[] = []
    const cases = [
      [`${rows} rows`, largeProduct(rows)],
      [`${rows} rows, some wrong`, broken(largeProduct(rows))],
    ] as const
    for (const [name, model] of cases) {
      const file = join(folder, `${cases.findIndex(([one]) => one === name)}.xlsx`)
      const since = performance.now()
      const made = await makeWorkbook(model)
      if (!made.ok) throw new Error(made.error.message.en)
      writeFileSync(file, made.bytes)
      const writing = performance.now() - since
      const { seconds, processor, peak, idle, errors } = readInChild(file)
      const [first] = errors
      results.push(
        {
          case: name,
          metric: 'written',
          value: round(writing / 1000),
          unit: 's',
          note: `${round(statSync(file).size / 1e6)} MB`,
        },
        {
          case: name,
          metric: first ? 'first error known' : 'read and checked',
          value: round(seconds),
          unit: 's',
          note: `${round(processor)} s of processor time`,
        },
        {
          case: name,
          metric: 'memory taken',
          value: Math.round(peak - idle),
          unit: 'MB',
          goal: '300',
          note: `process ${Math.round(idle)} before, ${Math.round(peak)} at most`,
        },
        ...(first
          ? [{ case: name, metric: 'errors shown', value: errors.length, unit: '', note: `${first.path}: ${first.message.en}` }]
          : []),
      )
    }
    report('import', results)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readInChild(file: string): Outcome {
  const { stdout, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--read', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error('The workbook could not be read')
  return JSON.parse(stdout) as Outcome
}

async function read(file: string): Promise<Outcome> {
  const bytes = new Uint8Array(readFileSync(file))
  const idle = process.resourceUsage().maxRSS / 1024
  const since = performance.now()
  const before = process.cpuUsage()
  const result = await readModelApart({ fileName: basename(file), bytes }, { ms: 300_000, memory: 1500 })
  const { user, system } = process.cpuUsage(before)
  const seconds = (performance.now() - since) / 1000
  return {
    seconds,
    processor: (user + system) / 1e6,
    idle,
    peak: process.resourceUsage().maxRSS / 1024,
    errors: result.ok ? [] : result.errors,
  }
}

/** An unknown group, a double id and a broken formula, towards the end. */
function broken(model: Model): Model {
  const last = model.groups.at(-1)!
  const rule = model.constraints.at(-1)!
  if ('options' in last) last.options[0]!.id = 'o1'
  return { ...model, constraints: [...model.constraints.slice(0, -1), { ...rule, kind: 'formula', formula: 'o1 & (' } as never] }
}
