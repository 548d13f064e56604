import type { Interval, ModelError, ProofStatus, RuleRef } from '../api.ts'
import { text } from '../errors.ts'
import type { LocalizedText, Option } from '../model.ts'

/** The catalogue of what a review can find, one function per code. */

export type FindingCode =
  /** an option that nobody can ever choose */
  | 'dead-option'
  /** values of a range that nobody can ever have */
  | 'dead-values'
  /** an option that its group leaves open and that every selection has */
  | 'always-chosen'
  /** an option that its group leaves open and that every selection has in which the group counts */
  | 'false-optional'
  /** something that holds only while a condition does, and the condition never does */
  | 'void-condition'
  /** a constraint that the other rules imply */
  | 'redundant-rule'
  /** a price, a tier or an amount that no selection ever has to pay */
  | 'unreachable-price'

/** Something in a model that has no effect, or not the one it looks like. */
export interface ReviewFinding extends ModelError {
  code: FindingCode
  /** what it is about, as the model calls it */
  name: LocalizedText
  /** the option or number group concerned */
  subject?: string
  /** a minimal set of rules from which it follows; none where it follows from the thing itself */
  rules: RuleRef[]
  /** of `rules`. proved: minimal. best-found: it follows, perhaps from fewer already. stopped: not found in the budget */
  status: ProofStatus
}

/** A finding whose reasons are not known yet. */
export type Draft = Omit<ReviewFinding, 'rules' | 'status' | 'message'> & {
  /** the sentence without its full stop: the reasons follow */
  sentence: LocalizedText
}

export function findingOf({ sentence, ...draft }: Draft, rules: RuleRef[], status: ProofStatus): ReviewFinding {
  const message = text(`${sentence['zh-CN']}${reasons(rules, 'zh-CN')}。`, `${sentence.en}${reasons(rules, 'en')}.`)
  return { ...draft, message, rules, status }
}

const reasonsTold = 4

/** A rule by what it says, or by its id where it says nothing. */
export const calledRule = ({ id, message }: { id: string; message?: LocalizedText }): LocalizedText => ({
  'zh-CN': withoutStop(message?.['zh-CN'] || id),
  en: withoutStop(message?.en || id),
})

const withoutStop = (sentence: string) => sentence.replace(/[。.]$/, '')

/** What the constraints among the rules say, by their id where they say nothing. */
function reasons(rules: readonly RuleRef[], language: keyof LocalizedText): string {
  const said = rules.filter(({ kind }) => kind === 'constraint').map(rule => calledRule(rule)[language])
  if (said.length === 0) return ''
  const shown = said.slice(0, reasonsTold)
  const more = said.length - shown.length
  if (language === 'en') return `: ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`
  return `：${shown.join('；')}${more > 0 ? `；另有 ${more} 条` : ''}`
}

interface Named {
  name: LocalizedText
}

const loosen = text('请放宽这些规则；若本来如此，可以保留。', 'Loosen one of these rules, or leave it if it is meant so.')

export const deadOption = (path: string, { id, name }: Option, group: Named): Draft => ({
  code: 'dead-option',
  path,
  name,
  subject: id,
  sentence: text(
    `“${group.name['zh-CN']}”中的“${name['zh-CN']}”无论如何都选不到`,
    `Nobody can ever choose “${name.en}” in “${group.name.en}”`,
  ),
  remedy: text('请放宽这些规则，或删除此选项。', 'Loosen one of these rules, or remove the option.'),
})

const stretchesTold = 5

/** possible: what can be had of the range min..max */
export const deadValues = (
  path: string,
  { id, name }: Named & { id: string },
  { min, max }: Interval,
  possible: Interval[],
): Draft => {
  const listed = (to: string) =>
    possible.slice(0, stretchesTold).map(one => (one.min === one.max ? `${one.min}` : `${one.min}${to}${one.max}`))
  const more = possible.length > stretchesTold
  return {
    code: 'dead-values',
    path,
    name,
    subject: id,
    value: possible
      .map(one => `${one.min}..${one.max}`)
      .join(' ')
      .slice(0, 80),
    sentence: text(
      `“${name['zh-CN']}”的范围是 ${min}～${max}，但只有 ${listed('～').join('、')}${more ? ' 等' : ''}可选`,
      `“${name.en}” ranges from ${min} to ${max}, but can only be ${listed(' to ').join(', ')}${more ? ' …' : ''}`,
    ),
    remedy: text('请放宽这些规则，或缩小范围。', 'Loosen one of these rules, or narrow the range.'),
  }
}

export const alwaysChosen = (path: string, { id, name }: Option, group: Named): Draft => ({
  code: 'always-chosen',
  path,
  name,
  subject: id,
  sentence: text(
    `“${group.name['zh-CN']}”没有选择余地，“${name['zh-CN']}”总是被选中`,
    `“${group.name.en}” leaves no choice: “${name.en}” is always chosen`,
  ),
  remedy: loosen,
})

/** parent: the option to which the group of this one belongs */
export const falseOptional = (path: string, { id, name }: Option, parent: Named): Draft => ({
  code: 'false-optional',
  path,
  name,
  subject: id,
  sentence: text(
    `“${name['zh-CN']}”看似可选，但只要选了“${parent.name['zh-CN']}”就总会被选中`,
    `“${name.en}” looks optional, but is chosen wherever “${parent.name.en}” is`,
  ),
  remedy: loosen,
})

/** what: the thing with the condition, as one says it; rule: its id where it has one */
export const voidCondition = (path: string, what: LocalizedText, condition: string, rule?: string): Draft => ({
  code: 'void-condition',
  path,
  ...(rule !== undefined && { rule }),
  name: what,
  value: condition.slice(0, 80),
  sentence: text(
    `${what['zh-CN']}永远不会生效，因为“${short(condition)}”不可能成立`,
    `${capital(what.en)} never applies, since “${short(condition)}” can never hold`,
  ),
  remedy: text('请修改条件，或删除它。', 'Change the condition, or remove it.'),
})

export const redundantRule = (path: string, rule: string, called: LocalizedText): Draft => ({
  code: 'redundant-rule',
  path,
  rule,
  name: called,
  sentence: text(
    `规则“${called['zh-CN']}”没有增加任何限制，其他规则已经保证了它`,
    `The rule “${called.en}” adds nothing: the other rules imply it`,
  ),
  remedy: text('请删除它，或检查它是否写对了。', 'Remove it, or see whether it says what it should.'),
})

/** part: what of the rule, as one says it with its name; option: whose amount it is */
export const unreachablePrice = (
  path: string,
  { id, name }: { id: string; name?: LocalizedText },
  part: (rule: LocalizedText) => LocalizedText,
  option?: string,
): Draft => {
  const called = name ?? text(id, id)
  return {
    code: 'unreachable-price',
    path,
    rule: id,
    name: called,
    ...(option !== undefined && { subject: option }),
    sentence: part(called),
    remedy: text('请修改条件或范围，或删除此价格。', 'Change the condition or the range, or remove the price.'),
  }
}

const short = (words: string) => (words.length > 60 ? `${words.slice(0, 57)}…` : words)

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
