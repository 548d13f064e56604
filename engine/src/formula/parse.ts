import type { ModelError } from '../api.ts'
import { text as both, type Kind, type Place, unitMismatch, unknownReference, wrongKind } from '../errors.ts'
import { type ModelIndex, optionsOf } from '../model-index.ts'
import { nearest } from '../nearest.ts'
import type { Arithmetic, Logic } from './ast.ts'
import { chainLimit, readSyntax, type Syntax } from './syntax.ts'
import { anyUnit, canonicalUnit, conversion, productUnit, quotientUnit, type Unit } from './units.ts'

/** What a formula can name. */
export type Names = Pick<ModelIndex, 'groups' | 'options' | 'attributes' | 'interfaces' | 'carriers' | 'offers' | 'takes'>

/** An error with the column of the formula it stands at, from 1. The path is that of the formula. */
export type FormulaError = ModelError & { column: number }

export type ParsedLogic = { ok: true; ast: Logic } | { ok: false; errors: FormulaError[] }

/** `unit`: canonical; '' a pure number, undefined where the formula is made of bare numbers only. */
export type ParsedArithmetic = { ok: true; ast: Arithmetic; unit: Unit | undefined } | { ok: false; errors: FormulaError[] }

/** At most so many errors are reported for one formula. */
const errorLimit = 20

/** Reads a formula that holds or not. Errors: syntax, too-long, too-deep, unknown-reference, wrong-kind, unit-mismatch. */
export function parseLogic(text: string, names: Names, at: Place = { path: '' }): ParsedLogic {
  const read = readSyntax(text)
  if ('error' in read) return { ok: false, errors: [{ ...read.error, ...at, column: read.column }] }
  const errors: FormulaError[] = []
  const ast = logic(read.syntax, { names, at, errors })
  return errors.length === 0 ? { ok: true, ast } : { ok: false, errors }
}

/** Reads a formula that has a value. */
export function parseArithmetic(text: string, names: Names, at: Place = { path: '' }): ParsedArithmetic {
  const read = readSyntax(text)
  if ('error' in read) return { ok: false, errors: [{ ...read.error, ...at, column: read.column }] }
  const errors: FormulaError[] = []
  const { ast, unit } = arithmetic(read.syntax, { names, at, errors })
  return errors.length === 0 ? { ok: true, ast, unit } : { ok: false, errors }
}

interface Context {
  names: Names
  at: Place
  errors: FormulaError[]
}

interface Measured {
  ast: Arithmetic
  unit: Unit | undefined
}

type Terms = { factor: number; option: string }[]

/** What a group or an attribute of thousands of options means is worked out once, however many formulas name it. */
const anyOf = new WeakMap<object, Logic>()
const termsOf = new WeakMap<object, Terms>()

function shared<T>(memory: WeakMap<object, T>, key: object, make: () => T): T {
  const known = memory.get(key) ?? make()
  memory.set(key, known)
  return known
}

const nothing: Measured = { ast: { op: 'literal', value: 0 }, unit: anyUnit }

function logic(node: Syntax, context: Context): Logic {
  switch (node.is) {
    case 'constant':
      return { op: node.value ? 'true' : 'false' }
    case 'not':
      return { op: 'not', arg: logic(node.arg, context) }
    case 'and':
    case 'or':
      return { op: node.is, args: node.args.map(arg => logic(arg, context)) }
    case 'implies':
    case 'iff':
      return { op: node.is, left: logic(node.left, context), right: logic(node.right, context) }
    case '<':
    case '<=':
    case '==':
    case '!=':
    case '>=':
    case '>': {
      const left = arithmetic(node.left, context)
      const right = arithmetic(node.right, context)
      agree(left.unit, right.unit, node.at, context)
      return { op: node.is, left: left.ast, right: right.ast }
    }
    case 'name':
      if (node.attribute === undefined) return chosen(node.name, node.at, context)
      break
  }
  refuse(
    undefined,
    node.at,
    context,
    both('此处需要一个条件，而不是数值。', 'A condition is needed here, not a number.'),
    both('请与某个值比较，例如“> 0”。', 'Compare it with something, such as "> 0".'),
  )
  return { op: 'false' }
}

