import type { Compiled, Decision, Explanation } from '@fettle/engine'
import { formatNumber, formatUnit, type Language, type LocalizedText } from '#platform/core'

/** Why something is not possible, or must be: sentences that name what the reader knows. */
export interface Reason {
  /** the messages of the rules concerned, none twice */
  messages: LocalizedText[]
  /** the visitor's decisions that cause it */
  decisions: Decision[]
}

/** Puts an explanation of the engine into words. */
export function reasonOf({ decisions, rules }: Explanation): Reason {
  const byText = new Map(rules.flatMap(({ message }) => (message ? [[message.en, message] as const] : [])))
  return { messages: [...byText.values()], decisions }
}

/** The reason in one sentence: what the rules say, or, where they say nothing, which choices do not go together. */
export function reasonSentence(compiled: Compiled, { messages, decisions }: Reason, language: Language): string {
  const said = messages.slice(0, 2).map(message => message[language])
  if (said.length > 0) return said.join(language === 'en' ? ' ' : '')
  return without[language].rule(listed(compiled, decisions, language))
}

/** A few decisions by name, the rest by number: '“BT40” and 3 more'. */
export function listed(compiled: Compiled, decisions: readonly Decision[], language: Language, most = 2): string {
  const names = decisions.slice(0, most).map(decision => without[language].quoted(decisionText(compiled, decision, language)))
  return without[language].list(names, decisions.length - names.length)
}

/** A decision as a person says it: 'BT40', 'no chiller', 'column riser 200 mm'. */
export function decisionText({ index }: Compiled, decision: Decision, language: Language): string {
  if ('number' in decision) {
    const group = index.groups.get(decision.number)
    const unit = group?.kind === 'number' && group.unit ? `\u2009${formatUnit(group.unit, language)}` : ''
    return `${group?.name[language] ?? decision.number} ${formatNumber(decision.value, language)}${unit}`
  }
  const name = withBoundUnits(index.options.get(decision.option)?.option.name[language] ?? decision.option)
  if ('quantity' in decision) return `${name} × ${formatNumber(decision.quantity, language)}`
  return decision.chosen ? name : without[language].refused(name)
}

/** A name whose numbers keep their units on the same line: '18,000 rpm', '30 kVA'. */
export const withBoundUnits = (name: string): string =>
  name.replace(/(\d) (?=[A-Za-zµ°Ω%][A-Za-z0-9µ°Ω²³·/]{0,4}(?![\w-]))/g, '$1\u00a0').replace(/ (?=[×·] ?)/g, '\u00a0')

interface Phrases {
  refused(name: string): string
  quoted(name: string): string
  list(names: string[], more: number): string
  rule(names: string): string
}

const without: Record<Language, Phrases> = {
  'zh-CN': {
    refused: name => `不要${name}`,
    quoted: name => `“${name}”`,
    list: (names, more) => `${names.join('、')}${more > 0 ? `等 ${names.length + more} 项` : ''}`,
    rule: names => (names === '' ? '此产品的规则不允许这一项。' : `不能与您选择的${names}同时满足。`),
  },
  en: {
    refused: name => `no ${name}`,
    quoted: name => `“${name}”`,
    list: (names, more) => (more > 0 ? `${names.join(', ')} and ${more} more` : names.join(' and ')),
    rule: names =>
      names === '' ? 'The rules of this product do not allow this.' : `Not possible together with your choice of ${names}.`,
  },
}
