import { printName } from '../../formula/print.ts'
import { grow } from '../limits.ts'
import { problem } from '../problem.ts'
import type { Expression } from './feature-tree.ts'
import { arity, type Context, mismatch, notExpressed, tooLarge, unknown } from './formula-problems.ts'
import { HINT_OF_ONE } from './hints.ts'
import { all, type Logic, not } from './logic.ts'
import { globalAttribute, type NamedAttribute, type NamedFeature, type Resolved, resolve } from './names.ts'
import { constant, mirrored, plainNumber } from './numbers.ts'
import { lengthOf } from './texts.ts'

/** binds: 1 sum, 2 product, 3 closed */
interface Arithmetic {
  text: string
  binds: 1 | 2 | 3
}

const closed = (text: string): Arithmetic => ({ text, binds: 3 })

const wrapped = (a: Arithmetic, binds: number) => (a.binds >= binds ? a.text : `(${a.text})`)

/** undefined: reported, as an error or as not expressed. */
export function number(e: Expression, context: Context): Arithmetic | undefined {
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
  if (found.kind === 'attribute' && found.name === HINT_OF_ONE) return closed(printName(found.named.option))
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
      return average(e, context)
    case 'min':
    case 'max':
      return extreme(e, e.name, context)
    default:
      context.errors.push(
        problem(
          'unknown-function',
          e.at,
          e.name,
          [`没有函数“${e.name}”`, '可用的函数：sum、avg、min、max、len、floor、ceil'],
          [`There is no function ${JSON.stringify(e.name)}`, 'Functions are sum, avg, min, max, len, floor and ceil'],
        ),
      )
      return undefined
  }
}

/** sum(attribute), sum(attribute, feature): over the features below it; sum(feature, feature …): of their values. */
function sum(e: Expression & { op: 'call' }, context: Context): Arithmetic | undefined {
  const over = attributeOver(e, context)
  if (over) return over === 'wrong' ? undefined : attributeSum(over)
  const parts = numbers(e, context)
  return parts && { text: parts.map(part => wrapped(part, 1)).join(' + '), binds: 1 }
}

/** The sum by the number of what is added up: of pieces for an attribute, of chosen features for values. Undefined where nothing is. */
function average(e: Expression & { op: 'call' }, context: Context): Arithmetic | undefined {
  const over = attributeOver(e, context)
  if (over === 'wrong') return undefined
  if (over) {
    if (over.carriers.length === 0) return closed('(0 / 0)')
    const pieces = over.carriers.map(({ option }) => printName(option)).join(' + ')
    return { text: `${attributeSum(over).text} / (${pieces})`, binds: 2 }
  }
  const parts = numbers(e, context)
  if (!parts) return undefined
  const features = new Set(
    e.args.flatMap(arg => {
      const found = arg.op === 'name' ? resolve(context.names, arg.path) : undefined
      return found && found.kind !== 'nothing' ? [printName(found.named.option)] : []
    }),
  )
  if (features.size < e.args.length) {
    notExpressed(e.at, 'avg()', 'avg()', context)
    return undefined
  }
  return { text: `(${parts.map(part => wrapped(part, 1)).join(' + ')}) / count(${[...features].join(', ')})`, binds: 2 }
}

/** min(attribute), max(attribute, feature), as older versions of the language have them. */
function extreme(e: Expression & { op: 'call' }, name: 'min' | 'max', context: Context): Arithmetic | undefined {
  const over = attributeOver(e, context)
  if (over === 'wrong') return undefined
  if (!over) {
    if (numbers(e, context)) notExpressed(e.at, `${name}()`, `${name}()`, context)
    return undefined
  }
  if (over.carriers.length === 0) return closed('0')
  return closed(
    `${name}(${[over.attribute.id, ...(over.all ? [] : over.carriers.map(c => c.option))].map(printName).join(', ')})`,
  )
}

/** The values of all arguments; undefined where one has none, which is reported. */
function numbers(e: Expression & { op: 'call' }, context: Context): Arithmetic[] | undefined {
  if (e.args.length === 0) return arity(e, context)
  const parts = e.args.map(arg => number(arg, context))
  return parts.every(part => part !== undefined) ? parts : undefined
}

/** An attribute and the features that carry it as a number, in file order: all of them, or those at and below a feature. */
interface AttributeOver {
  attribute: NamedAttribute
  carriers: NamedFeature[]
  all: boolean
}

/** What f(attribute), f(attribute, feature) and f(feature, attribute) speak of; undefined where it is no attribute at all. */
function attributeOver(e: Expression & { op: 'call' }, context: Context): AttributeOver | 'wrong' | undefined {
  const [first, second] = e.args
  if (first?.op !== 'name' || e.args.length > 2) return undefined
  const below = second?.op === 'name' ? resolve(context.names, second.path) : undefined
  const attribute =
    resolve(context.names, first.path).kind === 'attribute' ? undefined : globalAttribute(context.names, first.path)
  if (attribute && (!second || below?.kind === 'feature')) return overCarriers(e, attribute, below, context)
  const swapped = second?.op === 'name' && !isOwnName(second, context) ? globalAttribute(context.names, second.path) : undefined
  const above = resolve(context.names, first.path)
  return swapped && above.kind === 'feature' ? overCarriers(e, swapped, above, context) : undefined
}

