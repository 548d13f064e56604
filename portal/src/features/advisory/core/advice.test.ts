import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adviceFor } from './advice.ts'
import { meets, type Signal } from './signal.ts'

const codes = fc.constantFrom('filter', 'spindle', '')
const kinds = fc.constantFrom('alarm' as const, 'finding' as const, 'health' as const)
const signals = fc.array(
  fc.record({
    ...{ kind: kinds, code: codes, value: fc.option(fc.integer({ min: 0, max: 100 })) },
    name: fc.option(fc.constant({ 'zh-CN': '', en: '' })),
    found: fc.boolean(),
    since: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(1e12) }).map(at => at.toISOString()),
  }) satisfies fc.Arbitrary<Signal>,
)
const rules = fc.array(
  fc.record({ when: fc.record({ kind: kinds, code: codes, below: fc.option(fc.integer({ min: 1, max: 100 })) }) }),
)

test('each rule that holds advises once, because of what has shown longest of what is told; the others do not', () => {
  fc.assert(
    fc.property(rules, signals, (all, shown) => {
      const advised = adviceFor(all, shown)
      for (const rule of all) {
        const met = shown.filter(signal => meets(rule.when, signal))
        const given = advised.filter(one => one.rule === rule)
        expect(given).toHaveLength(Math.min(1, met.length))
        const told = met.filter(({ name }) => name !== null)
        for (const { because } of given)
          expect((told.length > 0 ? told : met).toSorted((a, b) => a.since.localeCompare(b.since))[0]!.since).toBe(because.since)
      }
    }),
  )
})
