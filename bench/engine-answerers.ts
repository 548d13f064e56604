/** Other solvers at the clicks that the engine answered. */
import { join } from 'node:path'
import { hashOn } from '../engine/test/click-workload.ts'
import { timed } from './harness.ts'
import { installed } from './installed.ts'

export interface PeerJob {
  variables: number
  clauses: number[][]
  sums: { variables: number[]; weights: number[]; most: number }[]
  /** literals that are decided one after the other */
  clicks: number[]
  /** of the first domains, then of those after each click, as the engine answered them */
  hashes: number[]
  /** what each variable costs; set where the cheapest selection is asked for instead of domains */
  costs?: number[]
  /** no further click after so many seconds */
  seconds: number
}

export interface PeerAnswer {
  load: number
  first: number
  /** milliseconds of each click it came to */
  times: number[]
  /** domains that differ from the engine's */
  different: number
  cheapest?: { ms: number; objective: number; status: string }
}

/** Exact domains by variable from 1: sets what has become fixed since. `literal`: newly decided. */
interface Answerer {
  domains(fixed: Int8Array, literal: number | undefined): Promise<void> | void
}

const answerers: Record<string, (job: PeerJob) => Promise<Answerer>> = {
  'z3-solver': z3,
  'cadical-wasm': cadical,
  'logic-solver': logicSolver,
  'clingo-wasm': clingo,
}

/** Rejects where that solver cannot do it. */
export async function answerOf(name: string, job: PeerJob): Promise<PeerAnswer> {
  if (name === 'highs' && job.costs) return { load: 0, first: 0, times: [], different: 0, cheapest: await highs(job, job.costs) }
  const begun = performance.now()
  const answerer = await answerers[name]!(job)
  const load = performance.now() - begun
  const fixed = new Int8Array(job.variables + 1)
  const asked = async (literal?: number) => {
    const from = performance.now()
    await answerer.domains(fixed, literal)
    return performance.now() - from
  }
  const answer: PeerAnswer = { load, first: await asked(), times: [], different: 0 }
  const compare = (hash: number) => {
    if (hashOn(0, fixed.subarray(1)) !== hash) answer.different++
  }
  compare(job.hashes[0]!)
  const until = performance.now() + 1000 * job.seconds
  for (const [i, literal] of job.clicks.entries()) {
    answer.times.push(await asked(literal))
    compare(job.hashes[i + 1]!)
    if (performance.now() > until) break
  }
  return answer
}

/** A solver that keeps what it learned and answers under assumptions. */
interface Incremental {
  add(literal: number): void
  solve(assumed?: number): boolean
  isTrue(variable: number): boolean
}

const KEPT_MODELS = 32

/**
 * Domains by a solver of clauses, as well as it can be done: a variable that some model has true and some has false is free, models are
 * kept from click to click while they fit, and only what is left is asked for; what is found to be fixed is told to the solver.
 */
function byModels(solver: Incremental, variables: number): Answerer {
  const kept: Int8Array[] = []
  let oldest = 0
  return {
    domains(fixed, literal) {
      if (literal !== undefined) {
        fixed[Math.abs(literal)] = Math.sign(literal)
        solver.add(literal)
        const fitting = kept.filter(model => model[Math.abs(literal)] === Math.sign(literal))
        kept.splice(0, kept.length, ...fitting)
      }
      const seen = new Uint8Array(variables + 1) // 1: true in some model, 2: false in some
      const look = (model: Int8Array) => {
        for (let v = 1; v <= variables; v++) seen[v]! |= model[v]! > 0 ? 1 : 2
      }
      const keep = () => {
        const model = new Int8Array(variables + 1)
        for (let v = 1; v <= variables; v++) model[v] = solver.isTrue(v) ? 1 : -1
        look(model)
        if (kept.length < KEPT_MODELS) kept.push(model)
        else kept[oldest++ % KEPT_MODELS] = model
      }
      kept.forEach(look)
      if (kept.length === 0) {
        if (!solver.solve()) throw new Error('no model')
        keep()
      }
      for (let v = 1; v <= variables; v++) {
        if (fixed[v] !== 0 || seen[v] === 3) continue
        const other = seen[v] === 1 ? -v : v
        if (solver.solve(other)) keep()
        else {
          fixed[v] = -Math.sign(other)
          solver.add(-other)
        }
      }
    },
  }
}

