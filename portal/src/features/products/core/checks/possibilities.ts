import {
  type Compiled,
  type Decision,
  domains,
  explain,
  type Group,
  optionsOf,
  type RuleRef,
  type State,
  start,
} from '@fettle/engine'
import type { LocalizedText } from '#platform/core'
import { type Finding, upToSome, warning } from './finding.ts'

/** How much may be spent on asking the engine. */
export interface Patience {
  shouldStop?: () => boolean
}

/** Of more, the engine is not asked for each option: minutes would go by. */
const mostOptions = 20_000
/** So many are explained; each explanation is a search of its own. */
const mostExplained = 50

/** What the rules leave nobody a choice of: options that nobody can ever choose, and questions with one possible answer. */
export function possibilities(compiled: Compiled, patience: Patience): Finding[] {
  const { groups } = compiled.model
  if (groups.reduce((sum, group) => sum + optionsOf(group).length, 0) > mostOptions) return [notAsked(compiled)]
  const state = start(compiled)
  const { options, numbers } = domains(state)
  let explained = 0
  const because = (wish: Decision): RuleRef[] =>
    ++explained > mostExplained || patience.shouldStop?.() ? [] : explain(state, wish, patience).rules

  const excluded: Finding[] = []
  const forced: Finding[] = []
  for (const [at, group] of groups.entries()) {
    const path = `/groups/${at}`
    if (group.kind === 'number') {
      const { counts, values } = numbers[group.id]!
      const only = values.length === 1 && values[0]!.min === values[0]!.max ? values[0]!.min : undefined
      if (counts === 'no') excluded.push(neverAsked(group, path, []))
      else if (only !== undefined && group.min < group.max)
        forced.push(alwaysForced(group.name, path, String(only), otherValueRules(state, group, only, patience)))
      continue
    }
    for (const [place, { id, name }] of optionsOf(group).entries()) {
      const own = group.kind === 'yes-no' ? `${path}/option` : `${path}/options/${place}`
      const rules = () => because({ option: id, chosen: options[id]!.state !== 'forced' })
      if (options[id]!.state === 'excluded') excluded.push(neverPossible(name, group.name, own, rules()))
      // an only option is a heading; a sibling that is forced has its others told as excluded
      else if (options[id]!.state === 'forced' && group.kind === 'yes-no') forced.push(alwaysForced(name, own, null, rules()))
      else if (options[id]!.state === 'forced' && optionsOf(group).length > 1 && group.kind === 'choose-one')
        forced.push(alwaysForced(group.name, path, name, rules()))
    }
  }
  return [...upToSome(excluded), ...upToSome(forced)]
}

function otherValueRules(state: State, group: Extract<Group, { kind: 'number' }>, only: number, patience: Patience): RuleRef[] {
  const other = only === group.min ? group.max : group.min
  return explain(state, { number: group.id, value: other }, patience).rules
}

const neverPossible = (name: LocalizedText, group: LocalizedText, path: string, rules: RuleRef[]) =>
  warning(
    'never-possible',
    { path, name, rules },
    {
      'zh-CN': `“${group['zh-CN']}”中的“${name['zh-CN']}”无论如何都选不到${told(rules, 'zh-CN')}。`,
      en: `Nobody can ever choose “${name.en}” in “${group.en}”${told(rules, 'en')}.`,
    },
    { 'zh-CN': '请放宽这些规则，或删除此选项。', en: 'Loosen one of these rules, or remove the option.' },
  )

const neverAsked = ({ name }: Group, path: string, rules: RuleRef[]) =>
  warning(
    'never-possible',
    { path, name, rules },
    { 'zh-CN': `参数“${name['zh-CN']}”永远不会出现。`, en: `The number “${name.en}” is never asked for.` },
    { 'zh-CN': '请放宽其上级选项的规则，或删除此参数。', en: 'Loosen the rules of the option it belongs to, or remove it.' },
  )

const alwaysForced = (name: LocalizedText, path: string, only: LocalizedText | string | null, rules: RuleRef[]) => {
  const value = (language: 'zh-CN' | 'en') => (typeof only === 'string' ? only : only?.[language])
  return warning(
    'always-forced',
    { path, name, rules },
    {
      'zh-CN': `“${name['zh-CN']}”没有选择余地，只能是${only === null ? '“是”' : `“${value('zh-CN')}”`}${told(rules, 'zh-CN')}。`,
      en: `“${name.en}” leaves no choice: it is always ${only === null ? 'chosen' : `“${value('en')}”`}${told(rules, 'en')}.`,
    },
    { 'zh-CN': '请放宽这些规则；若本来如此，可以确认此提醒。', en: 'Loosen one of these rules; if it is meant so, accept this.' },
  )
}

function told(rules: readonly RuleRef[], language: 'zh-CN' | 'en'): string {
  const words = rules.filter(({ kind }) => kind === 'constraint').map(({ id, message }) => message?.[language] || id)
  if (words.length === 0) return ''
  const sentences = words.map(word => word.replace(/[。.]$/, ''))
  return language === 'en' ? `: ${sentences.join('; ')}` : `：${sentences.join('；')}`
}

const notAsked = ({ model }: Compiled) =>
  warning(
    'not-checked',
    { path: '/groups', name: model.name },
    {
      'zh-CN': `选项超过 ${mostOptions} 个，未逐一检查能否被选到。`,
      en: `With more than ${mostOptions} options, it was not checked whether each can be chosen.`,
    },
    { 'zh-CN': '请用示例配置检查重要的组合。', en: 'Check the combinations that matter by examples.' },
  )
