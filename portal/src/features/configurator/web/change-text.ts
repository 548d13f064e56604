import type { Language } from '#platform/core'
import type { Translate } from '#platform/web'
import { type Change, decisionText, type Indexed, withBoundUnits } from '../core/index.ts'

/** A change in words: 'added oil-air lubrication', 'tool taper: BT40 → HSK-A63'. */
export function changeText(t: Translate, model: Indexed, change: Change, language: Language): string {
  const optionName = (option: string) => decisionText(model, { option, chosen: true }, language)
  const groupName = (id: string) => withBoundUnits(model.index.groups.get(id)?.name[language] ?? id)
  switch (change.kind) {
    case 'added':
      return t('page.added', { name: optionName(change.option) })
    case 'removed':
      return t('page.removed', { name: optionName(change.option) })
    case 'replaced':
      return t('page.replaced', { group: groupName(change.group), from: optionName(change.from), to: optionName(change.to) })
    case 'quantity':
      return decisionText(model, { option: change.option, quantity: change.to }, language)
    case 'number':
      return change.to === null
        ? t('page.removed', { name: groupName(change.number) })
        : decisionText(model, { number: change.number, value: change.to }, language)
  }
}

export const separator: Record<Language, string> = { 'zh-CN': '；', en: '; ' }
