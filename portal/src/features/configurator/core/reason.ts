import type { Constraint, Decision, Explanation, ModelIndex } from '@fettle/engine'
import { formatNumber, formatUnit, type Language, type LocalizedText } from '#platform/core'

/** Why something is not possible, or must be: sentences that name what the reader knows. */
export interface Reason {
  /** the messages of the rules concerned, none twice; first the rule that speaks of the option itself */
  messages: LocalizedText[]
  /** the visitor's decisions that cause it */
  decisions: Decision[]
  /** options that these need, and that lead on to it, in order */
  through: Decision[]
}

/** A model by its ids, compiled or not. */
export interface Indexed {
  index: ModelIndex
}

/** Puts an explanation of the engine into words; `about` is the option or number it explains. */
export function reasonOf({ index }: Indexed, { decisions, rules, chain }: Explanation, about?: string): Reason {
  const names = about === undefined ? [] : namesOf(index, about)
  const said = rules
    .flatMap(({ id, message }) =>
      message
        ? [
            {
              message,
              near: nearness(
                index.model.constraints.find(one => one.id === id),
                names,
              ),
            },
          ]
        : [],
    )
    .toSorted((a, b) => b.near - a.near)
  const messages = [...new Map(said.map(({ message }) => [message.en, message])).values()]
  const follows = chain.filter(({ supposing }) => !supposing).map(({ then }) => then)
  const through = follows.flatMap(then => (then && 'chosen' in then && then.chosen && then.option !== about ? [then] : []))
  return { messages, decisions, through }
}

/** An option's or number's own name, that of its question, and the attributes and interfaces by which a rule may mean it. */
function namesOf(index: ModelIndex, about: string): string[] {
  const known = index.options.get(about)
  if (!known) return [about]
  const { attributes, offers, takes } = known.option
  return [about, known.group.id, ...Object.keys({ ...attributes, ...offers, ...takes })]
}

/** A chain of rules leads to an exclusion: the one that names the option says it best, then the one that names its question. */
function nearness(rule: Constraint | undefined, names: readonly string[]): number {
  if (!rule) return 0
  const { message: _, id: __, ...content } = rule
  const words = new Set(JSON.stringify(content).split(/[^\p{L}\p{N}_/-]+/u))
  const place = names.findIndex(name => words.has(name))
  return place < 0 ? 0 : Math.max(1, 3 - place)
}

/** The reason in one sentence: what the nearest rule says, or, where the rules say nothing, which choices do not go together. */
export function reasonSentence(model: Indexed, { messages, decisions, through }: Reason, language: Language): string {
  const [nearest, ...more] = messages
  const names = listed(model, decisions, language)
  if (!nearest) return without[language].rule(names)
  if (decisions.length === 0 || (more.length === 0 && through.length === 0)) return nearest[language]
  return `${nearest[language]}${without[language].cause(names, listed(model, through, language))}`
}

/** A few decisions by name, the rest by number: '“BT40” and 3 more'. */
export function listed(model: Indexed, decisions: readonly Decision[], language: Language, most = 2): string {
  const names = decisions.slice(0, most).map(decision => without[language].quoted(decisionText(model, decision, language)))
  return without[language].list(names, decisions.length - names.length)
}

/** A decision as a person says it: 'BT40', 'no chiller', 'column riser 200 mm'. */
export function decisionText({ index }: Indexed, decision: Decision, language: Language): string {
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
  /** which choices set off a chain of rules, and what these need on the way */
  cause(names: string, through: string): string
}

const without: Record<Language, Phrases> = {
  'zh-CN': {
    refused: name => `不要${name}`,
    quoted: name => `“${name}”`,
    list: (names, more) => `${names.join('、')}${more > 0 ? `等 ${names.length + more} 项` : ''}`,
    cause: (names, through) => `（起因：您选择的${names}${through === '' ? '' : `，由此需要${through}`}）`,
    rule: names => (names === '' ? '此产品的规则不允许这一项。' : `不能与您选择的${names}同时满足。`),
  },
  en: {
    refused: name => `no ${name}`,
    quoted: name => name,
    list: (names, more) => (more > 0 ? `${names.join(', ')} and ${more} more` : names.join(' and ')),
    cause: (names, through) => ` (It starts from your choice of ${names}${through === '' ? '' : `, which needs ${through}`}.)`,
    rule: names =>
      names === '' ? 'The rules of this product do not allow this.' : `Not possible together with your choice of ${names}.`,
  },
}
