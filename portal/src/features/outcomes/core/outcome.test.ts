import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Fault, fewestVerdicts, outcomeOf, type Warning, wilson } from './outcome.ts'

const day = 86_400_000
const at = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * day)
const place = { deviceId: fc.constantFrom('a', 'b'), component: fc.constantFrom('spindle', 'pump', null) }
const warning: fc.Arbitrary<Warning> = fc.record({
  ...{ ...place, at: fc.integer({ min: 0, max: 360 }).map(at) },
  verdict: fc.constantFrom('confirmed', 'no-fault', null),
})
const fault: fc.Arbitrary<Fault> = fc.record({
  ...{ ...place, component: fc.constantFrom('spindle', 'pump'), at: fc.integer({ min: 0, max: 360 }).map(at) },
  kind: fc.constantFrom('failure', 'service'),
})
const seen = fc.tuple(fc.array(warning, { maxLength: 20 }), fc.array(fault, { maxLength: 8 }), fc.integer({ min: 0, max: 400 }))

test('every warning is counted once, no share is told of too few, and none lies outside of its interval', () => {
  fc.assert(
    fc.property(seen, ([warnings, faults, days]) => {
      const told = outcomeOf(warnings, faults, days * day)
      expect(told.confirmed + told.noFault + told.unjudged).toBe(warnings.length)
      expect(told.precision === null).toBe(told.confirmed + told.noFault < fewestVerdicts)
      if (told.precision) {
        const { value, lower, upper } = told.precision
        expect(value).toBeCloseTo(told.confirmed / (told.confirmed + told.noFault))
        expect(0 <= lower && lower <= value && value <= upper && upper <= 1).toBe(true)
      }
      expect(told.falsePerMonth).toBe(days < 30 ? null : told.noFault / (days / 30))
    }),
  )
})

test('lead times are never negative nor longer than half a year, and only of what was confirmed', () => {
  fc.assert(
    fc.property(seen, ([warnings, faults, days]) => {
      const { lead, confirmed } = outcomeOf(warnings, faults, days * day)
      if (!lead) return
      expect(lead.count).toBeLessThanOrEqual(confirmed)
      expect(0 <= lead.shortest && lead.shortest <= lead.median && lead.median <= lead.longest && lead.longest <= 180).toBe(true)
    }),
  )
})

test('what is unjudged changes no share, and a warning more never makes a failure one that nobody warned of', () => {
  fc.assert(
    fc.property(seen, warning, ([warnings, faults, days], more) => {
      const before = outcomeOf(warnings, faults, days * day)
      const after = outcomeOf([...warnings, { ...more, verdict: null }], faults, days * day)
      expect(after.precision).toEqual(before.precision)
      expect(after.missed?.unwarned ?? 0).toBeLessThanOrEqual(before.missed?.unwarned ?? 0)
      expect(after.missed === null).toBe(!faults.some(({ kind }) => kind === 'failure'))
    }),
  )
})

test('an earlier warning is not counted, but a failure it told of was warned of', () => {
  const earlier: Warning = { deviceId: 'a', component: 'spindle', at: at(-20), verdict: 'confirmed' }
  const faults: Fault[] = [
    { deviceId: 'a', component: 'spindle', at: at(3), kind: 'failure' },
    { deviceId: 'a', component: 'spindle', at: at(170), kind: 'failure' },
  ]
  expect(outcomeOf([], faults, 30 * day, [earlier])).toMatchObject({
    ...{ warnings: 0, confirmed: 0, lead: null, missed: { failures: 2, unwarned: 1 } },
  })
})

test('no fault on inspection warned of nothing: the failure that followed was missed', () => {
  const failure: Fault = { deviceId: 'a', component: 'spindle', at: at(10), kind: 'failure' }
  const warned = (verdict: Warning['verdict']): Warning => ({ deviceId: 'a', component: 'spindle', at: at(5), verdict })
  expect(outcomeOf([warned('no-fault')], [failure], day).missed).toEqual({ failures: 1, unwarned: 1 })
  expect(outcomeOf([], [failure], day, [warned('no-fault')]).missed).toEqual({ failures: 1, unwarned: 1 })
  expect(outcomeOf([warned('no-fault'), warned(null)], [failure], day).missed).toEqual({ failures: 1, unwarned: 0 })
})

test('an example by hand: eight of ten confirmed, a failure ten days after one of them, another that nobody warned of', () => {
  const warnings = Array.from(
    { length: 10 },
    (_, i): Warning => ({
      ...{ deviceId: 'a', component: 'spindle', at: at(i), verdict: i < 8 ? 'confirmed' : 'no-fault' },
    }),
  )
  const faults: Fault[] = [
    { deviceId: 'a', component: 'spindle', at: at(17), kind: 'failure' },
    { deviceId: 'b', component: 'pump', at: at(20), kind: 'failure' },
  ]
  const told = outcomeOf(warnings, faults, 120 * day)
  expect(told).toMatchObject({ falsePerMonth: 0.5, missed: { failures: 2, unwarned: 1 } })
  expect(told.lead).toEqual({ count: 8, median: 13.5, shortest: 10, longest: 17 })
  // the textbook's numbers for 8 of 10
  expect(wilson(8, 10)).toMatchObject({ lower: expect.closeTo(0.4902, 4), upper: expect.closeTo(0.9433, 4) })
})
