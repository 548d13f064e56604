import type { Logic } from '../../formula/ast.ts'

/** Formulas put together without the constants in them. Parts stay the same objects, so that shared ones stay shared. */

export const always: Logic = { op: 'true' }
export const never: Logic = { op: 'false' }

export const chosen = (option: string): Logic => ({ op: 'chosen', option })

export function not(arg: Logic): Logic {
  if (arg.op === 'true') return never
  if (arg.op === 'false') return always
  return arg.op === 'not' ? arg.arg : { op: 'not', arg }
}

export function and(args: readonly Logic[]): Logic {
  return joined('and', args)
}

export function or(args: readonly Logic[]): Logic {
  return joined('or', args)
}

function joined(op: 'and' | 'or', args: readonly Logic[]): Logic {
  const [decides, empty] = op === 'or' ? [always, never] : [never, always]
  if (args.some(arg => arg.op === decides.op)) return decides
  const rest = args.filter(arg => arg.op !== empty.op)
  if (rest.length === 0) return empty
  return rest.length === 1 ? rest[0]! : { op, args: rest }
}

export function implies(left: Logic, right: Logic): Logic {
  if (left.op === 'true') return right
  if (left.op === 'false' || right.op === 'true') return always
  return right.op === 'false' ? not(left) : { op: 'implies', left, right }
}

export function iff(left: Logic, right: Logic): Logic {
  if (left.op === 'true') return right
  if (right.op === 'true') return left
  if (left.op === 'false') return not(right)
  return right.op === 'false' ? not(left) : { op: 'iff', left, right }
}

/** The same without implications and equivalences; what an equivalence repeats stays the same object. */
export function withoutArrows(logic: Logic): Logic {
  switch (logic.op) {
    case 'not':
      return not(withoutArrows(logic.arg))
    case 'and':
    case 'or':
      return joined(logic.op, logic.args.map(withoutArrows))
    case 'implies':
      return or([not(withoutArrows(logic.left)), withoutArrows(logic.right)])
    case 'iff': {
      const [left, right] = [withoutArrows(logic.left), withoutArrows(logic.right)]
      return and([or([not(left), right]), or([left, not(right)])])
    }
    default:
      return logic
  }
}

/** The parts of a conjunction or disjunction, those of the same kind inside it among them. */
export function partsOf(op: 'and' | 'or', logic: Logic): Logic[] {
  const parts: Logic[] = []
  const open = [logic]
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.op === op) for (let i = next.args.length - 1; i >= 0; i--) open.push(next.args[i]!)
    else parts.push(next)
  }
  return parts
}
