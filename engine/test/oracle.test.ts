import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indexModel } from '../src/model-index.ts'
import { readRules } from '../src/rules.ts'
import { allSelections, candidates, oracleDomains } from './oracle.ts'
import { randomModelAndDecisions } from './random-model.ts'

test('random models read without errors and stay small enough to enumerate', () => {
  const kinds = new Map<string, number>()
  let satisfiable = 0
  let models = 0
  fc.assert(
    fc.property(randomModelAndDecisions(), ({ model, decisions }) => {
      const index = indexModel(model)
      const { rules, errors } = readRules(index)
      expect(errors).toEqual([])
      for (const { kind } of [...model.groups, ...model.constraints, ...(model.prices ?? [])])
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      models++
      const all = allSelections({ index, rules })
      if (all.length > 0) satisfiable++
      expect(all.length).toBeLessThanOrEqual(candidates(index).length)
      oracleDomains({ index, rules }, all, decisions)
    }),
    { numRuns: 200, seed: 7 },
  )
  expect(satisfiable / models).toBeGreaterThan(0.5)
  expect([...kinds.keys()].sort()).toEqual([
    ...['base', 'bundle', 'capacity', 'choose-one', 'choose-some', 'clause', 'excludes', 'formula', 'number', 'on-request'],
    ...['options', 'quantity', 'requires', 'surcharge', 'table', 'tier', 'yes-no'],
  ])
})