async function cadical({ variables, clauses, sums }: PeerJob): Promise<Answerer> {
  onlyClauses(sums)
  const { Cadical } = (await import(join(installed('cadical-wasm'), 'dist/index.js'))) as {
    Cadical: {
      create(options: object): Promise<{
        addClause(literals: number[]): void
        ensureVars(variables: number): void
        solve(options: { assumptions: number[] }): string
        value(literal: number): boolean
      }>
    }
  }
  const solver = await Cadical.create({ quiet: true })
  solver.ensureVars(variables)
  for (const clause of clauses) solver.addClause(clause)
  return byModels(
    {
      add: literal => solver.addClause([literal]),
      solve: assumed => solver.solve({ assumptions: assumed === undefined ? [] : [assumed] }) === 'satisfiable',
      isTrue: variable => solver.value(variable),
    },
    variables,
  )
}

async function logicSolver({ variables, clauses, sums }: PeerJob): Promise<Answerer> {
  onlyClauses(sums)
  interface Solution {
    getTrueVars(): string[]
  }
  const { default: Logic } = (await import(join(installed('logic-solver'), 'logic-solver.js'))) as {
    default: {
      Solver: new () => {
        require(formula: unknown): void
        solve(): Solution | null
        solveAssuming(formula: unknown): Solution | null
      }
      or(...operands: string[]): unknown
    }
  }
  const solver = new Logic.Solver()
  const term = (literal: number) => `${literal < 0 ? '-' : ''}x${Math.abs(literal)}`
  for (let v = 1; v <= variables; v++) solver.require(Logic.or(term(v), term(-v))) // or it would not know them
  for (const clause of clauses) solver.require(Logic.or(...clause.map(term)))
  let chosen = new Set<string>()
  return byModels(
    {
      add: literal => solver.require(term(literal)),
      solve(assumed) {
        const solution = assumed === undefined ? solver.solve() : solver.solveAssuming(term(assumed))
        if (solution) chosen = new Set(solution.getTrueVars())
        return solution !== null
      },
      isTrue: variable => chosen.has(`x${variable}`),
    },
    variables,
  )
}

/** By its own question for consequences, in its solver for finite domains. */
async function z3({ variables, clauses, sums }: PeerJob): Promise<Answerer> {
  type Ast = number
  const { init } = (await import(join(installed('z3-solver'), 'build/node.js'))) as {
    init(): Promise<{ Z3: Record<string, (...given: unknown[]) => never> }>
  }
  const { Z3 } = await init()
  const context = Z3.mk_context!(Z3.mk_config!())
  const solver = Z3.mk_solver_for_logic!(context, Z3.mk_string_symbol!(context, 'QF_FD'))
  Z3.solver_inc_ref!(context, solver)
  const sort = Z3.mk_bool_sort!(context)
  const positive: Ast[] = [0]
  const variableOf = new Map<Ast, number>()
  for (let v = 1; v <= variables; v++) {
    positive[v] = Z3.mk_const!(context, Z3.mk_int_symbol!(context, v), sort)
    variableOf.set(Z3.get_ast_id!(context, positive[v]), v)
  }
  const negative = positive.map((ast, v) => (v === 0 ? 0 : (Z3.mk_not!(context, ast) as Ast)))
  const term = (literal: number) => (literal > 0 ? positive[literal]! : negative[-literal]!)
  const hold = (formula: Ast) => void Z3.solver_assert!(context, solver, formula)
  for (const clause of clauses) hold(clause.length === 1 ? term(clause[0]!) : Z3.mk_or!(context, clause.map(term)))
  for (const sum of sums) hold(Z3.mk_pble!(context, sum.variables.map(term), sum.weights, sum.most))
  const vector = () => {
    const made = Z3.mk_ast_vector!(context)
    Z3.ast_vector_inc_ref!(context, made)
    return made
  }
  const nothing = vector()
  const NOT = 265 // Z3_OP_NOT
  const kindOf = (ast: Ast): number => Z3.get_decl_kind!(context, Z3.get_app_decl!(context, ast))
  return {
    async domains(fixed, literal) {
      if (literal !== undefined) hold(term(literal))
      const asked = vector()
      for (let v = 1; v <= variables; v++) if (fixed[v] === 0) Z3.ast_vector_push!(context, asked, positive[v])
      const found = vector()
      const status: number = await Z3.solver_get_consequences!(context, solver, nothing, asked, found)
      if (status !== 1) throw new Error(`z3 says ${status}`)
      const count: number = Z3.ast_vector_size!(context, found)
      for (let i = 0; i < count; i++) {
        // (=> true x) or (=> true (not x))
        const consequence: Ast = Z3.get_app_arg!(context, Z3.ast_vector_get!(context, found, i), 1)
        const no = kindOf(consequence) === NOT
        const variable: Ast = no ? Z3.get_app_arg!(context, consequence, 0) : consequence
        fixed[variableOf.get(Z3.get_ast_id!(context, variable))!] = no ? -1 : 1
      }
      for (const done of [asked, found]) Z3.ast_vector_dec_ref!(context, done)
    },
  }
}

