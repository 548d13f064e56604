import type { FieldMessages, Translate } from '#platform/web'
import { type AdviceRule, type PlanFields, type Task, urgencies } from '../../core/index.ts'
import { partLines, partOf, writtenParts } from './part-lines.ts'

/** A task as it is typed. id: of the card, for React */
export interface TaskDraft {
  id: string
  key: string
  zh: string
  en: string
  instructionsZh: string
  instructionsEn: string
  effort: string
  everyMonths: string
  metric: string
  every: string
  kind: string
  code: string
  below: string
  parts: string
}

/** Advice as it is typed. id: of the card, for React */
export interface AdviceDraft {
  id: string
  key: string
  actionZh: string
  actionEn: string
  reasonZh: string
  reasonEn: string
  urgency: string
  kind: string
  code: string
  below: string
  parts: string
  packageId: string
}

export const emptyAdvice = (id: string): AdviceDraft => ({
  ...{ id, key: '', actionZh: '', actionEn: '', reasonZh: '', reasonEn: '', urgency: 'soon' },
  ...{ kind: 'alarm', code: '', below: '', parts: '', packageId: '' },
})

export const adviceDrafts = (rules: readonly AdviceRule[]): AdviceDraft[] =>
  rules.map(({ key, when, action, reason, parts, urgency, packageId }) => ({
    ...{ id: key, key, urgency, actionZh: action['zh-CN'], actionEn: action.en },
    ...{ reasonZh: reason['zh-CN'], reasonEn: reason.en },
    ...{ kind: when.kind, code: when.code, below: when.below?.toString() ?? '', parts: writtenParts(parts) },
    packageId: packageId ?? '',
  }))

export const emptyTask = (id: string): TaskDraft => ({
  ...{ id, key: '', zh: '', en: '', instructionsZh: '', instructionsEn: '', effort: '', everyMonths: '' },
  ...{ metric: '', every: '', kind: '', code: '', below: '', parts: '' },
})

export const taskDrafts = (tasks: readonly Task[]): TaskDraft[] =>
  tasks.map(({ key, name, instructions, effort, everyMonths, counter, condition, parts }) => ({
    ...{ id: key, key, zh: name['zh-CN'], en: name.en },
    ...{ instructionsZh: instructions['zh-CN'], instructionsEn: instructions.en },
    ...{ effort: effort?.toString() ?? '', everyMonths: everyMonths?.toString() ?? '' },
    ...{ metric: counter?.metric ?? '', every: counter?.every.toString() ?? '' },
    ...{ kind: condition?.kind ?? '', code: condition?.code ?? '', below: condition?.below?.toString() ?? '' },
    parts: writtenParts(parts),
  }))

/** A draft with what was typed into one of its fields. A rule is no component: with the kind of condition its code goes. */
export const typed = <Draft extends { code: string }>(draft: Draft, field: keyof Draft, value: string): Draft => ({
  ...draft,
  ...(field === 'kind' ? { code: '' } : {}),
  [field]: value,
})

/** What is wrong in what was typed, by the names of the fields in the API. */
export const draftErrors = (tasks: readonly TaskDraft[], advice: readonly AdviceDraft[], t: Translate): FieldMessages => ({
  ...taskErrors(tasks, t),
  ...adviceErrors(advice, t),
})

function adviceErrors(drafts: readonly AdviceDraft[], t: Translate): FieldMessages {
  return Object.fromEntries(
    drafts.flatMap((draft, at) =>
      [
        ...(isKey(draft.key) ? [] : [['key', t('editor.keyWrong')]]),
        ...(draft.kind === 'alarm' && !draft.code ? [['when.code', t('editor.chooseRule')]] : []),
        ...(draft.kind === 'health' && !(Number(draft.below) > 0) ? [['when.below', t('notANumber')]] : []),
        ...wrongParts(draft.parts, t),
      ].map(([field, words]) => [`advice.${at}.${field}`, words!]),
    ),
  )
}

const isKey = (text: string): boolean => /^[a-z][a-z0-9_]{0,39}$/.test(text.trim())

function wrongParts(text: string, t: Translate): [string, string][] {
  const line = partLines(text).findIndex(one => partOf(one) === null)
  return line < 0 ? [] : [['parts', t('editor.partsWrong', { line: line + 1 })]]
}

function taskErrors(drafts: readonly TaskDraft[], t: Translate): FieldMessages {
  const wrong = (text: string) => text.trim() !== '' && !Number.isFinite(Number(text))
  return Object.fromEntries(
    drafts.flatMap((draft, at) => {
      return [
        ...(isKey(draft.key) ? [] : [['key', t('editor.keyWrong')]]),
        ...(['effort', 'everyMonths'] as const).filter(field => wrong(draft[field])).map(field => [field, t('notANumber')]),
        ...(draft.metric && !(Number(draft.every) > 0) ? [['counter.every', t('notANumber')]] : []),
        ...(draft.kind === 'alarm' && !draft.code ? [['condition.code', t('editor.chooseRule')]] : []),
        ...(draft.kind === 'health' && !(Number(draft.below) > 0) ? [['condition.below', t('notANumber')]] : []),
        ...wrongParts(draft.parts, t),
      ].map(([field, words]) => [`tasks.${at}.${field}`, words!])
    }),
  )
}

/** What was typed, as the API takes it. */
export const fieldsOf = (tasks: readonly TaskDraft[], advice: readonly AdviceDraft[]): PlanFields => ({
  tasks: tasks.map(draft => ({
    key: draft.key.trim(),
    name: { 'zh-CN': draft.zh, en: draft.en },
    instructions: { 'zh-CN': draft.instructionsZh, en: draft.instructionsEn },
    parts: partLines(draft.parts).flatMap(line => partOf(line) ?? []),
    effort: numberIn(draft.effort),
    everyMonths: numberIn(draft.everyMonths),
    counter: draft.metric ? { metric: draft.metric, every: Number(draft.every) } : null,
    condition: isKind(draft.kind)
      ? { kind: draft.kind, code: draft.code.trim(), below: draft.kind === 'health' ? Number(draft.below) : null }
      : null,
  })),
  advice: advice.map(draft => ({
    key: draft.key.trim(),
    when: {
      kind: isKind(draft.kind) ? draft.kind : 'alarm',
      code: draft.code.trim(),
      below: draft.kind === 'health' ? Number(draft.below) : null,
    },
    action: { 'zh-CN': draft.actionZh, en: draft.actionEn },
    reason: { 'zh-CN': draft.reasonZh, en: draft.reasonEn },
    parts: partLines(draft.parts).flatMap(line => partOf(line) ?? []),
    urgency: urgencies.find(one => one === draft.urgency) ?? 'soon',
    packageId: draft.packageId || null,
  })),
})

const isKind = (text: string): text is 'alarm' | 'finding' | 'health' => text !== ''
const numberIn = (text: string): number | null => (text.trim() === '' ? null : Number(text))
