import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Basis, daysBetween, dueOf, dueStates, monthsAfter, type Rhythm } from './due.ts'
import type { Signal } from './signal.ts'

const basis: Basis = { since: '2026-01-31', fromNew: true, last: null, counter: 0, signals: [], today: '2026-02-01' }
const alarm: Signal = {
  kind: 'alarm',
  code: 'filter',
  name: { 'zh-CN': '', en: '' },
  since: '2026-02-01T00:00:00Z',
  value: null,
  found: false,
}
const rhythm = (given: Partial<Rhythm>): Rhythm => ({ everyMonths: null, counter: null, condition: null, ...given })

test('a month that is too short ends on its last day, and months add up', () => {
  expect(monthsAfter('2026-01-31', 1)).toBe('2026-02-28')
  expect(monthsAfter('2024-01-31', 1)).toBe('2024-02-29')
  expect(monthsAfter('2025-12-15', 1)).toBe('2026-01-15')
})

test.each([
  ['2026-06-30', 'later', '2026-07-31'],
  ['2026-07-01', 'soon', '2026-07-31'],
  ['2026-07-31', 'due', '2026-07-31'],
  ['2026-08-01', 'overdue', '2026-07-31'],
] as const)('by time: on %s a half-yearly task of a new machine is %s', (today, state, on) => {
  expect(dueOf(rhythm({ everyMonths: 6 }), { ...basis, today })).toMatchObject({ state, on })
})

test.each([
  [1799, 'later'],
  [1800, 'soon'],
  [2000, 'due'],
  [2000.1, 'overdue'],
] as const)('by counter: at %s hours of 2000 it is %s', (counter, state) => {
  const by = rhythm({ counter: { metric: 'hours', every: 2000 } })
  expect(dueOf(by, { ...basis, counter })).toMatchObject({ state, at: 2000 })
})

test('whoever does not know what was done before him reckons by the next whole multiple, and not by what he cannot know', () => {
  const by = rhythm({ counter: { metric: 'hours', every: 2000 } })
  expect(dueOf(by, { ...basis, fromNew: false, counter: 5100 })).toMatchObject({ state: 'later', at: 6000 })
  expect(dueOf(by, { ...basis, fromNew: false, counter: null })).toMatchObject({ state: 'unknown', at: null })
  expect(dueOf(by, { ...basis, counter: 5100, last: { on: '2026-01-31', counter: null } }).at).toBeNull()
})

test('a condition makes it due while it holds, health only below its limit', () => {
  const by = rhythm({ condition: { kind: 'alarm', code: 'filter', below: null } })
  expect(dueOf(by, basis)).toMatchObject({ state: 'later', because: null })
  expect(dueOf(by, { ...basis, signals: [alarm] })).toMatchObject({ state: 'due', because: alarm })
  const weak = rhythm({ condition: { kind: 'health', code: 'spindle', below: 60 } })
  const health = (value: number): Signal => ({ ...alarm, kind: 'health', code: 'spindle', value })
  expect(dueOf(weak, { ...basis, signals: [health(60)] }).state).toBe('later')
  expect(dueOf(weak, { ...basis, signals: [health(59)] }).state).toBe('due')
})

const day = fc
  .integer({ min: 0, max: 4000 })
  .map(days => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))
const rhythms = fc.record({
  everyMonths: fc.option(fc.integer({ min: 1, max: 120 })),
  counter: fc.option(fc.record({ metric: fc.constant('hours'), every: fc.integer({ min: 1, max: 10_000 }) })),
  condition: fc.option(fc.constant({ kind: 'alarm' as const, code: 'filter', below: null })),
})
const bases = fc.record({
  since: fc.option(day),
  fromNew: fc.boolean(),
  last: fc.option(fc.record({ on: day, counter: fc.option(fc.integer({ min: 0, max: 50_000 })) })),
  counter: fc.option(fc.integer({ min: 0, max: 60_000 })),
  signals: fc.constantFrom([], [alarm]),
  today: day,
})
const urgency = (state: (typeof dueStates)[number]) => dueStates.indexOf(state)

test('whichever is first: all together are as pressing as the most pressing alone', () => {
  fc.assert(
    fc.property(rhythms, bases, (all, given) => {
      const alone = [
        rhythm({ everyMonths: all.everyMonths }),
        rhythm({ counter: all.counter }),
        rhythm({ condition: all.condition }),
      ].map(one => urgency(dueOf(one, given).state))
      expect(urgency(dueOf(all, given).state)).toBe(Math.min(...alone))
    }),
  )
})

test('it never becomes less pressing as days pass and the counter runs, unless it is done', () => {
  fc.assert(
    fc.property(rhythms, bases, fc.nat(500), fc.nat(5000), (all, given, days, hours) => {
      fc.pre(given.last !== null || given.fromNew) // who knows nothing of before begins each multiple anew
      const later = new Date(Date.parse(given.today) + days * 86_400_000).toISOString().slice(0, 10)
      const then = { ...given, today: later, counter: given.counter === null ? null : given.counter + hours }
      expect(urgency(dueOf(all, then).state)).toBeLessThanOrEqual(urgency(dueOf(all, given).state))
    }),
  )
})

test('what is done today is not due by time or counter before a whole period is over', () => {
  fc.assert(
    fc.property(rhythms, bases, (all, given) => {
      const done = { ...given, signals: [], last: { on: given.today, counter: given.counter } }
      const { state, on, at } = dueOf(all, done)
      expect(['overdue', 'due']).not.toContain(state)
      if (on) expect(daysBetween(given.today, on)).toBeGreaterThan(27)
      if (at !== null) expect(at).toBe(given.counter! + all.counter!.every)
    }),
  )
})
