import { expect, test } from 'vitest'
import { compiled, handmade, number, one, option, some, stateAfter } from '../test/handmade.ts'
import { decide, decideAll, decisions, retract, start } from './decide.ts'
import { domains } from './domains.ts'
import type { Decision } from './model.ts'

const model = compiled(
  handmade(
    [
      one('spindle', ['slow', 'fast']),
      some('extras', [option('pump', { quantity: { min: 1, max: 4 } }), 'lamp']),
      number('length', 1, 2, { step: 0.25 }),
    ],
    ['fast => pump >= 2', 'lamp => length >= 1.5'],
  ),
)

test('another option of a choose-one group takes the place of the one decided', () => {
  const state = stateAfter(model, [
    { option: 'slow', chosen: true },
    { option: 'lamp', chosen: true },
    { option: 'fast', chosen: true },
  ])
  expect(decisions(state)).toEqual([
    { option: 'lamp', chosen: true },
    { option: 'fast', chosen: true },
  ])
})

test('a quantity or number decided again is replaced', () => {
  const state = stateAfter(model, [
    { option: 'pump', quantity: 2 },
    { number: 'length', value: 1.75 },
    { option: 'pump', quantity: 3 },
    { number: 'length', value: 2 },
  ])
  expect(decisions(state)).toEqual([
    { option: 'pump', quantity: 3 },
    { number: 'length', value: 2 },
  ])
  expect(domains(state).options.pump).toEqual({ state: 'chosen', decided: true, quantities: [{ min: 3, max: 3 }] })
})

test('a decision that contradicts earlier ones is explained and not taken', () => {
  const state = stateAfter(model, [{ option: 'lamp', chosen: true }])
  expect(decide(state, { number: 'length', value: 1 })).toMatchObject({
    status: 'conflict',
    explanation: {
      status: 'proved',
      bound: 2,
      verdict: 'impossible',
      decisions: [{ option: 'lamp', chosen: true }],
      rules: [{ kind: 'constraint', id: 'rule1' }],
    },
  })
})

test('what the model does not have is an error that says what is meant', () => {
  const code = (decision: unknown) => {
    const decided = decide(start(model), decision as Decision)
    return decided.status === 'error' ? decided.error.code : decided.status
  }
  expect(code({ option: 'lmap', chosen: true })).toBe('unknown-reference')
  expect(code({ number: 'width', value: 1 })).toBe('unknown-reference')
  expect(code({ number: 'length', value: 1.1 })).toBe('off-grid')
  expect(code({ number: 'length', value: 9 })).toBe('out-of-range')
  expect(code({ number: 'length', value: Number.NaN })).toBe('wrong-type')
  expect(code({ number: 'length', value: '1' })).toBe('wrong-type')
  expect(code({ option: 'pump', quantity: 5 })).toBe('out-of-range')
  expect(code({ option: 'lamp', quantity: 2 })).toBe('wrong-kind')
  expect(code({ option: 'lamp' })).toBe('wrong-type')
  expect(code({})).toBe('wrong-type')
})

test('taking back what was not decided gives the same state', () => {
  const state = start(model)
  expect(retract(state, { option: 'lamp', chosen: true })).toBe(state)
})

test('a list of decisions is taken as far as it fits, the rest comes back with reasons', () => {
  const { state, unfit } = decideAll(model, [
    { option: 'lamp', chosen: true },
    { option: 'gone', chosen: true },
    { number: 'length', value: 1.25 },
    { option: 'fast', chosen: true },
  ])
  expect(decisions(state)).toEqual([
    { option: 'lamp', chosen: true },
    { option: 'fast', chosen: true },
  ])
  expect(unfit.map(({ error, explanation }) => error?.code ?? explanation?.verdict)).toEqual(['unknown-reference', 'impossible'])
})
