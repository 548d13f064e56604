import { type Compiled, type LocalizedText, price, type Selection, testExamples } from '@fettle/engine'
import type { Language } from '#platform/core'
import { completeness } from './completeness.ts'
import type { Finding } from './finding.ts'
import { type Patience, possibilities } from './possibilities.ts'

export type { Finding } from './finding.ts'

/**
 * What stands against publishing a model that can be configured: errors first, then warnings. That it can be configured at all, the
 * engine's `compile` says. `standard`: its default configuration. `languages`: those it is read in, all
 * unless given. May take as long as the model is hard.
 */
export function checkModel(
  compiled: Compiled,
  standard: Selection,
  patience: Patience = {},
  languages?: readonly Language[],
): Finding[] {
  return [
    ...brokenExamples(compiled),
    ...negativePrice(compiled, standard),
    ...possibilities(compiled, patience),
    ...completeness(compiled.model, standard, languages),
  ]
}

function brokenExamples(compiled: Compiled): Finding[] {
  return testExamples(compiled).flatMap(({ example, error }): Finding[] => {
    const id: LocalizedText = { 'zh-CN': example.id, en: example.id }
    return error ? [{ ...error, severity: 'error', name: example.name ?? id }] : []
  })
}

function negativePrice(compiled: Compiled, standard: Selection): Finding[] {
  const { status, net } = price(compiled, standard)
  if (status !== 'priced' || net >= 0) return []
  return [
    {
      severity: 'error',
      code: 'negative-price',
      path: '/prices',
      name: compiled.model.name,
      value: String(net),
      message: { 'zh-CN': '标准配置的价格小于零。', en: 'The standard configuration costs less than nothing.' },
      remedy: { 'zh-CN': '请检查基础价格和折扣。', en: 'Look at the base price and the deductions.' },
    },
  ]
}
