import type { ModelError, RuleRef } from './api.ts'
import { conflictsAmongRules } from './conflicts.ts'
import { text } from './errors.ts'
import { type Lowered, lower, sumTooLarge } from './lower.ts'
import type { Model } from './model.ts'
import { indexModel } from './model-index.ts'
import { type Preferences, preferencesOf } from './preferences.ts'
import { priceTerms } from './price-terms.ts'
import { type Rulebook, readRules } from './rules.ts'
import { type Assignment, buildProblem } from './solver/problem.ts'
import type { Standing } from './standing.ts'
import { validate } from './validate.ts'
import { createWorkspace, findAssignment, type Workspace } from './workspace.ts'

/** A model ready to be configured. Also a rulebook: `check`, `price`, `bom`, `spec` and `typeCode` take it as it is. */
export interface Compiled extends Rulebook {
  readonly model: Model
  readonly lowered: Lowered
  /** a valid assignment of the model, before any decision */
  readonly witness: Assignment
  /** what was worked out for the state before any decision */
  readonly memo: { standing?: Standing }
  /** what a completion by defaults would like */
  readonly preferences: Preferences
  /** shared by all states of the model; no answer depends on what was asked before */
  readonly work: Workspace
}

export type CompileResult = { ok: true; compiled: Compiled } | { ok: false; errors: ModelError[] }

/**
 * Makes a model ready to be configured. Any JSON value may be given; errors say where and how to mend it:
 * those of `validate`, `out-of-range` where sums could leave 2^53, and `contradiction`, each with a minimal set of rules that
 * cannot hold together.
 */
export function compile(model: unknown): CompileResult {
  const { rulebook, errors } = validate(model)
  if (!rulebook) return { ok: false, errors }
  const { lowered, errors: lowerErrors } = lower(rulebook)
  const { prices } = rulebook.rules
  const largePrices = new Set<number>()
  priceTerms(buildProblem(lowered.problem), rulebook, lowered, place => void largePrices.add(place))
  const tooLarge = [...lowerErrors, ...[...largePrices].map(place => sumTooLarge(`/prices/${place}`, prices[place]?.rule))]
  if (tooLarge.length > 0) return { ok: false, errors: tooLarge }
  const compiled = ready(rulebook, lowered)
  return compiled ? { ok: true, compiled } : { ok: false, errors: contradictions(rulebook, conflictsAmongRules(lowered)) }
}

/**
 * The same for a model that `compile` accepted before, such as a published one: it is not checked again, which saves time and code.
 * Throws where its rules contradict each other; what becomes of a model with other errors is not said.
 */
export function compileAccepted(model: Model): Compiled {
  const index = indexModel(model)
  const rulebook = { index, rules: readRules(index).rules }
  const compiled = ready(rulebook, lower(rulebook).lowered)
  if (!compiled) throw new Error(`The rules of ${model.id} contradict each other`)
  return compiled
}

/** Undefined where no selection is valid. */
function ready(rulebook: Rulebook, lowered: Lowered): Compiled | undefined {
  const work = createWorkspace(lowered)
  const witness = findAssignment(work, [])
  if (!witness) return undefined
  const preferences = preferencesOf(rulebook, lowered)
  return { ...rulebook, model: rulebook.index.model, lowered, witness, memo: {}, preferences, work }
}

/** One error for each conflict; one without rules where none was found in time. */
const contradictions = (rulebook: Rulebook, conflicts: RuleRef[][]): ModelError[] =>
  (conflicts.length > 0 ? conflicts : [[]]).map(rules => contradiction(rulebook, rules))

function contradiction({ index }: Rulebook, rules: RuleRef[]): ModelError {
  const names = rules.map(rule => rule.id)
  const [first] = rules.filter(rule => rule.kind === 'constraint')
  const place = index.model.constraints.findIndex(constraint => constraint.id === first?.id)
  const listed = names.length > 0 ? names : ['—']
  return {
    code: 'contradiction',
    path: place < 0 ? '/groups' : `/constraints/${place}`,
    ...(first && { rule: first.id }),
    value: names.join(', '),
    message: text(
      `没有任何选择能同时满足这些规则：${listed.join('、')}。`,
      `No selection satisfies these rules together: ${listed.join(', ')}.`,
    ),
    remedy: text('请修改或删除其中一条规则。', 'Change or remove one of them.'),
  }
}
