import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Condition, Leaf } from './condition.ts'
import { type Criteria, type Effect, type MetricPoint, startRule, step } from './step.ts'

const start = Date.UTC(2026, 0, 5, 8) // a Monday, 16:00 in Shanghai
const s = 1000
const all = (...parts: Condition['parts']): Condition => ({ kind: 'group', join: 'all', parts })
const any = (...parts: Condition['parts']): Condition => ({ kind: 'group', join: 'any', parts })
type Group = Extract<Condition['parts'][number], { kind: 'group' }>
const group = (join: 'all' | 'any', ...parts: Leaf[]): Group => ({ kind: 'group', join, parts })
const above = (value: number, more: object = {}): Leaf => ({ kind: 'threshold', metric: 'heat', op: 'gt', value, ...more })
const rule = (raise: Condition, clear: Condition | null = null): Criteria => ({ raise, clear })
const heat = (second: number, value: number): MetricPoint => ({ metric: 'heat', at: start + second * s, value })

/** Effects as [kind, second], of readings that come together, with `until` seconds passing afterwards. */
function effectsOf(criteria: Criteria, readings: MetricPoint[], until?: number): [string, number][] {
  const newest = Math.max(start, ...readings.map(({ at }) => at))
  const first = step(criteria, startRule(criteria, start), readings, newest)
  const last = until === undefined ? { effects: [] } : step(criteria, first.state, [], start + until * s)
  return [...first.effects, ...last.effects].map(({ kind, at }) => [kind, (at - start) / s])
}

