import type { ModelError } from '../../api.ts'
import { printName } from '../../formula/print.ts'
import { number } from './arithmetic.ts'
import type { Expression } from './feature-tree.ts'
import { type Context, type Formulas, mismatch, notExpressed, tooMany, unknown } from './formula-problems.ts'
import { resolve } from './names.ts'

/** A formula's text, or what it always is. */
export type Logic = string | boolean

/**
 * A constraint of a feature tree as a formula of the model.
 * A comparison that no formula can express (texts, averages, rounding) takes the value that forbids least, and is noted:
 * everything around it still constrains.
 */
export function formulaOf(expression: Expression, formulas: Formulas): Logic {
  return logic(expression, { ...formulas, weakest: true, split: 0 })
}

const flip = (context: Context): Context => ({ ...context, weakest: !context.weakest })

function logic(e: Expression, context: Context): Logic {
  switch (e.op) {
    case 'boolean':
      return e.value
    case 'name':
      return chosen(e, context)
    case 'not':
      return not(logic(e.arg, flip(context)))
    case 'and':
    case 'or':
      return all(
        e.op,
        e.args.map(arg => logic(arg, context)),
      )
    case 'implies':
      return implies(logic(e.left, flip(context)), logic(e.right, context))
    case 'iff':
      return equivalence(e.left, e.right, context)
    case 'at-most-one':
      return atMostOne(e.args, context)
    case 'compare':
      return compare(e, context)
    default:
      mismatch(e, context, '逻辑值', 'true or false', '数值或文本', 'a number or a text')
      return true
  }
}

function chosen(e: Expression & { op: 'name' }, context: Context): Logic {
  const found = resolve(context.names, e.path)
  if (found.kind === 'feature') return printName(found.named.option)
  if (found.kind === 'attribute' && found.value.kind === 'boolean')
    return found.value.value ? printName(found.named.option) : false
  if (found.kind === 'nothing') unknown(e, context)
  else mismatch(e, context, '逻辑值', 'true or false', '数值或文本', 'a number or a text')
  return true
}

function equivalence(left: Expression, right: Expression, context: Context): Logic {
  if (!inexpressible(left, context) && !inexpressible(right, context)) return same(logic(left, context), logic(right, context))
  // a comparison that cannot be expressed pulls one way in each direction
  if (context.split >= 6) return context.weakest
  const deeper = { ...context, split: context.split + 1 }
  const quiet = { ...deeper, notes: [], errors: [] }
  return all('and', [
    implies(logic(left, flip(deeper)), logic(right, deeper)),
    implies(logic(right, flip(quiet)), logic(left, quiet)),
  ])
}

function atMostOne(args: Expression[], context: Context): Logic {
  if (args.length < 2) return true
  const pairs: Logic[] = []
  if (args.every(arg => arg.op === 'name' && resolve(context.names, arg.path).kind === 'feature')) {
    return `(count(${args.map(arg => logic(arg, context)).join(', ')}) <= 1)`
  }
  if (args.length > 100) tooMany(args[0]!, context)
  const parts = args.slice(0, 100).map(arg => logic(arg, flip(context)))
  parts.forEach((a, i) => {
    for (const b of parts.slice(i + 1)) pairs.push(not(all('and', [a, b])))
  })
  return all('and', pairs)
}

function compare(e: Expression & { op: 'compare' }, context: Context): Logic {
  if ((e.sign === '==' || e.sign === '!=') && (isTruth(e.left, context) || isTruth(e.right, context))) {
    const both = equivalence(e.left, e.right, e.sign === '==' ? context : flip(context))
    return e.sign === '==' ? both : not(both)
  }
  const text = [e.left, e.right].find(side => isText(side, context))
  if (text) {
    for (const side of [e.left, e.right])
      if (side.op === 'name' && resolve(context.names, side.path).kind === 'nothing') unknown(side, context)
    return notExpressed(e.at, '文本比较', 'comparing texts', context)
  }
  const left = number(e.left, context)
  const right = number(e.right, context)
  if (!left || !right) return context.weakest
  return `(${left.text} ${e.sign} ${right.text})`
}

function isTruth(e: Expression, context: Context): boolean {
  if (['boolean', 'not', 'and', 'or', 'implies', 'iff', 'compare', 'at-most-one'].includes(e.op)) return true
  if (e.op !== 'name') return false
  const found = resolve(context.names, e.path)
  return found.kind === 'attribute' && found.value.kind === 'boolean'
}

function isText(e: Expression, context: Context): boolean {
  if (e.op === 'string') return true
  if (e.op !== 'name') return false
  const found = resolve(context.names, e.path)
  return found.kind === 'feature'
    ? found.named.feature.type === 'string'
    : found.kind === 'attribute' && found.value.kind === 'string'
}

/** Whether some comparison in it cannot be expressed. Looks only; what is wrong is reported when it is written. */
function inexpressible(e: Expression, context: Context): boolean {
  switch (e.op) {
    case 'not':
      return inexpressible(e.arg, context)
    case 'and':
    case 'or':
    case 'at-most-one':
      return e.args.some(arg => inexpressible(arg, context))
    case 'implies':
    case 'iff':
      return inexpressible(e.left, context) || inexpressible(e.right, context)
    case 'compare': {
      const notes: ModelError[] = []
      compare(e, { ...context, notes, errors: [], split: 6 })
      return notes.length > 0
    }
    default:
      return false
  }
}

function not(a: Logic): Logic {
  return typeof a === 'boolean' ? !a : `!${a}`
}

function all(op: 'and' | 'or', parts: Logic[]): Logic {
  const decides = op === 'or'
  if (parts.includes(decides)) return decides
  const rest = parts.filter(part => typeof part === 'string')
  if (rest.length === 0) return !decides
  return rest.length === 1 ? rest[0]! : `(${rest.join(op === 'and' ? ' & ' : ' | ')})`
}

function implies(left: Logic, right: Logic): Logic {
  if (left === false || right === true) return true
  if (left === true) return right
  return right === false ? not(left) : `(${left} => ${right})`
}

function same(left: Logic, right: Logic): Logic {
  if (typeof left === 'boolean') return left ? right : not(right)
  if (typeof right === 'boolean') return right ? left : not(left)
  return `(${left} <=> ${right})`
}
