import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultsOf, type KnownFailure, type KnownReplacement } from './faults.ts'
import { outcomeOf } from './outcome.ts'

const at = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000)
const moment = {
  deviceId: fc.constantFrom('a', 'b'),
  component: fc.constantFrom('spindle', 'pump'),
  at: fc.integer({ min: 0, max: 300 }).map(at),
}
const failures = fc.array(fc.record({ ...moment, alarmId: fc.constantFrom(null, 'warning', 'rule') }), { maxLength: 8 })
const replacements = fc.array(
  fc.record({ ...moment, why: fc.constantFrom('failed' as const, 'preventive' as const, 'other' as const) }),
  { maxLength: 8 },
)

test('what the portal warned of is never a failure because somebody confirmed it', () => {
  fc.assert(
    fc.property(failures, replacements, (known, replaced) => {
      const without = known.filter(({ alarmId }) => alarmId !== 'warning')
      expect(faultsOf(known, replaced, new Set(['warning']))).toEqual(faultsOf(without, replaced, new Set()))
    }),
  )
})

test('every failure that is known otherwise is told, and no replacement makes two of one', () => {
  fc.assert(
    fc.property(failures, replacements, (known, replaced) => {
      const told = faultsOf(known, replaced, new Set(['warning'])).filter(({ kind }) => kind === 'failure')
      const other = known.filter(({ alarmId }) => alarmId !== 'warning').length
      expect(told.length).toBeGreaterThanOrEqual(other)
      expect(told.length).toBeLessThanOrEqual(other + replaced.filter(({ why }) => why === 'failed').length)
      const again = known.concat(replaced.flatMap(one => (one.why === 'failed' ? [{ ...one, alarmId: null }] : [])))
      const once = faultsOf(again, replaced, new Set(['warning']))
      expect(once.filter(({ kind }) => kind === 'failure')).toHaveLength(
        again.filter(({ alarmId }) => alarmId !== 'warning').length,
      )
    }),
  )
})

const spindle = { deviceId: 'a', component: 'spindle' }
const warned = { ...spindle, at: at(0), verdict: 'confirmed' as const }
const confirmed: KnownFailure = { ...spindle, at: at(0), alarmId: 'warning' }
const outcome = (known: KnownFailure[], replaced: KnownReplacement[]) =>
  outcomeOf([warned], faultsOf(known, replaced, new Set(['warning'])), 0)

test('a warning that was confirmed leads to the replacement after it: as a failure, or as service in time', () => {
  expect(outcome([confirmed], [])).toMatchObject({ lead: null, missed: null })
  expect(outcome([confirmed], [{ ...spindle, at: at(12), why: 'failed' }])).toMatchObject({
    ...{ lead: { count: 1, median: 12 }, missed: { failures: 1, unwarned: 0 } },
  })
  expect(outcome([confirmed], [{ ...spindle, at: at(9), why: 'preventive' }])).toMatchObject({
    lead: { median: 9 },
    missed: null,
  })
})

test('a failure that a rule told of counts from then on, and its replacement is no second one', () => {
  const ofRule = { ...spindle, at: at(5), alarmId: 'rule' }
  expect(outcome([confirmed, ofRule], [{ ...spindle, at: at(8), why: 'failed' }])).toMatchObject({
    ...{ lead: { median: 5 }, missed: { failures: 1, unwarned: 0 } },
  })
})
