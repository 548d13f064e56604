import type { Comparison, Condition, Leaf, RuleFields, RuleView, Severity } from '../core/index.ts'

/** A condition as it is being typed: every field of every kind, so that nothing is lost while one tries kinds. */
export interface PartDraft {
  /** of this row, while the page is open */
  id: string
  kind: Leaf['kind']
  metric: string
  op: Comparison
  value: string
  hysteresis: string
  lasting: string
  times: string
  timesWithin: string
  rateSide: 'rise' | 'fall'
  deviationSide: 'above' | 'below' | 'both'
  seconds: string
  factor: string
  hours: string
  days: readonly number[]
  from: string
  until: string
  zone: string
}

export interface ConditionDraft {
  join: 'all' | 'any'
  parts: readonly PartDraft[]
}

export interface RuleDraft {
  nameZh: string
  nameEn: string
  severity: Severity
  raise: ConditionDraft
  /** null: over once `raise` holds no more */
  clear: ConditionDraft | null
  faultCode: string
  causeZh: string
  causeEn: string
  remedyZh: string
  remedyEn: string
  component: string
  escalateAfter: string
}

export const newPartDraft = (metric: string, zone: string): PartDraft => ({
  ...{ id: crypto.randomUUID(), kind: 'threshold', metric, op: 'gt', value: '', hysteresis: '', lasting: '', times: '' },
  ...{ timesWithin: '', rateSide: 'rise', deviationSide: 'both', seconds: '', factor: '6', hours: '72' },
  ...{ days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00', zone },
})

export const newRuleDraft = (metric: string, zone: string): RuleDraft => ({
  ...{ nameZh: '', nameEn: '', severity: 'medium', clear: null, faultCode: '', causeZh: '', causeEn: '' },
  ...{ remedyZh: '', remedyEn: '', component: '', escalateAfter: '' },
  raise: { join: 'all', parts: [newPartDraft(metric, zone)] },
})

/** A rule as the form edits it; null where it has groups of conditions, which the form does not know. */
export function draftOf(rule: RuleView, zone: string): RuleDraft | null {
  const raise = conditionDraft(rule.raise, zone)
  const clear = rule.clear && conditionDraft(rule.clear, zone)
  if (!raise || (rule.clear && !clear)) return null
  return {
    ...{ nameZh: rule.name['zh-CN'], nameEn: rule.name.en, severity: rule.severity, raise, clear },
    ...{ faultCode: rule.faultCode ?? '', causeZh: rule.cause['zh-CN'], causeEn: rule.cause.en },
    ...{ remedyZh: rule.remedy['zh-CN'], remedyEn: rule.remedy.en, component: rule.component ?? '' },
    escalateAfter: text(rule.escalateAfter),
  }
}

function conditionDraft({ join, parts, lasting, repeated }: Condition, zone: string): ConditionDraft | null {
  if (lasting || repeated) return null
  const drafts = parts.map(part => (part.kind === 'group' ? null : partDraft(part, zone)))
  return drafts.includes(null) ? null : { join, parts: drafts as PartDraft[] }
}

function partDraft(leaf: Leaf, zone: string): PartDraft {
  const draft = { ...newPartDraft('metric' in leaf ? (leaf.metric ?? '') : '', zone), kind: leaf.kind }
  const modified =
    'lasting' in leaf || 'repeated' in leaf
      ? { lasting: text(leaf.lasting), times: text(leaf.repeated?.times), timesWithin: text(leaf.repeated?.seconds) }
      : {}
  switch (leaf.kind) {
    case 'threshold':
      return { ...draft, ...modified, op: leaf.op, value: text(leaf.value), hysteresis: text(leaf.hysteresis) }
    case 'rate':
      return { ...draft, ...modified, rateSide: leaf.side, value: text(leaf.value), seconds: text(leaf.seconds) }
    case 'deviation':
      return { ...draft, ...modified, deviationSide: leaf.side, factor: text(leaf.factor), hours: text(leaf.hours) }
    case 'silence':
      return { ...draft, seconds: text(leaf.seconds) }
    case 'schedule':
      return { ...draft, days: leaf.days, from: leaf.from, until: leaf.until, zone: leaf.zone }
  }
}

const text = (value: number | null | undefined): string => (value === null || value === undefined ? '' : String(value))

/** What the form says as the API takes it. oneLanguage: its words stand for both */
export function fieldsOf(draft: RuleDraft, oneLanguage: boolean): RuleFields {
  const both = (zh: string, en: string) => ({ 'zh-CN': zh, en: oneLanguage ? zh : en })
  return {
    ...{ name: both(draft.nameZh, draft.nameEn), severity: draft.severity, faultCode: draft.faultCode.trim() || null },
    ...{ cause: both(draft.causeZh, draft.causeEn), remedy: both(draft.remedyZh, draft.remedyEn) },
    ...{ component: draft.component || null, escalateAfter: optional(draft.escalateAfter) ?? null },
    ...{ raise: conditionOf(draft.raise), clear: draft.clear && conditionOf(draft.clear) },
  }
}

const conditionOf = ({ join, parts }: ConditionDraft): Condition => ({ kind: 'group', join, parts: parts.map(leafOf) })

function leafOf(draft: PartDraft): Leaf {
  const { kind, metric } = draft
  const lasting = optional(draft.lasting)
  const times = optional(draft.times)
  const modified = {
    ...(lasting === undefined ? {} : { lasting }),
    ...(times === undefined ? {} : { repeated: { times, seconds: number(draft.timesWithin) } }),
  }
  switch (kind) {
    case 'threshold': {
      const hysteresis = optional(draft.hysteresis)
      const { op } = draft
      return { kind, metric, op, value: number(draft.value), ...(hysteresis === undefined ? {} : { hysteresis }), ...modified }
    }
    case 'rate':
      return { kind, metric, side: draft.rateSide, value: number(draft.value), seconds: number(draft.seconds), ...modified }
    case 'deviation':
      return { kind, metric, side: draft.deviationSide, factor: number(draft.factor), hours: number(draft.hours), ...modified }
    case 'silence':
      return { kind, metric: metric || null, seconds: number(draft.seconds) }
    case 'schedule':
      return { kind, days: [...draft.days], from: draft.from, until: draft.until, zone: draft.zone }
  }
}

/** Places of numbers that are missing or none, as paths of the API's errors have them: '/raise/parts/0/value'. */
export function missingNumbers(draft: RuleDraft): string[] {
  const conditions = [['raise', draft.raise] as const, ...(draft.clear ? [['clear', draft.clear] as const] : [])]
  const waits = draft.escalateAfter
  return [
    ...(waits.trim() === '' || isNumber(waits) ? [] : ['/escalateAfter']),
    ...conditions.flatMap(([name, { parts }]) =>
      parts.flatMap((part, at) =>
        needed[part.kind](part).flatMap(field => (isNumber(part[field]) ? [] : [`/${name}/parts/${at}/${field}`])),
      ),
    ),
  ]
}

type NumberField = 'value' | 'seconds' | 'factor' | 'hours' | 'timesWithin'
const repeats = ({ times }: PartDraft): NumberField[] => (times.trim() ? ['timesWithin'] : [])
const needed: Record<Leaf['kind'], (part: PartDraft) => NumberField[]> = {
  threshold: part => ['value', ...repeats(part)],
  rate: part => ['value', 'seconds', ...repeats(part)],
  deviation: part => ['factor', 'hours', ...repeats(part)],
  silence: () => ['seconds'],
  schedule: () => [],
}

const isNumber = (typed: string): boolean => typed.trim() !== '' && Number.isFinite(number(typed))
const number = (typed: string): number => Number(typed.trim().replace(',', '.'))
const optional = (typed: string): number | undefined => (typed.trim() === '' ? undefined : number(typed))
