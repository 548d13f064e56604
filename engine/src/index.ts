export type * from './api.ts'
export { bom } from './bom.ts'
export { check } from './check.ts'
export { type Compiled, type CompileResult, compile, compileAccepted } from './compile.ts'
export { complete } from './complete.ts'
export { type Counter, count, counterOf, countOptions, countRoughly, readCounter, writeCounter } from './count.ts'
export { type Decided, decide, decideAll, decisions, retract, type State, start, type Unfit } from './decide.ts'
export type { Exact } from './decimal.ts'
export { alternatives, domains, optionDomains } from './domains.ts'
export type { Place } from './errors.ts'
export { type ExampleResult, testExamples } from './examples.ts'
export { explain } from './explain.ts'
export type { Arithmetic, Logic, SumSource } from './formula/ast.ts'
export { evaluateArithmetic, evaluateLogic } from './formula/evaluate.ts'
export {
  type FormulaError,
  type Names,
  type ParsedArithmetic,
  type ParsedLogic,
  parseArithmetic,
  parseLogic,
} from './formula/parse.ts'
export { printArithmetic, printClause, printLogic, printName } from './formula/print.ts'
export type { Unit } from './formula/units.ts'
export { type Difference, type Former, type Migration, migrate } from './migrate.ts'
export type * from './model.ts'
export { type Carrier, type Grid, indexModel, type ModelIndex, type OptionEntry, optionsOf, sectionOf } from './model-index.ts'
export { nearest } from './nearest.ts'
export { price } from './price.ts'
export { type RepairGoal, repair } from './repair.ts'
export type { FindingCode, ReviewFinding } from './review/findings.ts'
export { type Review, review } from './review/review.ts'
export type { Witnesses } from './review/witnesses.ts'
export type { ConstraintRule, PricingRule, Rulebook, Rules } from './rules.ts'
export { spec } from './spec.ts'
export { typeCode } from './type-code.ts'
export { type Validated, validate } from './validate.ts'