describe('what raises an alarm, and what ends it', () => {
  test('a threshold, until the value is back by the hysteresis', () =>
    expect(effectsOf(rule(all(above(80, { hysteresis: 5 }))), [heat(0, 79), heat(1, 81), heat(2, 77), heat(3, 75)])).toEqual([
      ['raise', 1],
      ['clear', 3],
    ]))

  test('every comparison', () => {
    const raised = (op: Extract<Leaf, { kind: 'threshold' }>['op'], value: number) =>
      effectsOf(rule(all({ kind: 'threshold', metric: 'heat', op, value: 5 })), [heat(0, value)]).length === 1
    const truth = { gt: [6], ge: [5, 6], lt: [4], le: [4, 5], eq: [5], ne: [4, 6] } as const
    for (const [op, values] of Object.entries(truth))
      expect([4, 5, 6].filter(value => raised(op as keyof typeof truth, value))).toEqual(values)
  })

  test('what has to last is raised to the second, without a reading then, and not where it was interrupted', () => {
    const lasting = rule(all(above(80, { lasting: 60 })))
    expect(effectsOf(lasting, [heat(0, 90), heat(100, 91)])).toEqual([['raise', 60]])
    expect(effectsOf(lasting, [heat(0, 90)], 70)).toEqual([['raise', 60]])
    expect(effectsOf(lasting, [heat(0, 90), heat(30, 70), heat(31, 90), heat(90, 90)])).toEqual([])
  })

  test('what has to come three times within a minute', () => {
    const thrice = rule(all(above(80, { repeated: { times: 3, seconds: 60 } })))
    const peaks = (...seconds: number[]) => seconds.flatMap(second => [heat(second, 90), heat(second + 1, 70)])
    expect(effectsOf(thrice, peaks(0, 20, 40))).toEqual([['raise', 40]])
    expect(effectsOf(thrice, peaks(0, 20, 40), 90)).toEqual([
      ['raise', 40],
      ['clear', 60],
    ])
    expect(effectsOf(thrice, peaks(0, 30, 61))).toEqual([])
  })

  test('a rise and a fall within a time', () => {
    const rising = rule(all({ kind: 'rate', metric: 'heat', side: 'rise', value: 10, seconds: 60 }))
    expect(effectsOf(rising, [heat(0, 20), heat(50, 31), heat(120, 32)])).toEqual([
      ['raise', 50],
      ['clear', 120],
    ])
    expect(effectsOf(rising, [heat(0, 20), heat(70, 31)])).toEqual([])
    const falling = rule(all({ kind: 'rate', metric: 'heat', side: 'fall', value: 10, seconds: 60 }))
    expect(effectsOf(falling, [heat(0, 40), heat(50, 29)])).toEqual([['raise', 50]])
  })

  test('silence of one metric, and of the whole machine, and not of one that never spoke', () => {
    const silent = (metric: string | null) => rule(all({ kind: 'silence', metric, seconds: 300 }))
    expect(effectsOf(silent('heat'), [heat(0, 1), { metric: 'load', at: start + 299 * s, value: 1 }], 400)).toEqual([
      ['raise', 300],
    ])
    expect(effectsOf(silent(null), [heat(0, 1), { metric: 'load', at: start + 299 * s, value: 1 }], 400)).toEqual([])
    expect(effectsOf(silent(null), [], 301)).toEqual([])
    expect(effectsOf(silent('heat'), [heat(0, 1), heat(350, 1)])).toEqual([
      ['raise', 300],
      ['clear', 350],
    ])
  })

  test('a value far from what the machine itself is used to; while it learns, nothing is', () => {
    const unusual = rule(all({ kind: 'deviation', metric: 'heat', side: 'above', factor: 6, hours: 2 }))
    const usual = (minutes: number) => Array.from({ length: minutes }, (_, i) => heat(i * 60, 50 + (i % 5)))
    expect(effectsOf(unusual, [...usual(100), heat(6000, 80)])).toEqual([['raise', 6000]])
    expect(effectsOf(unusual, [...usual(100), heat(6000, 55)])).toEqual([])
    expect(effectsOf(unusual, [...usual(20), heat(1200, 80)])).toEqual([])
  })

  test('only at night, by the clock of the plant', () => {
    const hours: Leaf = { kind: 'schedule', days: [1], from: '22:00', until: '06:00', zone: 'Asia/Shanghai' }
    const night = rule(all(above(80), hours))
    // 16:00 in Shanghai, 22:30 on Monday, 05:00 and 06:00 on Tuesday
    expect(effectsOf(night, [heat(0, 90), heat(23_400, 90), heat(46_800, 90), heat(50_400, 90)])).toEqual([
      ['raise', 23_400],
      ['clear', 50_400],
    ])
  })

  test('all, any, and groups of groups', () => {
    const load: Leaf = { kind: 'threshold', metric: 'load', op: 'gt', value: 50 }
    const said = [heat(0, 90), { metric: 'load', at: start + 10 * s, value: 60 }]
    expect(effectsOf(rule(any(load, above(80))), said)).toEqual([['raise', 0]])
    expect(effectsOf(rule(all(load, above(80))), said)).toEqual([['raise', 10]])
    expect(effectsOf(rule(all(group('any', load, above(95)), above(80))), said)).toEqual([['raise', 10]])
  })

  test('a condition of its own ends it, once the first holds no more', () => {
    const cooled = rule(all(above(80)), all({ kind: 'threshold', metric: 'heat', op: 'lt', value: 60 }))
    expect(effectsOf(cooled, [heat(0, 90), heat(1, 70), heat(2, 59)])).toEqual([
      ['raise', 0],
      ['clear', 2],
    ])
  })
})

describe('readings that come late', () => {
  test('hours of a machine that was cut off are judged as of then', () => {
    const lasting = rule(all(above(80, { lasting: 60 })))
    const before = step(lasting, startRule(lasting, start), [heat(0, 70)], start).state
    const quiet = step(lasting, before, [], start + 7200 * s).state
    const { effects } = step(lasting, quiet, [heat(10, 90), heat(20, 70), heat(100, 90), heat(200, 90)], start + 7200 * s)
    expect(effects.map(({ kind, at }) => [kind, (at - start) / s])).toEqual([['raise', 160]])
  })

  test('a silence that is over before anybody could hear of it counts on history alone', () => {
    const silent = rule(all({ kind: 'silence', metric: null, seconds: 300 }))
    const { state } = step(silent, startRule(silent, start), [heat(0, 1)], start)
    expect(step(silent, state, [heat(400, 1)], start + 400 * s).effects).toHaveLength(2)
    expect(step(silent, state, [heat(400, 1)], start + 400 * s, false).effects).toEqual([])
    expect(step(silent, state, [], start + 400 * s, false).effects).toHaveLength(1)
  })

  test('one that is older than what is known of its metric says nothing about now', () => {
    const simple = rule(all(above(80)))
    const { state } = step(simple, startRule(simple, start), [heat(10, 90)], start + 10 * s)
    expect(step(simple, state, [heat(5, 20)], start + 11 * s).effects).toEqual([])
  })

  test('a delayed message ends nothing that has lasted', () => {
    const lasting = rule(all(above(80, { lasting: 60 })))
    const first = step(lasting, startRule(lasting, start), [heat(0, 90)], start)
    const raised = step(lasting, first.state, [], start + 63 * s)
    expect(raised.effects).toHaveLength(1)
    expect(step(lasting, raised.state, [heat(59, 90)], start + 63 * s).effects).toEqual([])
  })
})

