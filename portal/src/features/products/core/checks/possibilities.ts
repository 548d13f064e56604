import { type Compiled, type FindingCode, optionsOf, type Review, review } from '@fettle/engine'
import type { LocalizedText } from '#platform/core'
import { type Finding, upToSome, warning } from './finding.ts'

/** How much may be spent on asking the engine. */
export interface Patience {
  shouldStop?: () => boolean
}

/** Of more, the engine is not asked for each option: minutes would go by. */
const mostOptions = 20_000

/** As they are told: what visitors notice first. */
const order: readonly FindingCode[] = [
  'dead-option',
  'always-chosen',
  'false-optional',
  'dead-values',
  'unreachable-price',
  'void-condition',
  'redundant-rule',
]

/** What the rules make of the model that its author may not have meant: all of it can be published. */
export function possibilities(compiled: Compiled, patience: Patience): Finding[] {
  const { model } = compiled
  if (model.groups.reduce((sum, group) => sum + optionsOf(group).length, 0) > mostOptions) return [notAsked(model.name)]
  const { findings, unsettled } = review(compiled, patience)
  const dead = new Set(findings.flatMap(({ code, subject }) => (code === 'dead-option' ? subject! : [])))
  // that nobody pays for an option goes without saying where nobody can have it
  const telling = findings.filter(({ code, subject = '' }) => code !== 'unreachable-price' || !dead.has(subject))
  const told = order.flatMap(code =>
    upToSome(telling.flatMap(found => (found.code === code ? { ...found, severity: 'warning' as const } : []))),
  )
  return [...told, ...leftOpen(model.name, unsettled)]
}

function leftOpen(name: LocalizedText, { conditions, rules }: Review['unsettled']): Finding[] {
  const parts = [
    { count: rules, 'zh-CN': `${rules} 条规则是否多余`, en: `whether ${rules} of the rules can be left out` },
    { count: conditions, 'zh-CN': `${conditions} 个条件能否成立`, en: `whether ${conditions} of the conditions can hold` },
  ].filter(({ count }) => count > 0)
  if (parts.length === 0) return []
  return [
    warning(
      'not-checked',
      { path: '/constraints', name },
      {
        'zh-CN': `在限定的时间内未能查清：${parts.map(part => part['zh-CN']).join('，')}。`,
        en: `Not settled in the time set aside: ${parts.map(part => part.en).join(', and ')}.`,
      },
      byExamples,
    ),
  ]
}

const byExamples = {
  'zh-CN': '请用测试样例检查重要的组合。',
  en: 'Check the combinations that matter by examples.',
}

const notAsked = (name: LocalizedText) =>
  warning(
    'not-checked',
    { path: '/groups', name },
    {
      'zh-CN': `选项超过 ${mostOptions} 个，未逐一检查能否被选到。`,
      en: `With more than ${mostOptions} options, it was not checked whether each can be chosen.`,
    },
    byExamples,
  )
