import { type Condition, metricsOf, needsTime, type Part, partsOf } from './condition.ts'
import { leafHolds, newPart, notePoint, type PartState, type Point } from './part-state.ts'

/** What decides whether an alarm is raised and when it is over. */
export interface Criteria {
  raise: Condition
  /** besides the first holding no more; null: that is enough */
  clear: Condition | null
}

/** A value in its metric's unit, at a moment by the machine's clock in milliseconds since 1970. */
export interface MetricPoint extends Point {
  metric: string
}

/** How a rule stands at one machine. Plain data, never changed. */
export interface RuleState {
  /** by the portal's clock: when the newest reading came */
  received: number
  /** of the newest reading, by the machine's clock; null: there was none */
  newest: number | null
  /** the last moment that was looked at, by the machine's clock */
  at: number
  last: Readonly<Record<string, Point>>
  /** of the parts of `raise` and then those of `clear` */
  parts: readonly PartState[]
  active: boolean
  /** of the last effect; null: there was none. Effects never go back in time */
  changedAt: number | null
}

/** What follows for the alarm. at: by the machine's clock. values: the last readings then, of the metrics the rule looks at */
export type Effect = { kind: 'raise'; at: number; values: { metric: string; value: number }[] } | { kind: 'clear'; at: number }

/** active: an alarm of the rule is open already */
/** Before anything is known. openSince: an alarm of the rule is open already */
export const startRule = (rule: Criteria, now: number, openSince: number | null = null): RuleState => ({
  received: now,
  newest: null,
  at: Number.NEGATIVE_INFINITY,
  last: {},
  parts: plan(rule).parts.map(newPart),
  active: openSince !== null,
  changedAt: openSince,
})

/** Worked out once for a rule. */
const plans = new WeakMap<Criteria, { parts: Part[]; metrics: ReadonlySet<string>; timed: boolean }>()

function plan(rule: Criteria) {
  const known = plans.get(rule)
  if (known) return known
  const conditions = rule.clear ? [rule.raise, rule.clear] : [rule.raise]
  const made = {
    parts: conditions.flatMap(partsOf),
    metrics: new Set(conditions.flatMap(metricsOf)),
    timed: conditions.some(needsTime),
  }
  plans.set(rule, made)
  return made
}

/**
 * How a rule stands after readings, and what follows: an alarm is raised, or over. Readings may come in any order, more than once, and late;
 * one that is older than what is known of its metric says nothing about now and is left out. Time passes by the machine's clock: what
 * is sent hours later is judged as of then, and only from its newest reading on does time go with `now`.
 * readings: of metrics the rule looks at, others do no harm. now: milliseconds since 1970, by the portal's clock. gaps: whether a silence
 * between two readings counts; of one that is over once it could be told nobody wants to hear
 */
export function step(
  rule: Criteria,
  before: RuleState,
  readings: readonly MetricPoint[],
  now: number,
  gaps = true,
): { state: RuleState; effects: Effect[] } {
  const run = running(rule, before)
  const sorted = isInOrder(readings) ? readings : readings.toSorted((a, b) => a.at - b.at)
  for (let i = 0; i < sorted.length; ) {
    const { at } = sorted[i]!
    run.passUntil(at, gaps)
    let news = false
    for (; i < sorted.length && sorted[i]!.at === at; i++) if (run.note(sorted[i]!, now)) news = true
    if (news) run.look(at)
  }
  if (plan(rule).timed) {
    const { newest, received } = run.state()
    const present = newest === null ? now : newest + Math.max(0, now - received - onTheWay)
    run.passUntil(present, true)
    run.look(present)
  }
  return { state: run.state(), effects: run.effects }
}

const isInOrder = (readings: readonly Point[]): boolean => readings.every(({ at }, i) => i === 0 || readings[i - 1]!.at <= at)

/** Messages take a little longer one time than another: time does not run ahead of the next one by so little, in milliseconds. */
const onTheWay = 2000

/** Moments at which time alone changes something, looked at between two readings; a rule has few parts. */
const mostLooks = 1000

