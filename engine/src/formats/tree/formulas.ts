import type { ModelError } from '../../api.ts'
import { printName } from '../../formula/print.ts'
import { problem } from '../problem.ts'
import type { Expression } from './feature-tree.ts'
import { globalAttribute, type NamedAttribute, type NamedFeature, type Names, type Resolved, resolve } from './names.ts'
import { plainNumber } from './numbers.ts'

/** A formula's text, or what it always is. */
export type Logic = string | boolean

export interface Formulas {
  names: Names
  /** attributes some formula speaks of */
  used: Set<NamedAttribute>
  errors: ModelError[]
  notes: ModelError[]
}

/**
 * A constraint of a feature tree as a formula of the model.
 * A comparison that no formula can express (texts, averages, rounding) takes the value that forbids least, and is noted:
 * everything around it still constrains.
 */
export function formulaOf(expression: Expression, formulas: Formulas): Logic {
  return logic(expression, { ...formulas, weakest: true, split: 0 })
}

interface Context extends Formulas {
  /** the value of an inexpressible comparison here that forbids least */
  weakest: boolean
  /** equivalences already split around inexpressible comparisons */
  split: number
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

/** binds: 1 sum, 2 product, 3 closed */
interface Arithmetic {
  text: string
  binds: 1 | 2 | 3
}

const closed = (text: string): Arithmetic => ({ text, binds: 3 })
const wrapped = (a: Arithmetic, binds: number) => (a.binds >= binds ? a.text : `(${a.text})`)

/** undefined: reported, as an error or as not expressed. */
function number(e: Expression, context: Context): Arithmetic | undefined {
  switch (e.op) {
    case 'number': {
      const text = plainNumber(e.text)
      if (text === undefined) tooLarge(e, context)
      return text === undefined ? undefined : closed(text)
    }
    case 'name':
      return quantity(e, context)
    case 'negate': {
      const arg = number(e.arg, context)
      return arg && closed(`(-${wrapped(arg, 3)})`)
    }
    case 'terms':
    case 'factors': {
      const binds = e.op === 'terms' ? 1 : 2
      const first = number(e.first, context)
      const rest = e.rest.map(({ sign, arg }) => ({ sign, arg: number(arg, context) }))
      if (!first || rest.some(({ arg }) => !arg)) return undefined
      return {
        text: [wrapped(first, binds), ...rest.map(({ sign, arg }) => `${sign} ${wrapped(arg!, binds + 1)}`)].join(' '),
        binds,
      }
    }
    case 'call':
      return call(e, context)
    default:
      mismatch(e, context, '数值', 'a number', '逻辑值或文本', 'a truth value or a text')
      return undefined
  }
}

function quantity(e: Expression & { op: 'name' }, context: Context): Arithmetic | undefined {
  const found = resolve(context.names, e.path)
  if (found.kind === 'feature' && found.named.feature.type !== 'string')
    return closed(printName(found.named.number ?? found.named.option))
  if (found.kind === 'attribute' && found.value.kind === 'number') {
    context.used.add(found.attribute)
    return closed(`${printName(found.named.option)}.${printName(found.attribute.id)}`)
  }
  if (found.kind === 'attribute' && found.value.kind === 'boolean')
    return closed(found.value.value ? printName(found.named.option) : '0')
  if (found.kind === 'nothing') unknown(e, context)
  else mismatch(e, context, '数值', 'a number', '文本', 'a text')
  return undefined
}

function call(e: Expression & { op: 'call' }, context: Context): Arithmetic | undefined {
  switch (e.name) {
    case 'sum':
      return sum(e, context)
    case 'len':
    case 'floor':
    case 'ceil':
      return e.args.length === 1 ? single(e, e.args[0]!, context) : arity(e, context)
    case 'avg':
      if (e.args.length === 0 || e.args.some(arg => arg.op === 'name' && !isKnown(arg, context))) {
        for (const arg of e.args) if (arg.op === 'name' && !isKnown(arg, context)) unknown(arg, context)
        return undefined
      }
      notExpressed(e.at, 'avg()', 'avg()', context)
      return undefined
    default:
      context.errors.push(
        problem(
          'unknown-function',
          e.at,
          e.name,
          [`没有函数“${e.name}”`, '可用的函数：sum、avg、len、floor、ceil'],
          [`There is no function ${JSON.stringify(e.name)}`, 'Functions are sum, avg, len, floor and ceil'],
        ),
      )
      return undefined
  }
}

/** sum(attribute), sum(attribute, feature): over the features below it; sum(feature, feature …): of their values. */
function sum(e: Expression & { op: 'call' }, context: Context): Arithmetic | undefined {
  const [first, second] = e.args
  if (!first) return arity(e, context)
  if (first.op === 'name' && e.args.length <= 2) {
    const below = second?.op === 'name' ? resolve(context.names, second.path) : undefined
    const attribute =
      resolve(context.names, first.path).kind === 'attribute' ? undefined : globalAttribute(context.names, first.path)
    if (attribute && (!second || below?.kind === 'feature')) return attributeSum(e, attribute, below, context)
    const swapped = second?.op === 'name' && !isOwnName(second, context) ? globalAttribute(context.names, second.path) : undefined
    const above = resolve(context.names, first.path)
    if (swapped && above.kind === 'feature') return attributeSum(e, swapped, above, context)
  }
  const parts = e.args.map(arg => number(arg, context))
  if (parts.some(part => !part)) return undefined
  return { text: parts.map(part => wrapped(part!, 1)).join(' + '), binds: 1 }
}

function attributeSum(
  e: Expression,
  attribute: NamedAttribute,
  below: Resolved | undefined,
  context: Context,
): Arithmetic | undefined {
  if (!attribute.numeric) {
    mismatch(e, context, '数值属性', 'a numeric attribute', '文本或逻辑值', 'texts or truth values')
    return undefined
  }
  context.used.add(attribute)
  const root = below?.kind === 'feature' ? below.named : undefined
  const carriers = [...attribute.carriers].flatMap(([named, value]) => (value.kind === 'number' ? [named] : []))
  const named = root ? carriers.filter(c => isBelow(c, root)) : carriers
  if (named.length === carriers.length) return closed(`sum(${printName(attribute.id)})`)
  if (named.length === 0) return closed('0')
  return closed(`sum(${[attribute.id, ...named.map(c => c.option)].map(printName).join(', ')})`)
}

/** len, floor and ceil of something constant are constant while its feature is chosen; a whole number rounds to itself. */
function single(e: Expression & { op: 'call' }, arg: Expression, context: Context): Arithmetic | undefined {
  if (arg.op !== 'name') {
    if (e.name === 'len' ? arg.op === 'string' : arg.op === 'number')
      return closed(
        arg.op === 'string' ? String(arg.value.length) : String(rounded(e.name, Number((arg as { text: string }).text))),
      )
    notExpressed(e.at, `${e.name}()`, `${e.name}()`, context)
    return undefined
  }
  const found = resolve(context.names, arg.path)
  if (found.kind === 'nothing') {
    unknown(arg, context)
    return undefined
  }
  if (found.kind === 'attribute') {
    const { value } = found
    const constant =
      e.name === 'len' && value.kind === 'string'
        ? value.value.length
        : e.name !== 'len' && value.kind === 'number'
          ? rounded(e.name, Number(value.text))
          : undefined
    if (constant !== undefined)
      return { text: `${constant < 0 ? `(${constant})` : constant} * ${printName(found.named.option)}`, binds: 2 }
  } else if (e.name !== 'len' && (found.named.feature.type === 'integer' || found.named.feature.type === 'boolean')) {
    return quantity(arg, context)
  }
  notExpressed(e.at, `${e.name}()`, `${e.name}()`, context)
  return undefined
}

function rounded(name: string, value: number): number {
  return name === 'floor' ? Math.floor(value) : Math.ceil(value)
}

function isBelow(named: NamedFeature, root: NamedFeature): boolean {
  return named.order >= root.order && named.order <= root.last
}

function isOwnName(e: Expression, context: Context): boolean {
  return e.op === 'name' && resolve(context.names, e.path).kind !== 'nothing'
}

function isKnown(e: Expression & { op: 'name' }, context: Context): boolean {
  return isOwnName(e, context) || globalAttribute(context.names, e.path) !== undefined
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

function notExpressed(at: string, zh: string, en: string, context: Context): boolean {
  context.notes.push(
    problem(
      'not-expressed',
      at,
      en,
      [`未能表达：${zh}`, '该处不产生限制；需要时请在模型中另行写出规则'],
      [`Not expressed: ${en}`, 'This place does not constrain; write a rule of your own in the model where it must'],
    ),
  )
  return context.weakest
}

function unknown(e: Expression & { op: 'name' }, context: Context): void {
  const name = e.path.join('.')
  context.errors.push(
    problem(
      'unknown-reference',
      e.at,
      name,
      [`没有名为“${name}”的特征或属性`, '请检查拼写和大小写；如果文件不完整，请重新获取'],
      [
        `There is no feature or attribute ${JSON.stringify(name)}`,
        'Check spelling and case; if the file is cut off, get the whole one',
      ],
    ),
  )
}

function mismatch(e: Expression, context: Context, zh: string, en: string, foundZh: string, foundEn: string): void {
  context.errors.push(
    problem(
      'type-mismatch',
      e.at,
      e.op === 'name'
        ? e.path.join('.')
        : e.op === 'number'
          ? e.text
          : e.op === 'string'
            ? e.value
            : e.op === 'call'
              ? `${e.name}()`
              : e.op,
      [`此处应为${zh}，实际是${foundZh}`, '请更正该约束'],
      [`Expected ${en} here, found ${foundEn}`, 'Correct the constraint'],
    ),
  )
}

function tooLarge(e: Expression & { op: 'number' }, context: Context): void {
  context.errors.push(
    problem(
      'out-of-range',
      e.at,
      e.text,
      ['数值过大或小数位过多', '请使用不超过 15 位有效数字的数值'],
      ['The number is too large or has too many digits', 'Use a number of at most 15 digits'],
    ),
  )
}

function arity(e: Expression & { op: 'call' }, context: Context): undefined {
  context.errors.push(
    problem(
      'syntax',
      e.at,
      `${e.name}()`,
      ['函数的参数个数不对', '请更正参数'],
      ['The function has the wrong number of arguments', 'Correct its arguments'],
    ),
  )
}

function tooMany(e: Expression, context: Context): void {
  context.errors.push(
    problem(
      'too-large',
      e.at,
      'atmost1',
      ['“至多一项”之下的表达式超过 100 个', '请改为列出特征名，或拆分该规则'],
      ['At most one of more than 100 expressions', 'List features instead, or split the rule'],
    ),
  )
}
