import type { RuleFields, RuleTells, RuleView, Severity } from '../core/index.ts'
import {
  conditionOf,
  type GroupDraft,
  groupDraftOf,
  isNumber,
  missingIn,
  newGroupDraft,
  optionalNumber,
} from './condition-draft.ts'

/** A rule as it is being typed. */
export interface RuleDraft {
  nameZh: string
  nameEn: string
  severity: Severity
  raise: GroupDraft
  /** null: over once `raise` holds no more */
  clear: GroupDraft | null
  faultCode: string
  causeZh: string
  causeEn: string
  remedyZh: string
  remedyEn: string
  component: string
  escalateAfter: string
  tells: readonly RuleTells[]
}

export const newRuleDraft = (metric: string, zone: string): RuleDraft => ({
  ...{ nameZh: '', nameEn: '', severity: 'medium', clear: null, tells: [], faultCode: '', causeZh: '', causeEn: '' },
  ...{ remedyZh: '', remedyEn: '', component: '', escalateAfter: '', raise: newGroupDraft(metric, zone) },
})

export const draftOf = (rule: Omit<RuleFields, 'clear'> & Pick<RuleView, 'clear'>, zone: string): RuleDraft => ({
  ...{ nameZh: rule.name['zh-CN'], nameEn: rule.name.en, severity: rule.severity, component: rule.component ?? '' },
  ...{ raise: groupDraftOf(rule.raise, zone), clear: rule.clear && groupDraftOf(rule.clear, zone) },
  ...{ faultCode: rule.faultCode ?? '', causeZh: rule.cause['zh-CN'], causeEn: rule.cause.en },
  ...{
    remedyZh: rule.remedy['zh-CN'],
    remedyEn: rule.remedy.en,
    escalateAfter: String(rule.escalateAfter ?? ''),
    tells: rule.tells,
  },
})

/** What the form says as the API takes it. oneLanguage: its words stand for both */
export function fieldsOf(draft: RuleDraft, oneLanguage: boolean): RuleFields {
  const both = (zh: string, en: string) => ({ 'zh-CN': zh, en: oneLanguage ? zh : en })
  return {
    ...{ name: both(draft.nameZh, draft.nameEn), severity: draft.severity, faultCode: draft.faultCode.trim() || null },
    ...{ cause: both(draft.causeZh, draft.causeEn), remedy: both(draft.remedyZh, draft.remedyEn) },
    ...{ component: draft.component || null, escalateAfter: optionalNumber(draft.escalateAfter) ?? null },
    ...{ raise: conditionOf(draft.raise), clear: draft.clear && conditionOf(draft.clear) },
    tells: [...draft.tells],
  }
}

/** Places of numbers that are missing or none, as paths of the API's errors have them. */
export const missingNumbers = ({ raise, clear, escalateAfter }: RuleDraft): string[] => [
  ...(escalateAfter.trim() === '' || isNumber(escalateAfter) ? [] : ['/escalateAfter']),
  ...missingIn(raise, '/raise'),
  ...(clear ? missingIn(clear, '/clear') : []),
]
