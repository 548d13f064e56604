import type { ModelError } from './api.ts'
import type { Model } from './model.ts'
import { indexModel } from './model-index.ts'
import { type Rulebook, readRules } from './rules.ts'
import { modelShape } from './validate/model-shape.ts'
import { referenceErrors } from './validate/references.ts'
import { errorLimit, shapeErrors } from './validate/shape.ts'

export type Validated =
  | { model: Model; rulebook: Rulebook; errors: [] }
  | { model?: undefined; rulebook?: undefined; errors: ModelError[] }

/**
 * Whether any JSON value is a model: its shape, its references, its formulas. Never throws; reports at most 100 errors.
 * Whether the rules contradict each other is not asked here.
 */
export function validate(json: unknown): Validated {
  const errors = shapeErrors(modelShape, json)
  if (errors.length > 0) return { errors: errors.slice(0, errorLimit) }
  const model = json as Model
  const index = indexModel(model)
  errors.push(...referenceErrors(index))
  const { rules, errors: formulaErrors } = readRules(index)
  errors.push(...formulaErrors)
  return errors.length > 0 ? { errors: errors.slice(0, errorLimit) } : { model, rulebook: { index, rules }, errors: [] }
}