function chosen(name: string, at: number, context: Context): Logic {
  const { options, groups } = context.names
  if (options.has(name)) return { op: 'chosen', option: name }
  const group = groups.get(name)
  if (group === undefined) {
    unknown('option or group', name, at, context, () => [...options.keys(), ...groups.keys()])
    return { op: 'false' }
  }
  if (group.kind === 'number') {
    refuse(
      name,
      at,
      context,
      both(`“${name}”是数值，此处需要一个条件。`, `"${name}" is a number; a condition is needed here.`),
      both(`请与某个值比较，例如“${name} > 0”。`, `Compare it with something, such as "${name} > 0".`),
    )
    return { op: 'false' }
  }
  return shared(anyOf, group, () => {
    const args: Logic[] = optionsOf(group).map(({ id }) => ({ op: 'chosen', option: id }))
    return args.length === 1 ? args[0]! : { op: 'or', args }
  })
}

function arithmetic(node: Syntax, context: Context): Measured {
  switch (node.is) {
    case 'number':
      return node.unit === undefined
        ? { ast: { op: 'literal', value: node.value }, unit: anyUnit }
        : { ast: { op: 'literal', value: node.value, unit: node.unit }, unit: canonicalUnit(node.unit) }
    case 'name':
      return node.attribute === undefined
        ? value(node.name, node.at, context)
        : attributeOf(node.name, node.attribute, node.at, context)
    case 'call':
      return called(node, context)
    case 'negate': {
      const { ast, unit } = arithmetic(node.arg, context)
      return { ast: { op: 'negate', arg: ast }, unit }
    }
    case '*':
    case '/': {
      const left = arithmetic(node.left, context)
      const right = arithmetic(node.right, context)
      const unit = node.is === '*' ? productUnit(left.unit, right.unit) : quotientUnit(left.unit, right.unit)
      return { ast: { op: node.is, left: left.ast, right: right.ast }, unit }
    }
    case 'chain':
      return chain(node, context)
    default:
      refuse(
        undefined,
        node.at,
        context,
        both('此处需要数值，而不是条件。', 'A number is needed here, not a condition.'),
        both('请使用数字、名称或 count(…)。', 'Use a number, a name or count(…).'),
      )
      return nothing
  }
}

function chain(node: Extract<Syntax, { is: 'chain' }>, context: Context): Measured {
  const first = arithmetic(node.first, context)
  let unit = first.unit
  const rest = node.rest.map(({ op, arg }) => {
    const part = arithmetic(arg, context)
    agree(unit, part.unit, arg.at, context)
    unit ??= part.unit
    return { op, ast: part.ast }
  })
  if (rest.length <= chainLimit) {
    return { ast: rest.reduce<Arithmetic>((left, { op, ast }) => ({ op, left, right: ast }), first.ast), unit }
  }
  const terms = rest.map(({ op, ast }): Arithmetic => (op === '+' ? ast : { op: 'negate', arg: ast }))
  return { ast: balanced([first.ast, ...terms]), unit }
}

function balanced(terms: Arithmetic[]): Arithmetic {
  if (terms.length === 1) return terms[0]!
  const middle = terms.length >> 1
  return { op: '+', left: balanced(terms.slice(0, middle)), right: balanced(terms.slice(middle)) }
}

function value(name: string, at: number, context: Context): Measured {
  const { options, groups, attributes } = context.names
  if (options.has(name)) return { ast: { op: 'quantity', option: name }, unit: '' }
  const group = groups.get(name)
  if (group?.kind === 'number') return { ast: { op: 'number', group: name }, unit: canonicalUnit(group.unit) }
  if (group) return { ast: { op: 'count', options: optionsOf(group).map(({ id }) => id) }, unit: '' }
  if (attributes.has(name)) {
    refuse(
      name,
      at,
      context,
      both(`“${name}”是属性，不能单独使用。`, `"${name}" is an attribute and cannot stand alone.`),
      both(`请写成 sum(${name})，或“选项.${name}”。`, `Write sum(${name}), or option.${name}.`),
    )
  } else unknown('option or group', name, at, context, () => [...options.keys(), ...groups.keys()])
  return nothing
}

function attributeOf(name: string, attribute: { name: string; at: number }, at: number, context: Context): Measured {
  const found = knownAttribute(attribute, context)
  const options = optionsNamed([{ name, at }], context)
  if (found === undefined || options === undefined) return nothing
  const terms = carried(attribute.name, options, context)
  if (context.names.options.has(name) && terms.length === 0) {
    refuse(
      `${name}.${attribute.name}`,
      attribute.at,
      context,
      both(`选项“${name}”没有属性“${attribute.name}”。`, `The option "${name}" has no attribute "${attribute.name}".`),
      both('请为该选项填写此属性（可以为 0）。', 'Give the option a value for it (0 is one).'),
    )
  }
  return { ast: { op: 'sum', terms, of: { attribute: attribute.name } }, unit: canonicalUnit(found.unit) }
}