const conditions = fc.constantFrom<Condition>(
  all(above(50)),
  all(above(50, { hysteresis: 10 })),
  all(above(50, { lasting: 20 })),
  all(above(50, { repeated: { times: 2, seconds: 90 } })),
  any({ kind: 'silence', metric: 'heat', seconds: 40 }, above(80)),
  all({ kind: 'rate', metric: 'heat', side: 'rise', value: 20, seconds: 30 }),
  any(group('all', above(30), { kind: 'threshold', metric: 'load', op: 'lt', value: 40 }), above(90)),
)
const reading = fc.record({
  metric: fc.constantFrom('heat', 'load'),
  at: fc.nat(600).map(second => start + second * s),
  value: fc.nat(100),
})
const course = fc.uniqueArray(reading, { maxLength: 60, selector: ({ metric, at }) => `${metric} ${at}` })
const criteria = fc.record({ raise: conditions, clear: fc.option(conditions, { nil: null }) })
const inOrder = (readings: MetricPoint[]) => readings.toSorted((a, b) => a.at - b.at)

/** As if each piece came when its newest reading was made. */
function inPieces(rule: Criteria, readings: MetricPoint[], size: number): Effect[] {
  const effects: Effect[] = []
  let state = startRule(rule, start)
  for (let at = 0; at < readings.length; at += size) {
    const piece = readings.slice(at, at + size)
    const taken = step(rule, state, piece, Math.max(...piece.map(one => one.at)))
    state = taken.state
    effects.push(...taken.effects)
  }
  return effects
}

test('raised and over take turns, and time never goes back', () =>
  fc.assert(
    fc.property(criteria, course, fc.integer({ min: 1, max: 9 }), (rule, readings, size) => {
      const effects = inPieces(rule, readings, size) // in any order
      effects.forEach(({ kind, at }, i) => {
        expect(kind).toBe(i % 2 === 0 ? 'raise' : 'clear')
        if (i > 0) expect(at).toBeGreaterThanOrEqual(effects[i - 1]!.at)
      })
    }),
  ))

test('it makes no difference by how many messages readings come, in which order within one, and how often', () =>
  fc.assert(
    fc.property(criteria, course, fc.integer({ min: 1, max: 9 }), (rule, readings, size) => {
      const sorted = inOrder(readings)
      // readings of one moment stay together: between two messages of it there is a moment of its own
      fc.pre(new Set(sorted.map(({ at }) => at)).size === sorted.length)
      const whole = inPieces(rule, sorted, 1000)
      expect(inPieces(rule, sorted, size)).toEqual(whole)
      expect(inPieces(rule, readings, 1000)).toEqual(whole)
      expect(inPieces(rule, [...sorted, ...readings], 1000)).toEqual(whole)
    }),
  ))

test('a state is never changed, so that the same step may be taken again', () =>
  fc.assert(
    fc.property(criteria, course, (rule, readings) => {
      const { state } = step(rule, startRule(rule, start), readings.slice(0, 10), start)
      const before = structuredClone(state)
      const once = step(rule, state, readings, start + 600 * s)
      expect(state).toEqual(before)
      expect(step(rule, state, readings, start + 600 * s)).toEqual(once)
    }),
  ))
