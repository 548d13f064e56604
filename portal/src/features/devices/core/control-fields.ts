import { z } from 'zod'
import { controllers } from './control.ts'
import { repeated, typeLimits } from './device-type.ts'
import { key, name } from './naming-fields.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const kinds = ['number', 'choice', 'switch'] as const

export const parameterView = z.object({
  key: z.string(),
  name: localizedText,
  kind: z.enum(kinds),
  unit: z.string(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  choices: z.array(z.object({ key: z.string(), name: localizedText })),
})
const controlled = { by: z.enum(controllers), confirm: z.boolean() }
export const settingView = parameterView.extend(controlled)
export const commandView = z.object({ key: z.string(), name: localizedText, parameters: z.array(parameterView), ...controlled })

const emptyRange = {
  message: { 'zh-CN': '下限不小于上限。', en: 'The lower end is not below the upper.' },
  remedy: { 'zh-CN': '请使下限小于上限。', en: 'Make the lower end smaller than the upper.' },
}
const noRange = {
  message: { 'zh-CN': '数值没有上下限。', en: 'The number has no bounds.' },
  remedy: { 'zh-CN': '请填写最小值和最大值。', en: 'Give its lowest and highest value.' },
}
const fewChoices = {
  message: { 'zh-CN': '可选项少于两个，或有重复。', en: 'There are fewer than two choices, or one stands there twice.' },
  remedy: { 'zh-CN': '请给出至少两个不同的选项。', en: 'Give at least two choices that differ.' },
}

const bound = z.number().min(-1e12).max(1e12).nullable().default(null)
const parameter = z.strictObject({
  key,
  name,
  kind: z.enum(kinds),
  unit: z.string().trim().max(20).default(''),
  min: bound,
  max: bound,
  choices: z.array(z.strictObject({ key, name })).max(typeLimits.choices).default([]),
})

type TypedParameter = Pick<z.output<typeof parameter>, 'kind' | 'min' | 'max' | 'choices'>

/** A number has bounds, and a choice something to choose from: what a machine is sent must be possible. */
function demandPossible({ kind, min, max, choices }: TypedParameter, context: z.RefinementCtx): void {
  const tell = (field: string, params: Record<string, unknown>) => context.addIssue({ code: 'custom', path: [field], params })
  if (kind === 'number' && (min === null || max === null)) tell('max', noRange)
  else if (kind === 'number' && min! >= max!) tell('max', emptyRange)
  if (kind === 'choice' && (choices.length < 2 || repeated(choices.map(one => one.key)).length > 0)) tell('choices', fewChoices)
}

const controlFields = { by: z.enum(controllers), confirm: z.boolean().default(false) }

export const settingFields = parameter.extend(controlFields).superRefine(demandPossible)
export const commandFields = z.strictObject({
  key,
  name,
  parameters: z.array(parameter.superRefine(demandPossible)).max(typeLimits.parameters).default([]),
  ...controlFields,
})