function overCarriers(
  e: Expression,
  attribute: NamedAttribute,
  below: Resolved | undefined,
  context: Context,
): AttributeOver | 'wrong' {
  if (!attribute.numeric) {
    mismatch(e, context, '数值属性', 'a numeric attribute', '文本或逻辑值', 'texts or truth values')
    return 'wrong'
  }
  context.used.add(attribute)
  const root = below?.kind === 'feature' ? below.named : undefined
  const carriers = [...attribute.carriers].flatMap(([named, value]) => (value.kind === 'number' ? [named] : []))
  const named = root ? carriers.filter(c => isBelow(c, root)) : carriers
  const all = named.length === carriers.length
  if (!all)
    grow(
      context.growth,
      named.reduce((length, { option }) => length + option.length + 4, 0),
      e.at,
    )
  return { attribute, carriers: named, all }
}

function attributeSum({ attribute, carriers, all }: AttributeOver): Arithmetic {
  if (all) return closed(`sum(${printName(attribute.id)})`)
  if (carriers.length === 0) return closed('0')
  return closed(`sum(${[attribute.id, ...carriers.map(c => c.option)].map(printName).join(', ')})`)
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
  } else if (e.name === 'len' && found.named.feature.type === 'string') {
    const text = lengthOf(found.named, context.texts)
    if (text !== undefined) {
      grow(context.growth, text.length, e.at)
      return closed(text)
    }
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

/**
 * floor and ceil of a Real feature compared with a whole number or a constant, as a comparison of the feature itself:
 * floor(x) >= 2 is x >= 2, ceil(x) < 3 is x <= 2. undefined: no such comparison.
 */
export function compareRounded(e: Expression & { op: 'compare' }, context: Context): Logic | undefined {
  const [side, sign, other] = roundedReal(e.left, context) ? [e.left, e.sign, e.right] : [e.right, mirrored[e.sign], e.left]
  const name = roundedReal(side, context)
  if (!name || roundedReal(other, context)) return undefined
  const steps = wholeSteps(other, context)
  if (!steps) return undefined
  const x = number(name, context)!.text
  const floor = side.op === 'call' && side.name === 'floor'
  const reaches = floor ? `(${x} >= ${steps.least})` : `(${x} > ${steps.before})`
  const staysBy = floor ? `(${x} < ${steps.after})` : `(${x} <= ${steps.most})`
  switch (sign) {
    case '>=':
      return reaches
    case '<=':
      return staysBy
    case '>':
      return not(staysBy)
    case '<':
      return not(reaches)
    case '==':
      return !steps.fractional && all('and', [reaches, staysBy])
    case '!=':
      return steps.fractional || not(all('and', [reaches, staysBy]))
  }
}

/** The Real feature that floor() or ceil() is asked of. */
function roundedReal(e: Expression, context: Context): (Expression & { op: 'name' }) | undefined {
  const [arg, more] = e.op === 'call' && (e.name === 'floor' || e.name === 'ceil') ? e.args : []
  if (arg?.op !== 'name' || more) return undefined
  const found = resolve(context.names, arg.path)
  return found.kind === 'feature' && found.named.feature.type === 'real' ? arg : undefined
}

/** The whole numbers next to a value, as formulas. */
interface WholeSteps {
  /** the least that reaches it, and the whole number before that */
  least: string
  before: string
  /** the greatest that does not exceed it, and the whole number after that */
  most: string
  after: string
  fractional: boolean
}

/** Of a constant, or of a value that is always whole; undefined where it may not be. */
function wholeSteps(e: Expression, context: Context): WholeSteps | undefined {
  const value = constant(e)
  if (value !== undefined) {
    if (Math.abs(value) > 1e14) return undefined
    const [least, most] = [Math.ceil(value), Math.floor(value)].map(whole => whole + 0) as [number, number]
    const [before, after] = [least - 1, most + 1]
    return {
      least: String(least),
      before: String(before),
      most: String(most),
      after: String(after),
      fractional: !Number.isInteger(value),
    }
  }
  const text = isWhole(e, context) ? number(e, context)?.text : undefined
  return text === undefined
    ? undefined
    : { least: text, before: `${text} - 1`, most: text, after: `${text} + 1`, fractional: false }
}

function isWhole(e: Expression, context: Context): boolean {
  switch (e.op) {
    case 'number':
      return /^\d+$/.test(plainNumber(e.text) ?? '')
    case 'negate':
      return isWhole(e.arg, context)
    case 'terms':
      return isWhole(e.first, context) && e.rest.every(({ arg }) => isWhole(arg, context))
    case 'factors':
      return isWhole(e.first, context) && e.rest.every(({ sign, arg }) => sign === '*' && isWhole(arg, context))
    case 'name': {
      const found = resolve(context.names, e.path)
      if (found.kind === 'attribute') return found.value.kind === 'number' && /^-?\d+$/.test(plainNumber(found.value.text) ?? '')
      return found.kind === 'feature' && (found.named.feature.type === 'integer' || found.named.feature.type === 'boolean')
    }
    default:
      return false
  }
}
