import { expect, test } from 'vitest'
import { handmade, number, one, option, some } from '../test/handmade.ts'
import { compile } from './compile.ts'

const errorsOf = (model: unknown) => {
  const result = compile(model)
  return result.ok ? [] : result.errors
}

test('a contradiction names a minimal set of rules', () => {
  const [error] = errorsOf(handmade([one('a', ['a1', 'a2']), one('b', ['b1', 'b2'])], ['a1 => b1', 'b1 => !a1', 'b2 | b1', 'a1']))
  expect(error).toMatchObject({ code: 'contradiction', path: '/constraints/0', rule: 'rule0', value: 'rule0, rule1, rule3' })
  expect(error?.message.en).toContain('rule0, rule1, rule3')
})

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