function called({ name, args, at }: Extract<Syntax, { is: 'call' }>, context: Context): Measured {
  const [first, ...rest] = args as [{ name: string; at: number }, ...{ name: string; at: number }[]]
  switch (name) {
    case 'count': {
      const options = optionsNamed(args, context)
      return options === undefined ? nothing : { ast: { op: 'count', options: [...options] }, unit: '' }
    }
    case 'offered':
    case 'taken': {
      const { interfaces, offers, takes } = context.names
      if (rest.length > 0) {
        refuse(
          name,
          at,
          context,
          both(`${name} 只接受一个接口。`, `${name} takes one interface.`),
          both(`请写成 ${name}(${first.name})。`, `Write ${name}(${first.name}).`),
        )
      }
      if (!interfaces.has(first.name)) {
        unknown('interface', first.name, first.at, context, () => interfaces.keys())
        return nothing
      }
      const carriers = (name === 'offered' ? offers : takes).get(first.name) ?? []
      const terms = shared(termsOf, carriers, () => carriers.map(({ option, value }) => ({ factor: value, option })))
      return { ast: { op: 'sum', terms, of: name === 'offered' ? { offered: first.name } : { taken: first.name } }, unit: '' }
    }
    case 'sum':
    case 'max':
    case 'min': {
      const attribute = knownAttribute(first, context)
      const options = rest.length === 0 ? 'all' : optionsNamed(rest, context)
      if (attribute === undefined || options === undefined) return nothing
      const terms = carried(first.name, options, context)
      const unit = canonicalUnit(attribute.unit)
      if (name === 'sum') return { ast: { op: 'sum', terms, of: { attribute: first.name } }, unit }
      return {
        ast: { op: name, terms: terms.map(({ factor, option }) => ({ value: factor, option })), attribute: first.name },
        unit,
      }
    }
  }
}

function carried(
  attribute: string,
  options: ReadonlySet<string> | 'all',
  { names }: Context,
): { factor: number; option: string }[] {
  const carriers = names.carriers.get(attribute) ?? []
  if (options !== 'all' && options.size < carriers.length) {
    // small questions about a large model stay small
    return [...options].flatMap(option => {
      const value = names.options.get(option)?.option.attributes?.[attribute]
      return value === undefined ? [] : [{ factor: value, option }]
    })
  }
  const all = shared(termsOf, carriers, () => carriers.map(({ option, value }) => ({ factor: value, option })))
  return options === 'all' ? all : all.filter(({ option }) => options.has(option))
}

/** The options meant by names of options and groups, each once, in model order; undefined after an error. */
function optionsNamed(args: { name: string; at: number }[], context: Context): Set<string> | undefined {
  const { options, groups } = context.names
  const found = new Set<string>()
  let failed = false
  for (const { name, at } of args) {
    const group = groups.get(name)
    if (options.has(name)) found.add(name)
    else if (group && group.kind !== 'number') for (const option of optionsOf(group)) found.add(option.id)
    else {
      failed = true
      if (group === undefined) unknown('option or group', name, at, context, () => [...options.keys(), ...groups.keys()])
      else {
        refuse(
          name,
          at,
          context,
          both(`“${name}”是数值，没有选项。`, `"${name}" is a number and has no options.`),
          both('请填写选项或选项组的标识。', 'Name options or groups of options.'),
        )
      }
    }
  }
  const order = (id: string) => options.get(id)?.order ?? 0
  return failed ? undefined : new Set([...found].sort((a, b) => order(a) - order(b)))
}

function knownAttribute({ name, at }: { name: string; at: number }, context: Context) {
  const attribute = context.names.attributes.get(name)
  if (attribute === undefined) unknown('attribute', name, at, context, () => context.names.attributes.keys())
  return attribute
}

function agree(left: Unit | undefined, right: Unit | undefined, column: number, context: Context): void {
  if (left === undefined || right === undefined || left === right) return
  report({ ...unitMismatch(context.at, left, right, conversion(left, right)), column }, context)
}

function unknown(kind: Kind, name: string, column: number, context: Context, names: () => Iterable<string>): void {
  if (context.errors.length >= errorLimit) return
  report({ ...unknownReference(context.at, kind, name, nearest(name, names())), column }, context)
}

function refuse(
  value: string | undefined,
  column: number,
  context: Context,
  message: ModelError['message'],
  remedy: ModelError['remedy'],
): void {
  const where = both(`第 ${column} 个字符处：${message['zh-CN']}`, `At character ${column}: ${message.en}`)
  report({ ...wrongKind(context.at, value, where, remedy), column }, context)
}

function report(error: FormulaError, { errors }: Context): void {
  if (errors.length < errorLimit) errors.push(error)
}
