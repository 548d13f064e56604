import fc from 'fast-check'
import { expect, test } from 'vitest'
import { handmade, number, one, option, some } from '../test/handmade.ts'
import { universe } from '../test/oracle.ts'
import { randomModel } from '../test/random-model.ts'
import { unlessTooMany } from '../test/random-situation.ts'
import { relaxedRules } from '../test/relaxed-rules.ts'
import { runs } from '../test/seed.ts'
import { compile, compileAccepted } from './compile.ts'
import { complete } from './complete.ts'
import { start } from './decide.ts'
import { domains } from './domains.ts'
import { validate } from './validate.ts'

const errorsOf = (model: unknown) => {
  const result = compile(model)
  return result.ok ? [] : result.errors
}

test('a contradiction names a minimal set of rules', () => {
  const [error] = errorsOf(handmade([one('a', ['a1', 'a2']), one('b', ['b1', 'b2'])], ['a1 => b1', 'b1 => !a1', 'b2 | b1', 'a1']))
  expect(error).toMatchObject({ code: 'contradiction', path: '/constraints/0', rule: 'rule0', value: 'rule0, rule1, rule3' })
  expect(error?.message.en).toContain('rule0, rule1, rule3')
})

test('a model that was accepted is compiled without being checked, to the same answers; contradictions are told all the same', () => {
  fc.assert(
    fc.property(randomModel({ groups: 4 }), model => {
      const result = compile(model)
      if (!result.ok) return
      const accepted = start(compileAccepted(model))
      const checked = start(result.compiled)
      expect(domains(accepted)).toEqual(domains(checked))
      for (const goal of ['defaults', 'cheapest'] as const)
        expect(complete(accepted, { goal })).toEqual(complete(checked, { goal }))
    }),
    runs(150),
  )
  expect(() => compileAccepted(handmade([one('a', ['a1', 'a2'])], ['a1', '!a1']))).toThrow('contradict')
})

test('contradictions that share no rule are all told', () => {
  const twice = handmade([one('a', ['a1', 'a2']), one('b', ['b1', 'b2'])], ['a1', 'b1', '!a1', 'a1 => b2', '!b1'])
  expect(errorsOf(twice).map(({ value }) => value)).toEqual(['rule0, rule2', 'rule1, rule4'])
})

test('each contradiction is enough and nothing of it superfluous, and without all of them the model can be configured', () => {
  let contradictory = 0
  fc.assert(
    fc.property(randomModel({ groups: 3 }), model => {
      const { rulebook } = validate(model)
      const everything = rulebook && unlessTooMany(() => universe(rulebook.index, 20_000))
      const errors = everything ? errorsOf(model) : []
      if (!everything || errors.length === 0) return
      contradictory++
      const known = relaxedRules(rulebook)
      const possible = (ids: string[]) => {
        const holding = known.filter(({ ref }) => ids.includes(ref.id))
        return everything.some(selection => holding.every(rule => rule.holds(selection)))
      }
      const conflicts = errors.map(({ value = '' }) => value.split(', '))
      for (const ids of conflicts) {
        expect(possible(ids)).toBe(false)
        for (const id of ids) expect(possible(ids.filter(other => other !== id))).toBe(true)
      }
      const told = new Set(conflicts.flat())
      expect(possible(known.map(({ ref }) => ref.id).filter(id => !told.has(id) || !/^c\d/.test(id)))).toBe(true)
    }),
    runs(500),
  )
  expect(contradictory).toBeGreaterThan(20)
}, 60_000)

test('a contradiction may need arithmetic and what a number must have', () => {
  const [error] = errorsOf(
    handmade([some('s', [option('fan', { quantity: { min: 1, max: 3 } })]), number('x', 4, 9)], ['fan >= x', 'x < 100']),
  )
  expect(error).toMatchObject({ code: 'contradiction', value: 'x, rule0' })
})

test('sums that could leave the safe integers are refused with their place', () => {
  const [error] = errorsOf(handmade([number('x', 0, 2 ** 31), number('y', 0, 2 ** 31)], ['x <= y', '10000000 * x <= y + 0.001']))
  expect(error).toMatchObject({ code: 'out-of-range', path: '/constraints/1', rule: 'rule1' })
})

test('anything that is no model is refused, not thrown at', () => {
  for (const input of [null, 1, 'x', [], {}, { format: 'fettle-model/1' }]) expect(errorsOf(input).length).toBeGreaterThan(0)
})

test('a condition of a price is refused in the same way', () => {
  const price = { id: 'rebate', kind: 'bundle' as const, amount: -5, when: '10000000 * x <= y + 0.001' }
  const [error] = errorsOf(handmade([number('x', 0, 2 ** 31), number('y', 0, 2 ** 31)], [], { prices: [price] }))
  expect(error).toMatchObject({ code: 'out-of-range', path: '/prices/0', rule: 'rebate' })
})
