import { limits } from '../validate/model-shape.ts'
import { fail } from './problem.ts'

/** How large a file may be that becomes a model; what a model itself may have is said in the same words. */
export const MAX_CHARACTERS = 16 * 1024 * 1024
/** Words, signs, elements: what a file is made of. */
export const MAX_PARTS = 2_000_000
export const MAX_FEATURES = limits.options
export const MAX_CONSTRAINTS = limits.constraints
/** A constraint as written, and as a formula of the model. */
export const MAX_CONSTRAINT = 100_000
/** All formulas together: short constraints can stand for long ones. */
const MAX_FORMULAS = 50_000_000

/** Throws FormatError where there are more than a model takes. */
export function atMostSoMany(count: number, limit: number, at: string, zh: string, en: string): void {
  if (count <= limit) return
  fail(
    'too-many',
    at,
    String(count),
    [`${zh}超过上限 ${limit}`, '请减少数量，或拆分为多个模型'],
    [`More than ${limit} ${en}`, 'Reduce their number, or split the model'],
  )
}

/** Counts what formulas grow to while they are written. */
export interface Growth {
  characters: number
}

/** Throws FormatError at the constraint whose formula becomes too long, alone or with all others. */
export function grow(growth: Growth, characters: number, at: string): void {
  growth.characters += characters
  if (characters <= MAX_CONSTRAINT && growth.characters <= MAX_FORMULAS) return
  fail(
    'too-long',
    at,
    '',
    ['该约束写成公式后过长', '请拆分该约束，或减少它所涉及的特征'],
    ['This constraint becomes too long as a formula', 'Split it, or let it speak of fewer features'],
  )
}