/** Twice from the beginning at each click, since it keeps nothing: what is in every answer set, and what is in any. */
async function clingo({ variables, clauses, sums }: PeerJob): Promise<Answerer> {
  const { run } = (await import(join(installed('clingo-wasm'), 'dist/index.node.js'))) as {
    run(program: string, models: number, options: string[]): Promise<{ Call?: { Witnesses: { Value: string[] }[] }[] }>
  }
  const rules = [`{x(1..${variables})}.`]
  for (const clause of clauses)
    rules.push(`:- ${clause.map(literal => (literal > 0 ? `not x(${literal})` : `x(${-literal})`)).join(', ')}.`)
  for (const { variables: of, weights, most } of sums)
    rules.push(`:- #sum { ${of.map((v, i) => `${weights[i]},${v} : x(${v})`).join('; ')} } > ${most}.`)
  const last = async (mode: string) => {
    const { Call } = await run(rules.join('\n'), 0, [`--enum-mode=${mode}`])
    const { Value } = Call!.at(-1)!.Witnesses.at(-1)!
    return new Set(Value.map(atom => Number(/\d+/.exec(atom)![0])))
  }
  return {
    async domains(fixed, literal) {
      if (literal !== undefined) rules.push(literal > 0 ? `:- not x(${literal}).` : `:- x(${-literal}).`)
      const always = await last('cautious')
      const ever = await last('brave')
      for (let v = 1; v <= variables; v++) fixed[v] = always.has(v) ? 1 : ever.has(v) ? 0 : -1
    },
  }
}

async function highs({ variables, clauses }: PeerJob, costs: number[]): Promise<PeerAnswer['cheapest']> {
  const { default: create } = (await import(join(installed('highs'), 'build/highs.mjs'))) as {
    default(): Promise<{ solve(program: string): { ObjectiveValue: number; Status: string } }>
  }
  const solver = await create()
  const all = Array.from({ length: variables }, (_, i) => i + 1)
  const rows = clauses.map((clause, i) => {
    const no = clause.filter(literal => literal < 0).length
    return ` c${i}: ${clause.map(literal => `${literal < 0 ? '-' : '+'} x${Math.abs(literal)}`).join(' ')} >= ${1 - no}`
  })
  const program = [
    'Minimize',
    ` obj: ${all.map(v => `+ ${costs[v - 1]} x${v}`).join('\n ')}`,
    'Subject To',
    ...rows,
    'Binary',
    ...all.map(v => ` x${v}`),
    'End',
  ]
  const { ms, result } = timed(() => solver.solve(program.join('\n')))
  return { ms, objective: result.ObjectiveValue, status: result.Status }
}

function onlyClauses(sums: unknown[]): void {
  if (sums.length > 0) throw new Error('it has no linear sums')
}
