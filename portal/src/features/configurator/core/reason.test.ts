import { compile, type Decision, decide, explain, type Model, type State, start } from '@fettle/engine'
import { expect, test } from 'vitest'
import { reasonOf, reasonSentence } from './reason.ts'

const named = (id: string) => ({ id, name: { 'zh-CN': `${id}号`, en: id.toUpperCase() } })
const model: Model = {
  format: 'fettle-model/1',
  version: '1',
  currency: 'CNY',
  attributes: [],
  interfaces: [],
  ...named('machine'),
  groups: ['drill', 'pump', 'tank', 'cover'].map(id => ({ ...named(`with_${id}`), kind: 'yes-no', option: named(id) })),
  constraints: [
    { id: 'drill-pump', kind: 'requires', if: 'drill', then: 'pump' },
    { id: 'pump-tank', kind: 'requires', if: 'pump', then: 'tank' },
    {
      id: 'tank-cover',
      kind: 'excludes',
      options: ['tank', 'cover'],
      message: { 'zh-CN': '水箱上不能装护罩。', en: 'No cover fits on a tank.' },
    },
  ],
}

test('a reason says which choice it starts from, and what that needs on the way', () => {
  const state = after(model, { option: 'drill', chosen: true })
  const reason = reasonOf(state.compiled, explain(state, { option: 'cover', chosen: true }), 'cover')
  expect(reasonSentence(state.compiled, reason, 'en')).toBe(
    'No cover fits on a tank. (It starts from your choice of DRILL, which needs PUMP and TANK.)',
  )
  expect(reasonSentence(state.compiled, reason, 'zh-CN')).toBe(
    '水箱上不能装护罩。（起因：您选择的“drill号”，由此需要“pump号”、“tank号”）',
  )
})

test('what would only follow from the option itself is not said to be needed by a choice', () => {
  const rules: Model['constraints'] = [
    { id: 'cover-pump', kind: 'requires', if: 'cover', then: 'pump' },
    { id: 'no-pump', kind: 'formula', formula: '!(drill & pump)', message: { 'zh-CN': '不能同时。', en: 'Not both.' } },
  ]
  const state = after({ ...model, constraints: rules }, { option: 'drill', chosen: true })
  const explanation = explain(state, { option: 'cover', chosen: true })
  expect(reasonOf(state.compiled, explanation, 'cover').through).toEqual([])
})

function after(model: Model, decision: Decision): State {
  const result = compile(model)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  const decided = decide(start(result.compiled), decision)
  if (decided.status !== 'ok') throw new Error(decided.status)
  return decided.state
}
