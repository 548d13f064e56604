import type fc from 'fast-check'
import { type Compiled, compile } from '../src/compile.ts'
import type { Decision, Model, Selection } from '../src/model.ts'
import { validate } from '../src/validate.ts'
import { allSelections } from './oracle.ts'
import { randomDecision, randomModelAndDecisions, type Size } from './random-model.ts'

/** A random model, some decisions, and one more decision to ask about. */
export interface Drawn {
  model: Model
  decisions: Decision[]
  wish: Decision
}

/** What is drawn, with all valid selections of the model. */
export interface Situation extends Drawn {
  compiled: Compiled
  all: Selection[]
}

export function randomSituation(size: Partial<Size> = {}, decisions = 4): fc.Arbitrary<Drawn> {
  return randomModelAndDecisions(size, decisions).chain(drawn => randomDecision(drawn.model).map(wish => ({ ...drawn, wish })))
}

/** Compiles what was drawn and lists its selections; undefined where there are too many or none, on which `compile` must agree. */
export function situationOf(drawn: Drawn, limit = 3000): Situation | undefined {
  const { rulebook } = validate(drawn.model)
  if (!rulebook) throw new Error('random models are valid')
  const all = unlessTooMany(() => allSelections(rulebook, limit))
  if (!all) return undefined
  const result = compile(drawn.model)
  if (result.ok !== all.length > 0)
    throw new Error(`${all.length} selections, but compile says ${result.ok ? 'ok' : result.errors[0]?.code}`)
  return result.ok ? { ...drawn, compiled: result.compiled, all } : undefined
}

/** undefined where the enumeration gives up */
export function unlessTooMany<T>(list: () => T): T | undefined {
  try {
    return list()
  } catch {
    return undefined
  }
}
