import type { Default } from '../../model.ts'
import type { Rules } from '../../rules.ts'
import { arithmeticText, plain, type Words } from '../export/arithmetic.ts'
import { lost, some } from '../export/lost.ts'
import { path, type Wording, wholeCondition } from './export-rules.ts'

/** Defaults and objectives as statements of a behavior, most important first; what COOM cannot say is noted. */
export function wishes({ defaults, objectives }: Rules, wording: Wording, words: Words): string[] {
  const lines: string[] = []
  const untold: string[] = []
  for (const { rule, when } of defaults) {
    const condition = when && wholeCondition(when, wording, words)
    const wish = wished(rule, wording)
    if (wish === undefined || (when && condition === undefined)) untold.push('number' in rule ? rule.number : rule.option)
    else lines.push(...(condition === undefined ? [] : [`condition ${condition}`]), `default ${wish}`)
  }
  if (untold.length > 0)
    wording.notes.push(
      lost('/defaults', some(untold), '枚举与数值以外的默认选择', 'defaults other than of enumerations and numbers'),
    )
  objectives.forEach(({ rule, value }, place) => {
    const text = arithmeticText(value, 1, words)
    // the same priority would make one goal of two
    const priority = objectives.length > 1 ? `/${objectives.length - place}` : ''
    if (text !== undefined) lines.push(`${rule.goal === 'least' ? 'minimize' : 'maximize'}${priority} ${text}`)
    else wording.notes.push(lost('/objectives', rule.of, 'COOM 没有其算式的目标', 'an objective of arithmetic that COOM has not'))
  })
  return lines
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
