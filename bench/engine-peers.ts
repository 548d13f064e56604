import type { Outcome } from '../engine/test/click-workload.ts'
import type { PeerAnswer, PeerJob } from './engine-answerers.ts'
import type { Case } from './engine-cases.ts'
import { clausesOf } from './engine-clauses.ts'
import { costsOf, load, type Measured, type Source } from './engine-model.ts'
import { askProcess } from './engine-processes.ts'
import { type Measure, median, percentile, round } from './harness.ts'
import { installed, versionOf } from './installed.ts'

/** All install from npm alone; what they are licensed under stands in docs/dependencies.md. */
const ofDomains = ['z3-solver', 'cadical-wasm', 'logic-solver', 'clingo-wasm']
const ofCosts = 'highs'

/** A click begins within so many seconds of the first; the process is ended after so many. */
const LIMITS = { begin: 6, end: 45 }

/** The same clicks on the same model answered by others, as far as they come, and the cheapest selection. `wrong` is told of answers that differ. */
export async function peerRows(one: Case, source: Source, ours: Measured, wrong: (what: string) => void): Promise<Measure[]> {
  const job = jobOf(source, ours.clicks.cold)
  const rows: Measure[] = []
  for (const name of ofDomains) {
    const who = nameOf(name)
    if (!who) rows.push(toldOf(one, name, 'not installed'))
    else if (name !== 'z3-solver' && name !== 'clingo-wasm' && job.sums.length > 0)
      rows.push(toldOf(one, who, 'has no linear sums'))
    else rows.push(...domainRows(one, who, ours, await ask(name, job), wrong))
  }
  if (ours.cheapest) {
    const who = nameOf(ofCosts)
    const answer = who && (await ask(ofCosts, { ...job, costs: costsOf(job.variables) }))
    rows.push(who && answer ? costRow(one, who, ours.cheapest, answer, wrong) : toldOf(one, ofCosts, 'not installed'))
  }
  return rows
}

function jobOf(source: Source, { clicks, hashes }: Outcome): PeerJob {
  const { model } = load({ ...source, sums: [] })
  return {
    variables: source.ids!.length,
    clauses: clausesOf(model, source.ids!),
    sums: source.sums ?? [],
    clicks: clicks.map(({ variable, chosen }) => (chosen ? variable + 1 : -variable - 1)),
    hashes,
    seconds: LIMITS.begin,
  }
}

function nameOf(name: string): string | undefined {
  try {
    installed(name)
    return `${name} ${versionOf(name)}`
  } catch (error) {
    console.error(`${name}: ${error}`)
    return undefined
  }
}

/** What went wrong, where it did not answer. */
async function ask(name: string, job: PeerJob): Promise<PeerAnswer | string> {
  try {
    return await askProcess<PeerAnswer>('engine-peer-process.ts', [name], job, LIMITS.end)
  } catch (error) {
    return (error as Error).message
  }
}

function domainRows(
  one: Case,
  who: string,
  { clicks, first }: Measured,
  answer: PeerAnswer | string,
  wrong: (what: string) => void,
): Measure[] {
  if (typeof answer === 'string') return [toldOf(one, who, answer)]
  if (answer.different > 0) wrong(`${one.name}: ${answer.different} domains of ${who} are others`)
  const same = clicks.cold.times.slice(0, answer.times.length)
  const few = answer.times.length < clicks.cold.times.length ? `the first ${answer.times.length} clicks alone` : ''
  const row = (metric: string, value: number, peer: number): Measure => ({
    case: one.name,
    metric,
    value: round(value),
    unit: 'ms',
    ...(few && { note: few }),
    peer: { name: who, value: round(peer) },
  })
  return [
    row('first domains, cold', first.cold, answer.first),
    row('click median, cold', median(same), median(answer.times)),
    row('click p95, cold', percentile(same, 0.95), percentile(answer.times, 0.95)),
  ]
}

function costRow(
  one: Case,
  who: string,
  ours: NonNullable<Measured['cheapest']>,
  answer: PeerAnswer | string,
  wrong: (what: string) => void,
): Measure {
  if (typeof answer === 'string') return toldOf(one, who, answer)
  const theirs = answer.cheapest!
  const least = Math.round(theirs.objective)
  if (ours.status === 'proved' ? ours.objective !== least : ours.objective < least) wrong(`${one.name}: ${who} finds ${least}`)
  const peer = { name: who, value: round(theirs.ms) }
  const note = `${ours.objective} found, ${least} is the least`
  return { case: one.name, metric: `cheapest completion, ${ours.status}`, value: round(ours.ms), unit: 'ms', note, peer }
}

const toldOf = (one: Case, who: string, why: string): Measure => ({
  case: one.name,
  metric: who,
  value: 'no answer',
  unit: '',
  note: why,
})
