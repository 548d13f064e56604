/**
 * Product models with parts, written in COOM: sets on which solvers of the field were measured, and how the engine takes them by click.
 * Needs FETTLE_DATA. Options: --json, --sessions <n>, --only <part of a name>.
 */
import { importCoom, readCoomInput } from '../engine/src/formats/index.ts'
import { check, compile, complete, type Decision, type Domains, decide, domains, type State, start } from '../engine/src/index.ts'
import { mulberry32 } from '../engine/test/click-workload.ts'
import { publicData, readPublic } from '../engine/test/public-data.ts'
import { type Measure, median, percentile, report, round, timed } from './harness.ts'

interface Case {
  name: string
  text: string
  /** a file of user input */
  input?: string
  /** exact domains are not asked for: they take longer than anybody waits, and cannot be stopped on the way */
  tooSlow?: true
}

const argument = (name: string) => process.argv[process.argv.indexOf(name) + 1]
const sessions = process.argv.includes('--sessions') ? Number(argument('--sessions')) : 20
const only = process.argv.includes('--only') ? argument('--only')! : ''
/** A set is left after so many milliseconds, and what was measured by then is told. */
const PATIENCE = 10_000

if (!publicData) console.error('Left out: set FETTLE_DATA to the folder that holds configurator/.')
else
  report(
    'coom',
    cases()
      .filter(({ name }) => name.includes(only))
      .flatMap(measure),
  )

function cases(): Case[] {
  const read = (name: string) => readPublic(`coom/${name}.coom`)
  const restaurant = (tables: number, places: number): Case => ({
    name: `restaurant ${tables}, ${places} places`,
    text: read('bench-restaurant-model')
      .replaceAll('NUMTABLE', `${tables}`)
      .replace('MAXPLACES', `${7 * tables}`),
    input: `set totalPlaces[0] = ${places}`,
  })
  const fleet = (bikes: number): Case => ({
    name: `travel bikes, fleet of ${bikes}`,
    text: read('bench-travel-bike-fleet-model')
      .replaceAll('NUMBIKES', `${bikes}`)
      .replace('MAXPRICE', `${200 * bikes}`),
    tooSlow: true,
  })
  return [
    { name: 'city bike', text: read('city-bike') },
    { name: 'city bikes, fleet of 10', text: read('bench-citybike-n10') },
    { name: 'travel bike', text: read('travel-bike'), tooSlow: true },
    { name: 'travel bike, lightest', text: read('travel-bike-minimize'), input: 'set requestedVolume[0] = 160', tooSlow: true },
    { name: 'cargo bike', text: read('cargo-bike') },
    { name: 'PC', text: read('pc') },
    restaurant(100, 400),
    restaurant(1000, 4000),
    restaurant(2000, 8000),
    fleet(1),
  ]
}

function measure({ name, text, input, tooSlow }: Case): Measure[] {
  const from = performance.now()
  const impatient = () => performance.now() - from > PATIENCE
  const row = (metric: string, value: number | string, unit: string): Measure => ({ case: name, metric, value, unit })
  const imported = timed(() => importCoom(text))
  if (!imported.result.ok) throw new Error(`${name}: ${JSON.stringify(imported.result.errors)}`)
  const { model } = imported.result
  const options = model.groups.reduce(
    (sum, group) => sum + (group.kind === 'number' ? 0 : group.kind === 'yes-no' ? 1 : group.options.length),
    0,
  )
  const compiling = timed(() => compile(model))
  if (!compiling.result.ok) throw new Error(`${name}: ${JSON.stringify(compiling.result.errors)}`)
  const { compiled } = compiling.result
  const rows = [
    row('options, numbers', `${options}, ${model.groups.filter(group => group.kind === 'number').length}`, ''),
    row('import and first valid selection', round(imported.ms + compiling.ms), 'ms'),
  ]
  let state = start(compiled)
  if (input) {
    const read = readCoomInput(input, model)
    if (!read.ok || read.notes.length > 0) throw new Error(`${name}: ${JSON.stringify(read)}`)
    const asking = timed(() => {
      for (const decision of read.decisions) state = decided(state, decision)
      return complete(state, { goal: 'defaults' })
    })
    if (!asking.result.selection || !check(compiled, asking.result.selection).valid)
      throw new Error(`${name}: no valid selection`)
    rows.push(row('with the user input, complete', round(asking.ms), 'ms'))
  }
  for (const objective of model.objectives ?? []) {
    const best = timed(() => complete(state, objective))
    rows.push(row(`${objective.goal} ${objective.of}, ${best.result.status}`, best.result.objective, ''))
    rows.push(row('the same', round(best.ms), 'ms'))
  }
  if (tooSlow || impatient()) return rows
  const first = timed(() => domains(state))
  rows.push(row('first domains', round(first.ms), 'ms'))
  const clicks: number[] = []
  let finished = 0
  for (; finished < sessions && !impatient(); finished++)
    clicks.push(...session(state, first.result, mulberry32(finished + 1), impatient))
  if (clicks.length === 0) return rows
  const all = `${clicks.length} in ${finished} sessions`
  return [
    ...rows,
    row('click, median', round(median(clicks)), 'ms'),
    row('click, p95', round(percentile(clicks, 0.95)), 'ms'),
    { ...row('click, longest', round(Math.max(...clicks)), 'ms'), note: all },
  ]
}

/** Free options and numbers at random, decided one after the other: milliseconds to decide and have all domains again. */
function session(state: State, first: Domains, chance: () => number, impatient: () => boolean): number[] {
  const times: number[] = []
  let now = first
  for (let k = 0; k < 20 && !impatient(); k++) {
    const free = Object.entries(now.options).filter(([, domain]) => domain.state === 'free')
    const numbers = Object.entries(now.numbers).filter(([, { counts, decided, values }]) => {
      return counts === 'yes' && !decided && (values.length > 1 || values[0]!.min < values[0]!.max)
    })
    const at = Math.floor(chance() * (free.length + numbers.length))
    const option = free[at]
    const number = numbers[at - free.length]
    if (!option && !number) break
    const stretch = number?.[1].values
    const decision: Decision = option
      ? { option: option[0], chosen: chance() < 0.7 }
      : { number: number![0], value: stretch![Math.floor(chance() * stretch!.length)]!.max }
    const click = timed(() => {
      state = decided(state, decision)
      return domains(state)
    })
    now = click.result
    times.push(click.ms)
  }
  return times
}

function decided(state: State, decision: Decision): State {
  const next = decide(state, decision)
  if (next.status !== 'ok') throw new Error(JSON.stringify(next))
  return next.state
}
