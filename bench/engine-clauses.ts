import { indexModel, type Logic, type Model, optionsOf, parseLogic } from '../engine/src/index.ts'

/**
 * A model of groups, clauses and formulas over options as clauses, for solvers that know nothing else; variables are counted from 1 in the
 * order of `ids`. Formulas are multiplied out. Throws for what would need further variables.
 */
export function clausesOf(model: Model, ids: readonly string[]): number[][] {
  const variables = new Map(ids.map((id, i) => [id, i + 1]))
  const clauses: number[][] = []
  for (const group of model.groups) {
    if (group.kind === 'number') throw new Error(`${group.id} is a number`)
    const options = optionsOf(group).map(({ id }) => variables.get(id)!)
    const counts = group.parent === undefined ? [] : [-variables.get(group.parent)!]
    for (const option of options) if (counts.length > 0) clauses.push([-option, ...counts.map(one => -one)])
    if (group.kind === 'yes-no') continue
    const most = group.kind === 'choose-one' ? 1 : (group.max ?? options.length)
    const least = group.kind === 'choose-one' ? Number(!group.optional) : (group.min ?? 0)
    if (least === options.length) for (const option of options) clauses.push([...counts, option])
    else if (least === 1) clauses.push([...counts, ...options])
    else if (least > 1) throw new Error(`${group.id} has a minimum of ${least}`)
    if (most === 1) options.forEach((a, i) => void options.slice(i + 1).forEach(b => void clauses.push([-a, -b])))
    else if (most < options.length) throw new Error(`${group.id} has a maximum of ${most}`)
  }
  const index = indexModel(model)
  for (const constraint of model.constraints) {
    if (constraint.kind === 'clause' && constraint.when === undefined) {
      const { chosen = [], not = [] } = constraint
      clauses.push([...chosen.map(id => variables.get(id)!), ...not.map(id => -variables.get(id)!)])
      continue
    }
    if (constraint.kind !== 'formula') throw new Error(`${constraint.id} is neither a clause nor a formula`)
    const parsed = parseLogic(constraint.formula, index)
    if (!parsed.ok) throw new Error(`${constraint.id}: ${parsed.errors[0]!.message.en}`)
    clauses.push(...clausesThat(parsed.ast, true, variables))
  }
  return clauses.map(clause => [...new Set(clause)]).filter(clause => !clause.some(literal => clause.includes(-literal)))
}

/** Clauses that make a formula hold, or fail. */
function clausesThat(logic: Logic, holds: boolean, variables: ReadonlyMap<string, number>): number[][] {
  const part = (arg: Logic, wanted = holds) => clausesThat(arg, wanted, variables)
  switch (logic.op) {
    case 'true':
    case 'false':
      return (logic.op === 'true') === holds ? [] : [[]]
    case 'chosen': {
      const variable = variables.get(logic.option)!
      return [[holds ? variable : -variable]]
    }
    case 'not':
      return part(logic.arg, !holds)
    case 'and':
    case 'or': {
      const parts = logic.args.map(arg => part(arg))
      return (logic.op === 'and') === holds ? parts.flat() : parts.reduce(either)
    }
    case 'implies': {
      const [left, right] = [part(logic.left, !holds), part(logic.right)]
      return holds ? either(left, right) : [...left, ...right]
    }
    case 'iff':
      return [
        ...either(part(logic.left, false), part(logic.right, holds)),
        ...either(part(logic.left, true), part(logic.right, !holds)),
      ]
    default:
      throw new Error(`${logic.op} is no matter of clauses`)
  }
}

const either = (left: number[][], right: number[][]) => left.flatMap(a => right.map(b => [...a, ...b]))
