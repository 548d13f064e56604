import type { Budget, ProofStatus } from '../api.ts'
import type { Compiled } from '../compile.ts'
import { start } from '../decide.ts'
import { domains } from '../domains.ts'
import { effortOf } from '../effort.ts'
import { type FindReasons, reasonsIn } from '../reasons.ts'
import { buildProblem, negate, type Problem } from '../solver/problem.ts'
import { type Effort, spent } from '../solver/search.ts'
import { findingOf, type ReviewFinding } from './findings.ts'
import { conditions, falseOptionals, type Question, type RuleQuestion, redundancies, settledByDomains } from './questions.ts'
import { type Seek, seekIn } from './seek.ts'
import { switchable } from './violations.ts'
import { findWitnesses, type Witnesses } from './witnesses.ts'

/** What is to be known of a model before it is published. */
export interface Review {
  /** proved: there are no other findings. best-found: the budget ended before everything was asked, as `unsettled` says. */
  status: ProofStatus
  /** in the order of the model within each kind */
  findings: ReviewFinding[]
  /** what the budget, or numbers too large to be exact, left unasked */
  unsettled: { options: number; conditions: number; rules: number }
  /** selections in which every option that can be chosen is chosen, those left unsettled excepted */
  witnesses: Witnesses
}

/** Search steps of one review unless its budget says otherwise. */
const REVIEW_STEPS = 3_000_000

/**
 * Looks for what an author would not want: options and numbers that nobody can have or nobody can do without, rules that never apply or
 * say nothing new, prices that nobody pays; each with a minimal set of rules that make it so. Every finding is proved.
 */
export function review(compiled: Compiled, budget?: Budget): Review {
  const effort = effortOf({ steps: REVIEW_STEPS, ...budget })
  const builder = buildProblem(compiled.lowered.problem)
  const known = domains(start(compiled))
  const settled = settledByDomains(compiled, builder, known)
  const asked = conditions(compiled, builder)
  const rules = redundancies(compiled, builder)
  const { problem } = builder

  const selectable = Object.keys(known.options).filter(id => known.options[id]!.state !== 'excluded')
  const witnesses = sharing(effort, 0.2, part => findWitnesses(compiled, selectable, part))
  const doubts = [...falseOptionals(compiled, known), ...asked.questions]
  const ofConditions = sharing(effort, 0.2, part => askAll(doubts, seekIn(compiled, problem, part)))
  // the rules come last: of many it takes long, and the reasons for all else are wanted more
  let made: FindReasons | undefined
  const reasons: FindReasons = (...asked) => {
    made ??= reasonsIn(compiled.lowered, problem)
    return made(...asked)
  }
  const first = sharing(effort, 0.3, part => explained(compiled, reasons, [...settled, ...ofConditions.faults], part))
  const ofRules = sharing(effort, 0.6, part => askRules(compiled, problem, rules.questions, part))

  const unsettled = {
    options: selectable.length - Object.keys(witnesses.of).length,
    conditions: ofConditions.unsettled + asked.leftOut,
    rules: ofRules.unsettled + rules.leftOut,
  }
  return {
    status: Object.values(unsettled).every(count => count === 0) ? 'proved' : 'best-found',
    findings: [...first, ...explained(compiled, reasons, ofRules.faults, effort)],
    unsettled,
    witnesses,
  }
}

/** What was asked and has a fault, and how much could not be settled. */
interface Faults {
  faults: Fault[]
  unsettled: number
}

/** except: number of the rule that is asked about, whose own reasons lie among the others */
type Fault = Question & { except?: number }

function askAll(questions: readonly Question[], seek: Seek): Faults {
  const result: Faults = { faults: [], unsettled: 0 }
  for (const question of questions) {
    const answer = seek(question.needs)
    if (answer === 'unsettled') result.unsettled++
    else if (answer === 'impossible')
      result.faults.push(question.rather?.find(({ needs }) => seek(needs) === 'impossible') ?? question)
    else if (question.then) {
      const { faults, unsettled } = askAll(question.then, seek)
      result.faults.push(...faults)
      result.unsettled += unsettled
    }
  }
  return result
}

/** Asks about each rule with all the others in force. */
function askRules(compiled: Compiled, from: Problem, questions: readonly RuleQuestion[], effort: Effort): Faults {
  if (spent(effort)) return { faults: [], unsettled: questions.length }
  const { problem, blocks } = switchable(from, new Map(questions.map(({ rule, off }) => [rule, off])))
  const seek = seekIn(compiled, problem, effort)
  const all = blocks.flat()
  const result: Faults = { faults: [], unsettled: 0 }
  let next = 0
  for (const block of blocks) {
    if (spent(effort)) return { ...result, unsettled: result.unsettled + questions.length - next }
    const inForce = [{ literals: [...all.slice(0, next), ...all.slice(next + block.length)].map(negate) }]
    for (const question of questions.slice(next, next + block.length)) {
      const { faults, unsettled } = askAll([question], needs => seek(needs, inForce))
      result.faults.push(...faults.map(fault => ({ ...fault, except: question.rule })))
      result.unsettled += unsettled
    }
    next += block.length
  }
  return result
}

function explained({ lowered }: Compiled, reasons: FindReasons, faults: readonly Fault[], effort: Effort): ReviewFinding[] {
  return faults.map(({ needs, finding, except }) => {
    const { status, rules } = spent(effort) ? unexplained : reasons([needs], [], effort, except)
    return findingOf(
      finding,
      rules.map(rule => lowered.rules[rule]!),
      status,
    )
  })
}

const unexplained = { status: 'stopped', rules: [] } as const

/** Lets work spend so much of what is left, so that something remains for what follows. */
function sharing<T>(effort: Effort, share: number, work: (part: Effort) => T): T {
  const allotted = Math.floor(effort.steps * share)
  const part = { ...effort, steps: allotted }
  const result = work(part)
  effort.steps -= allotted - part.steps
  return result
}
