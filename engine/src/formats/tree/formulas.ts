import type { ModelError } from '../../api.ts'
import { printName } from '../../formula/print.ts'
import { grow } from '../limits.ts'
import { compareRounded, number } from './arithmetic.ts'
import type { Expression } from './feature-tree.ts'
import { type Context, type Formulas, mismatch, notExpressed, tooMany, unknown } from './formula-problems.ts'
import { all, implies, type Logic, not, same } from './logic.ts'
import { resolve } from './names.ts'
import { isText, textOf } from './texts.ts'

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
  if (found.kind === 'nothing') return unknown(e, context)
  mismatch(e, context, '逻辑值', 'true or false', '数值或文本', 'a number or a text')
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
  grow(context.growth, parts.reduce((sum, part) => sum + String(part).length, 0) * parts.length, args[0]!.at)
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
  if (isText(e.left, context.names) || isText(e.right, context.names)) return compareTexts(e, context)
  const rounded = compareRounded(e, context)
  if (rounded !== undefined) return rounded
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

/** Texts are equal where both have one of the texts that are known, the same one. */
function compareTexts(e: Expression & { op: 'compare' }, context: Context): Logic {
  for (const side of [e.left, e.right])
    if (side.op === 'name' && resolve(context.names, side.path).kind === 'nothing') return unknown(side, context)
  const [left, right] = [textOf(e.left, context), textOf(e.right, context)]
  if (!left || !right || (e.sign !== '==' && e.sign !== '!=')) return notExpressed(e.at, '文本比较', 'comparing texts', context)
  const inside = e.sign === '==' ? context : flip(context)
  const fewer = left.cases.size < right.cases.size ? left.cases : right.cases
  const alike: Logic[] = [...fewer.keys()].flatMap(text => {
    const both = [left.cases.get(text), right.cases.get(text)].filter(when => when !== undefined)
    return both.length < 2 ? [] : [all('and', both)]
  })
  if (left.open && right.open) {
    const lengths = left.length && right.length ? [`(${left.length} == ${right.length})`] : []
    if (left.open === right.open) alike.push(left.open)
    else if (notExpressed(e.at, '比较两个未列出的文本', 'comparing two texts that no constraint lists', inside))
      alike.push(all('and', [left.open, right.open, ...lengths]))
  }
  const equal = all('or', alike)
  grow(context.growth, String(equal).length, e.at)
  return e.sign === '==' ? equal : not(equal)
}

/** Whether some comparison in it cannot be expressed. Looks only, and once; what is wrong is reported when it is written. */
function inexpressible(e: Expression, context: Context): boolean {
  const known = context.inexpressible.get(e) ?? lookedAt(e, context)
  context.inexpressible.set(e, known)
  return known
}

function lookedAt(e: Expression, context: Context): boolean {
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
