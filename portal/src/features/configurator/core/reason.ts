import type { Compiled, Decision, Explanation } from '@fettle/engine'
import { formatNumber, formatUnit, type Language, languages, type LocalizedText } from '#platform/core'

/** Why something is not possible, or must be: sentences that name what the reader knows. */
export interface Reason {
  /** the messages of the rules concerned; one made sentence where the model gives none */
  sentences: LocalizedText[]
  /** the visitor's decisions that cause it */
  decisions: Decision[]
}

/** Puts an explanation of the engine into words. */
export function reasonOf(compiled: Compiled, { decisions, rules }: Explanation): Reason {
  const messages = rules.flatMap(rule => (rule.message ? [rule.message] : []))
  return { sentences: messages.length > 0 ? messages : [sentenceWithout(compiled, decisions)], decisions }
}

/** For models whose rules carry no message. */
function sentenceWithout(compiled: Compiled, decisions: readonly Decision[]): LocalizedText {
  if (decisions.length === 0) return { 'zh-CN': '此产品的规则不允许这一项。', en: 'The rules of this product do not allow this.' }
  const names = (language: Language) => decisions.slice(0, 3).map(decision => decisionText(compiled, decision, language))
  return {
    'zh-CN': `与您的选择不能同时满足：${names('zh-CN').join('、')}${decisions.length > 3 ? ' 等' : ''}。`,
    en: `Not possible together with ${names('en').join(', ')}${decisions.length > 3 ? ' and others' : ''}.`,
  }
}

/** A decision as a person says it: 'BT40', 'no chiller', 'column riser 200 mm'. */
export function decisionText({ index }: Compiled, decision: Decision, language: Language): string {
  if ('number' in decision) {
    const group = index.groups.get(decision.number)
    const unit = group?.kind === 'number' && group.unit ? `\u2009${formatUnit(group.unit, language)}` : ''
    return `${group?.name[language] ?? decision.number} ${formatNumber(decision.value, language)}${unit}`
  }
  const name = index.options.get(decision.option)?.option.name[language] ?? decision.option
  if ('quantity' in decision) return `${name} × ${formatNumber(decision.quantity, language)}`
  return decision.chosen ? name : without[language](name)
}

const without: Record<Language, (name: string) => string> = {
  'zh-CN': name => `不要“${name}”`,
  en: name => `no ${name}`,
}

/** The same in both languages. */
export const decisionName = (compiled: Compiled, decision: Decision): LocalizedText =>
  Object.fromEntries(languages.map(language => [language, decisionText(compiled, decision, language)])) as unknown as LocalizedText
