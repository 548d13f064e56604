import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Activation, ranBefore } from './activations.ts'

const activated = (modelId: string): Activation => ({ modelId, how: 'activated' })

/** What runs after each step of rolling back, to the end. */
function rolledBack(activations: readonly Activation[]): (string | null)[] {
  const modelId = ranBefore(activations)
  return modelId === null ? [null] : [modelId, ...rolledBack([...activations, { modelId, how: 'rolled-back' }])]
}

test('a model that was activated anew is rolled back to the one that ran between', () => {
  expect(rolledBack(['a', 'b', 'a'].map(activated))).toEqual(['b', 'a', null])
  expect(ranBefore([activated('a'), activated('b'), { modelId: 'a', how: 'rolled-back' }, activated('c')])).toBe('a')
})

test('rolling back step by step leads through all that was activated, backwards, and ends at none', () => {
  // what runs is not activated again
  const ids = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(ids, all => {
      const models = all.filter((id, place) => id !== all[place - 1])
      expect(rolledBack(models.map(activated))).toEqual([...models.slice(0, -1).reverse(), null])
    }),
  )
})
