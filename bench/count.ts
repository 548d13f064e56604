/**
 * Counting: how long it takes to make a model ready to be counted, what comes of it, and a count after every click.
 * Public models need FETTLE_DATA; the count of auto1 must be the published one. Options: --json, --only NAME, --steps N.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importModel } from '../engine/src/formats/index.ts'
import {
  type Count,
  compile,
  count,
  counterOf,
  countOptions,
  countRoughly,
  decide,
  domains,
  type Model,
  readCounter,
  start,
  writeCounter,
} from '../engine/src/index.ts'
import { mulberry32 } from '../engine/test/click-workload.ts'
import { publicData, readPublic } from '../engine/test/public-data.ts'
import { type Measure, report, round, timed, timings } from './harness.ts'

const demos = ['machining-centre', 'rotary-table', 'suit', 'wardrobe']
const publics = [
  'dimacs/berkeleydb.dimacs',
  'dimacs/pc-richmond.dimacs',
  'dimacs/busybox-1.18.0.dimacs',
  'dimacs/financialservices01.dimacs',
  'dimacs/automotive01.dimacs',
  'ddnnf/auto1.cnf',
  'dimacs/linux-2.6.33.3.dimacs',
  'uvl/automotive02_01.uvl',
  'uvl/automotive02_04.uvl',
]

const only = argumentOf('--only')
const steps = Number(argumentOf('--steps') ?? Number.NaN)
const wanted = (name: string) => only === undefined || name.includes(only)
const results: Measure[] = []
for (const name of demos.filter(wanted)) {
  const path = join(import.meta.dirname, `../examples/${name}/model.json`)
  if (existsSync(path)) results.push(...counted(name, JSON.parse(readFileSync(path, 'utf8')) as Model))
}
if (publicData) {
  for (const path of publics.filter(wanted)) {
    const imported = importModel(path.replace('.cnf', '.dimacs'), readPublic(path))
    if (!imported.ok) throw new Error(`${path}: ${imported.errors[0]?.message.en}`)
    results.push(...counted(path.slice(path.indexOf('/') + 1), imported.model))
  }
} else console.error('Public models left out: set FETTLE_DATA to the folder that holds configurator/.')
report('count', results)

function counted(name: string, model: Model): Measure[] {
  const result = compile(model)
  if (!result.ok) throw new Error(result.errors[0]?.message.en)
  const { compiled } = result
  const making = timed(() => counterOf(compiled, Number.isNaN(steps) ? undefined : { steps }))
  const counter = making.result
  const all = count(counter, start(compiled))
  if (name === 'auto1.cnf' && Number(all.least).toPrecision(5) !== '5.4338e+217') {
    console.error('The count of auto1 is not the published one.')
    process.exitCode = 1
  }
  const bytes = writeCounter(counter)
  const reading = timed(() => readCounter(compiled, bytes))
  const counts: number[] = []
  const optionCounts: number[] = []
  const rough: number[] = []
  const chance = mulberry32(42)
  let state = start(compiled)
  for (let click = 0; click < 30; click++) {
    const free = Object.entries(domains(state).options).filter(([, domain]) => domain.state === 'free')
    const option = free[Math.floor(chance() * free.length)]?.[0]
    if (option === undefined) break
    const decided = decide(state, { option, chosen: chance() < 0.7 })
    if (decided.status !== 'ok') throw new Error(`${name}: ${option}`)
    state = decided.state
    counts.push(timed(() => count(counter, state)).ms)
    rough.push(timed(() => countRoughly(counter, state)).ms)
    optionCounts.push(timed(() => countOptions(counter, state)).ms)
  }
  return [
    { case: name, metric: 'variants', value: shown(all), unit: counter.status },
    { case: name, metric: 'make the counter', value: round(making.ms), unit: 'ms' },
    { case: name, metric: 'written', value: round(bytes.length / 1024), unit: 'KiB' },
    { case: name, metric: 'read', value: round(reading.ms), unit: 'ms' },
    ...timings(name, 'all options, roughly', rough),
    ...timings(name, 'count', counts),
    ...timings(name, 'all options', optionCounts),
  ]
}

function shown({ least, most }: Count): string {
  return least === most ? power(least) : `${power(least)} to ${power(most)}`
}

/** Three digits and the power of ten. */
function power(value: bigint): string {
  const digits = value.toString()
  return digits.length < 7 ? digits : `${digits[0]}.${digits.slice(1, 3)}e${digits.length - 1}`
}

function argumentOf(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at > 0 ? process.argv[at + 1] : undefined
}
