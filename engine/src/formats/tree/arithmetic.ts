import { printName } from '../../formula/print.ts'
import { problem } from '../problem.ts'
import type { Expression } from './feature-tree.ts'
import { arity, type Context, mismatch, notExpressed, tooLarge, unknown } from './formula-problems.ts'
import { globalAttribute, type NamedAttribute, type NamedFeature, type Resolved, resolve } from './names.ts'
import { plainNumber } from './numbers.ts'

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
