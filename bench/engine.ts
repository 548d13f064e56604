/**
 * The engine on models of many sizes: exact domains of every option and number after each decision, retraction and change, with
 * explanations, repairs and cheapest completions; the same in a browser; other solvers at the same clicks.
 * Public models need FETTLE_DATA. Answers that differ from published ones, from a computation from the beginning, from the
 * browser's or from another solver's end it with code 1.
 * Options: --json, --sessions <per model>, --only <part of a case's name>, --no-peers, --no-browser.
 */
import { publicData } from '../engine/test/public-data.ts'
import { type EnginePage, engineSizes, openEnginePage } from './engine-browser.ts'
import { type Case, cases, sourceOf } from './engine-cases.ts'
import { hashOfAnswers, type Measured, type Source, type Wanted } from './engine-model.ts'
import { peerRows } from './engine-peers.ts'
import type { Memory } from './engine-process.ts'
import { askProcess } from './engine-processes.ts'
import { type Measure, percentile, report, round, spread } from './harness.ts'

const argument = (name: string) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined)
const asked = argument('--sessions')

/** Sessions begin for so long where nobody said how many: the whole then takes less than ten minutes. */
const SECONDS_OF_SESSIONS = 30
const SESSIONS_IN_BROWSER = 20
const LONGEST = 3600
/** At the end of the first so many sessions: an explanation and a repair; the domains from the beginning. */
const EXPLAINED = 100
const COMPARED = 40

const wrong: string[] = []
const isWrong = (what: string) => void wrong.push(what)

const results: Measure[] = await sizeRows()
const page = process.argv.includes('--no-browser') ? undefined : await openEnginePage()
try {
  for (const one of cases(argument('--only'))) results.push(...(await rowsOf(one, page)))
} finally {
  await page?.close()
}
report('engine', results)
if (!publicData) console.error('Public models left out: set FETTLE_DATA to the folder that holds configurator/.')
if (wrong.length > 0) {
  console.error(wrong.join('\n'))
  process.exitCode = 1
}

async function rowsOf(one: Case, page: EnginePage | undefined): Promise<Measure[]> {
  console.error(one.name)
  const source = sourceOf(one)
  const sessions = one.sessions === undefined ? 0 : asked === undefined ? one.sessions : Math.max(1, Number(asked))
  const wanted: Wanted = {
    sessions,
    explained: Math.min(EXPLAINED, sessions),
    compared: Math.min(COMPARED, sessions),
    seconds: asked === undefined ? SECONDS_OF_SESSIONS : LONGEST,
  }
  const measured = await askProcess<Measured>('engine-process.ts', [], { source, wanted }, LONGEST)
  const rows = [answersRow(one, measured)]
  if (sessions === 0) return rows
  rows.push(...timeRows(one, measured), ...(await memoryRows(one, source)))
  if (page) rows.push(...(await browserRows(one, source, measured, page)))
  if (one.known && !process.argv.includes('--no-peers')) rows.push(...(await peerRows(one, source, measured, isWrong)))
  return rows
}

function answersRow({ name, known }: Case, { clicks, again, cheapest, played }: Measured): Measure {
  const { core, dead, hash } = clicks.cold
  const differs: string[] = []
  const hold = (what: string, value: number | undefined, expected: number | undefined) => {
    if (expected !== undefined && value !== expected) differs.push(`${what} ${value} instead of ${expected}`)
  }
  hold('core', core, known?.core)
  hold('dead', dead, known?.dead)
  hold('hash', hash, known?.hash)
  for (const other of again) hold('hash when played again', other, hash)
  if (cheapest && (cheapest.status === 'proved' || cheapest.objective < known!.cheapest!))
    hold('cheapest', cheapest.objective, known?.cheapest)
  if (played) hold(`of ${played.compared} states worked out again, others`, played.different, 0)
  for (const what of differs) isWrong(`${name}: ${what}`)
  const also = played ? `${played.sessions} sessions, ${played.compared} states worked out again` : ''
  return {
    case: name,
    metric: known ? `answers as published${known.hash === undefined ? '' : ' after each click'}` : 'answers',
    value: differs.length === 0 ? 'agree' : differs.join('; '),
    unit: `${clicks.cold.clicks.length} clicks`,
    ...(also && { note: also }),
  }
}

