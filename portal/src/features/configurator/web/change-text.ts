import type { Compiled } from '@fettle/engine'
import type { Language } from '#platform/core'
import type { Translate } from '#platform/web'
import { type Change, decisionText, withBoundUnits } from '../core/index.ts'

/** A change in words: 'added oil-air lubrication', 'tool taper: BT40 → HSK-A63'. */
export function changeText(t: Translate, compiled: Compiled, change: Change, language: Language): string {
  const optionName = (option: string) => decisionText(compiled, { option, chosen: true }, language)
  const groupName = (id: string) => withBoundUnits(compiled.index.groups.get(id)?.name[language] ?? id)
  switch (change.kind) {
    case 'added':
      return t('page.added', { name: optionName(change.option) })
    case 'removed':
      return t('page.removed', { name: optionName(change.option) })
    case 'replaced':
      return t('page.replaced', { group: groupName(change.group), from: optionName(change.from), to: optionName(change.to) })
    case 'quantity':
      return decisionText(compiled, { option: change.option, quantity: change.to }, language)
    case 'number':
      return change.to === null
        ? t('page.removed', { name: groupName(change.number) })
        : decisionText(compiled, { number: change.number, value: change.to }, language)
  }
}

export const separator: Record<Language, string> = { 'zh-CN': '；', en: '; ' }
