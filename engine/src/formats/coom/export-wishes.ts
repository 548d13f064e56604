import type { Default } from '../../model.ts'
import type { Rules } from '../../rules.ts'
import { plain, type Words } from '../export/arithmetic.ts'
import { lost, some } from '../export/lost.ts'
import { path, valueText, type Wording, wholeCondition } from './export-rules.ts'

/** Defaults and objectives as statements of a behavior, most important first; what COOM cannot say is noted. */
export const wishes = (rules: Rules, wording: Wording, words: Words): string[] => [
  ...defaults(rules, wording, words),
  ...objectives(rules, wording, words),
]

function defaults({ defaults }: Rules, wording: Wording, words: Words): string[] {
  const untold: string[] = []
  const lines = defaults.flatMap(({ rule, when }) => {
    const wish = wished(rule, wording)
    const condition = when && wholeCondition(when, wording, words)
    if (wish !== undefined && !when) return [`default ${wish}`]
    if (wish !== undefined && condition !== undefined) return [`condition ${condition}`, `default ${wish}`]
    untold.push('number' in rule ? rule.number : rule.option)
    return []
  })
  const [zh, en] = [
    '枚举与数值以外的、或条件无法写出的默认选择',
    'defaults of neither enumerations nor numbers, or under other conditions',
  ]
  if (untold.length > 0) wording.notes.push(lost('/defaults', some(untold), zh, en))
  return lines
}

function objectives({ objectives }: Rules, { notes }: Wording, words: Words): string[] {
  return objectives.flatMap(({ rule, value }, place) => {
    const text = valueText(value, words)
    // the same priority would make one goal of two
    const priority = objectives.length > 1 ? `/${objectives.length - place}` : ''
    if (text !== undefined) return [`${rule.goal === 'least' ? 'minimize' : 'maximize'}${priority} ${text}`]
    notes.push(lost('/objectives', rule.of, '无法写成 COOM 算式的目标', 'an objective of arithmetic that COOM has not'))
    return []
  })
}

/** Only what a feature is can be wished for: not how many of an option there are. */
function wished(rule: Default, wording: Wording): string | undefined {
  if ('number' in rule) {
    const value = plain(rule.value)
    return value && `${path(rule.number, wording)} = ${value}`
  }
  const enumerated = wording.enumerationOf.get(rule.option)
  if (!enumerated || !('chosen' in rule) || !rule.chosen) return undefined
  return `${path(enumerated.group.id, wording)} = ${JSON.stringify(rule.option)}`
}
