/**
 * The engine per click: exact domains of every option and number after each decision.
 * Public models need FETTLE_DATA; their answers must agree with the published ones. Options: --json, --runs <n>.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importModel, readDimacs } from '../engine/src/formats/index.ts'
import { alternatives, compile, decide, domains, type Model, type State, start } from '../engine/src/index.ts'
import { mulberry32, type Outcome, runClicks } from '../engine/test/click-workload.ts'
import { publicData, readPublic } from '../engine/test/public-data.ts'
import { type Measure, report, round, timed, timings } from './harness.ts'

interface Known {
  core: number
  dead: number
  hash: number
  /** median and p95 per click of another solver, as published with the data */
  others: string
}

const known: Record<string, Known> = {
  'busybox-1.18.0': { core: 23, dead: 18, hash: -1902209385, others: 'z3 7.8/14, CaDiCaL 24/26' },
  financialservices01: { core: 22, dead: 0, hash: -351477720, others: '' },
  automotive01: { core: 100, dead: 195, hash: -1256748474, others: 'z3 72/94, CaDiCaL 75/80' },
  'linux-2.6.33.3': { core: 146, dead: 310, hash: -451744506, others: 'z3 434/644, CaDiCaL 621/1500' },
}

const cases = [
  { name: 'busybox-1.18.0', path: 'dimacs/busybox-1.18.0.dimacs' },
  { name: 'busybox-1.18.0', path: 'uvl/busybox-1.18.0.uvl' },
  { name: 'financialservices01', path: 'dimacs/financialservices01.dimacs' },
  { name: 'financialservices01', path: 'uvl/financialservices01.uvl' },
  { name: 'automotive01', path: 'dimacs/automotive01.dimacs' },
  { name: 'linux-2.6.33.3', path: 'dimacs/linux-2.6.33.3.dimacs' },
]

const argument = process.argv.indexOf('--runs')
const runs = argument > 0 ? Math.max(1, Number(process.argv[argument + 1])) : 3
const results: Measure[] = [...demoModel()]
let wrong = 0
if (publicData) for (const { name, path } of cases) results.push(...publicModel(name, path))
else console.error('Public models left out: set FETTLE_DATA to the folder that holds configurator/.')
report('engine', results)
if (wrong) {
  console.error(`${wrong} answers differ from the published ones.`)
  process.exitCode = 1
}

/** A visitor clicks through the demo model: a free option or number at a time, until nothing is left or thirty clicks are done. */
function demoModel(): Measure[] {
  const path = join(import.meta.dirname, '../examples/machining-centre/model.json')
  if (!existsSync(path)) return []
  const model = JSON.parse(readFileSync(path, 'utf8')) as Model
  const compiling = timed(() => compiled(model))
  const clicks: number[] = []
  const others: number[] = []
  for (let visitor = 0; visitor < 20 * runs; visitor++) {
    const chance = mulberry32(visitor + 1)
    let state = start(compiling.result)
    let now = domains(state)
    for (let k = 0; k < 30; k++) {
      const free = Object.entries(now.options).filter(([, domain]) => domain.state === 'free')
      const numbers = Object.entries(now.numbers).filter(([, domain]) => domain.counts === 'yes' && !domain.decided)
      const at = Math.floor(chance() * (free.length + numbers.length))
      const option = free[at]
      const number = numbers[at - free.length]
      if (!option && !number) break
      const value = number?.[1].values[0]?.min ?? 0
      const decision = option ? { option: option[0], chosen: chance() < 0.7 } : { number: number![0], value }
      const click = timed(() => {
        const next = advance(state, decision)
        return { next, domains: domains(next) }
      })
      state = click.result.next
      now = click.result.domains
      const beside = timed(() => alternatives(state))
      if (visitor >= 5) {
        clicks.push(click.ms)
        others.push(beside.ms)
      }
    }
  }
  return [
    { case: 'machining centre', metric: 'compile, first time', value: round(compiling.ms), unit: 'ms' },
    ...timings('machining centre', 'decide and domains', clicks, { p95: 'under 1 ms' }),
    ...timings('machining centre', 'alternatives', others),
  ]
}

function publicModel(name: string, path: string): Measure[] {
  const label = `${name} (${path.endsWith('.uvl') ? 'UVL' : 'DIMACS'})`
  const text = readPublic(path)
  const { variables, names } = readDimacs(readPublic(`dimacs/${name}.dimacs`))
  const ids = Array.from({ length: variables }, (_, i) => names.get(i + 1) ?? `x${i + 1}`)
  const importing = timed(() => importModel(path, text))
  if (!importing.result.ok) throw new Error(`${path}: ${importing.result.errors[0]?.message.en}`)
  const { model } = importing.result
  const compiling = timed(() => compiled(model))
  const times: number[] = []
  const firsts: number[] = []
  let outcome: Outcome | undefined
  for (let run = 0; run < runs; run++) {
    const { ms, result } = timed(() => {
      const state = start(compiling.result)
      return { state, first: domains(state) }
    })
    firsts.push(ms)
    let { state } = result
    outcome = runClicks(ids, {
      first: result.first,
      click(option, chosen) {
        state = advance(state, { option, chosen })
        return domains(state)
      },
    })
    times.push(...outcome.times)
  }
  const { core, dead, hash, others } = known[name]!
  const agrees = outcome?.core === core && outcome.dead === dead && outcome.hash === hash
  if (!agrees) wrong++
  const [middle, high] = timings(label, 'decide and domains', times)
  return [
    { case: label, metric: 'import and compile', value: round(importing.ms + compiling.ms), unit: 'ms' },
    { case: label, metric: 'first domains', value: round(firsts[0]!), unit: 'ms' },
    middle!,
    { ...high!, ...(others && { note: `published median/p95 of others: ${others}` }) },
    {
      case: label,
      metric: 'core, dead, hash',
      value: agrees ? 'agree' : `${outcome?.core}, ${outcome?.dead}, ${outcome?.hash} instead of ${core}, ${dead}, ${hash}`,
      unit: `${outcome?.clicks} clicks`,
    },
  ]
}

function compiled(model: Model) {
  const result = compile(model)
  if (!result.ok) throw new Error(result.errors.map(error => `${error.path}: ${error.message.en}`).join('\n'))
  return result.compiled
}

function advance(state: State, decision: Parameters<typeof decide>[1]): State {
  const decided = decide(state, decision)
  if (decided.status !== 'ok') throw new Error(JSON.stringify(decided))
  return decided.state
}