function timeRows({ name, goals }: Case, { load, first, clicks, played, cheapest }: Measured): Measure[] {
  const one = (metric: string, value: number, goal?: string): Measure => ({
    case: name,
    metric,
    value: round(value),
    unit: 'ms',
    ...(goal && { goal: `${goal} ms` }),
  })
  const { median = '', p95 = '', first: firstGoal, load: loadGoal, cheapest: cheapestGoal } = goals ?? {}
  return [
    one('load, cold', load.cold, loadGoal),
    one('load, warm', load.warm, loadGoal),
    one('first domains, cold', first.cold, firstGoal),
    one('first domains, warm', first.warm, firstGoal),
    ...spread(name, 'fixed clicks, cold', clicks.cold.times),
    ...spread(name, 'fixed clicks, warm', clicks.warm, { median, p95 }),
    ...spread(name, 'decide', played!.decide, { median, p95 }),
    ...spread(name, 'retract', played!.retract, { median: 'twice a decision' }),
    ...spread(name, 'change', played!.change, { median: 'twice a decision' }),
    ...spread(name, 'explain', played!.explain, { p95: '1' }),
    ...spread(name, 'repair', played!.repair, { p95: '20' }),
    ...(cheapest ? [one(`cheapest completion, ${cheapest.status}`, cheapest.ms, cheapestGoal)] : []),
  ]
}

async function memoryRows({ name, goals }: Case, source: Source): Promise<Measure[]> {
  const memory = await askProcess<Memory>('engine-process.ts', ['--memory'], { source }, LONGEST, ['--expose-gc'])
  const goal = goals?.memory && { goal: `under ${goals.memory} MB` }
  const one = (metric: string, value: number): Measure => ({ case: name, metric, value: Math.round(value), unit: 'MB' })
  return [
    { ...one('memory held by the model and its answers', memory.held), ...goal },
    one('memory of the process then', memory.resident),
    one('most memory of the process', memory.most),
  ]
}

/** The fixed clicks and some sessions in a page, which must give the same answers. */
async function browserRows({ name }: Case, source: Source, inNode: Measured, page: EnginePage): Promise<Measure[]> {
  const sessions = Math.min(SESSIONS_IN_BROWSER, inNode.played!.sessions)
  const free = { ...source, costs: false }
  const wanted: Wanted = { sessions, explained: 0, compared: 0, seconds: LONGEST }
  const same = await askProcess<Measured>('engine-process.ts', [], { source: free, wanted }, LONGEST)
  const measured = await page.measure(free, wanted)
  const agree = hashOfAnswers(measured, sessions) === hashOfAnswers(same, sessions)
  if (!agree) isWrong(`${name}: Chromium answers otherwise than Node`)
  const where = `Chromium ${page.version.split('.')[0]}`
  const row = (metric: string, value: number, node: number): Measure => ({
    case: name,
    metric: `${metric}, ${where}`,
    value: round(value),
    unit: 'ms',
    peer: { name: 'Node', value: round(node) },
  })
  const clicks = (of: Measured, share: number) => percentile(of.clicks.warm, share)
  const decide = (of: Measured, share: number) => percentile(of.played!.decide, share)
  return [
    { case: name, metric: `answers, ${where}`, value: agree ? 'as in Node' : 'differ', unit: `${sessions} sessions` },
    row('load, cold', measured.load.cold, same.load.cold),
    row('first domains, cold', measured.first.cold, same.first.cold),
    row('fixed clicks, warm median', clicks(measured, 0.5), clicks(same, 0.5)),
    row('fixed clicks, warm p95', clicks(measured, 0.95), clicks(same, 0.95)),
    row('decide median', decide(measured, 0.5), decide(same, 0.5)),
    row('decide p95', decide(measured, 0.95), decide(same, 0.95)),
  ]
}

async function sizeRows(): Promise<Measure[]> {
  const { configuring, engine, thread, formats } = await engineSizes()
  const one = (metric: string, value: number): Measure => ({ case: 'size', metric, value: round(value), unit: 'kB gzipped' })
  return [
    { ...one('engine that configures a published model', configuring), goal: 'under 40 kB' },
    one('everything the engine exports, counting and review with it', engine),
    one('what the thread of a configurator loads', thread),
    one('readers and writers of other formats', formats),
  ]
}
