import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Condition, conditionSchema } from '../core/condition.ts'
import { conditionOf, groupDraftOf, missingIn } from './condition-draft.ts'

const seconds = fc.integer({ min: 1, max: 1000 })
const held = fc.record(
  { lasting: seconds, repeated: fc.record({ times: fc.integer({ min: 2, max: 9 }), seconds }) },
  { requiredKeys: [] },
)
const value = fc.integer({ min: -500, max: 500 }).map(tenths => tenths / 10)
const metric = fc.constantFrom('power', 'speed')
const leaf = fc.oneof(
  fc
    .tuple(held, fc.record({ hysteresis: fc.constantFrom(0, 0.5) }, { requiredKeys: [] }), value, metric)
    .map(([holding, back, bound, key]) => ({ kind: 'threshold', op: 'ge', metric: key, value: bound, ...back, ...holding })),
  fc
    .tuple(held, metric)
    .map(([holding, key]) => ({ kind: 'rate', side: 'fall', metric: key, value: 2, seconds: 60, ...holding })),
  fc.constant({ kind: 'silence', metric: null, seconds: 30 }),
  fc.constant({ kind: 'schedule', days: [6, 7], from: '08:00', until: '12:00', zone: 'Asia/Shanghai' }),
)
const groupOf = (part: fc.Arbitrary<object>) =>
  fc
    .tuple(fc.constantFrom('all', 'any'), fc.array(part, { minLength: 1, maxLength: 4 }), held)
    .map(([join, parts, holding]) => ({ kind: 'group', join, parts, ...holding }))
const condition = groupOf(fc.oneof(leaf, groupOf(leaf))).map(one => conditionSchema.parse(one))

test('whatever condition there is, the form shows it and says the same of it', () => {
  fc.assert(
    fc.property(condition, (given: Condition) => {
      const draft = groupDraftOf(given, 'UTC')
      expect(conditionOf(draft)).toEqual(given)
      expect(missingIn(draft, '/raise')).toEqual([])
    }),
  )
})

test('numbers that are missing are named, in groups too', () => {
  const draft = groupDraftOf(
    conditionSchema.parse({
      ...{ kind: 'group', join: 'any' },
      parts: [
        { kind: 'silence', metric: null, seconds: 30 },
        { kind: 'group', join: 'all', parts: [{ kind: 'threshold', metric: 'power', op: 'gt', value: 1 }] },
      ],
    }),
    'UTC',
  )
  const [silence, group] = draft.parts
  if (silence?.kind !== 'silence' || group?.kind !== 'group' || group.parts[0]?.kind !== 'threshold') throw new Error('lost')
  const typed = { ...draft, parts: [silence, { ...group, times: '3', parts: [{ ...group.parts[0], value: 'x' }] }] }
  expect(missingIn(typed, '/raise')).toEqual(['/raise/parts/1/timesWithin', '/raise/parts/1/parts/0/value'])
})