function running(rule: Criteria, before: RuleState) {
  const { raise, clear } = rule
  const { parts, metrics, timed } = plan(rule)
  const states = [...before.parts]
  const effects: Effect[] = []
  let { received, newest, at, last, active, changedAt } = before

  const lastOf = (part: Part): Point | undefined => {
    if (part.kind === 'silence' && part.metric === null) return newest === null ? undefined : { at: newest, value: 0 }
    return 'metric' in part && part.metric !== null ? last[part.metric] : undefined
  }

  /** What the part at this place says at a moment, all of it; `next` moves on behind it and what is below it. */
  let next = 0
  function says(part: Part, moment: number): boolean {
    const place = next++
    const known = states[place]!
    const holds = part.kind === 'group' ? joined(part, moment) : leafHolds(part, known, lastOf(part), moment)
    const since = holds && !known.holds ? moment : known.since
    const { lasting = 0, repeated } = modifiersOf(part)
    const lasted = holds && (known.lasted || moment - since >= lasting * 1000) // what has lasted goes on, also where a look comes late
    const begins = repeated && lasted && !known.lasted ? [...known.begins, moment].slice(-repeated.times) : known.begins
    if (holds !== known.holds || since !== known.since || lasted !== known.lasted)
      states[place] = { ...known, holds, since, lasted, begins }
    if (!repeated) return lasted
    return begins.filter(begin => begin > moment - repeated.seconds * 1000).length >= repeated.times
  }

  function joined({ join, parts: members }: Extract<Part, { kind: 'group' }>, moment: number): boolean {
    let count = 0
    for (const member of members) if (says(member, moment)) count++ // each is asked: it remembers
    return join === 'all' ? count === members.length : count > 0
  }

  /** The next moment after the last look at which a part may change by time alone. */
  function due(silences: boolean): number {
    let soonest = Number.POSITIVE_INFINITY
    parts.forEach((part, place) => {
      const { holds, since, begins } = states[place]!
      const { lasting, repeated } = modifiersOf(part)
      const moments = [
        silences && part.kind === 'silence' ? (lastOf(part)?.at ?? Number.NaN) + part.seconds * 1000 : Number.NaN,
        lasting && holds ? since + lasting * 1000 : Number.NaN,
        ...(repeated ? begins.map(begin => begin + repeated.seconds * 1000) : []),
      ]
      for (const moment of moments) if (moment > at && moment < soonest) soonest = moment
    })
    return soonest
  }

  function look(moment: number): void {
    at = moment
    next = 0
    const raises = says(raise, moment)
    const clears = clear ? says(clear, moment) : true
    if (active ? raises || !clears : !raises) return
    active = !active
    changedAt = Math.max(moment, changedAt ?? moment)
    if (active) {
      const values = Object.entries(last).map(([metric, { value }]) => ({ metric, value }))
      effects.push({ kind: 'raise', at: changedAt, values })
    } else effects.push({ kind: 'clear', at: changedAt })
  }

  return {
    effects,
    look,
    passUntil(moment: number, silences: boolean): void {
      if (!timed) return
      for (let looks = 0; looks < mostLooks; looks++) {
        const soonest = due(silences)
        if (soonest >= moment) return
        look(soonest)
      }
    },
    /** Whether it says anything new. */
    note(reading: MetricPoint, now: number): boolean {
      const known = last[reading.metric]
      if (known && (known.at > reading.at || (known.at === reading.at && known.value === reading.value))) return false
      if (newest === null || reading.at > newest) [newest, received] = [reading.at, now]
      if (!metrics.has(reading.metric)) return true
      const point = { at: reading.at, value: reading.value }
      last = { ...last, [reading.metric]: point }
      parts.forEach((part, place) => {
        if ('metric' in part && part.metric === reading.metric) states[place] = notePoint(part, states[place]!, point)
      })
      return true
    },
    state: (): RuleState => ({ received, newest, at, last, parts: states, active, changedAt }),
  }
}

const modifiersOf = (part: Part): Pick<Condition, 'lasting' | 'repeated'> =>
  part.kind === 'silence' || part.kind === 'schedule' ? {} : part
