import type { Calculator } from './calculator.ts'
import type { ExportedForm, FormPrice } from './exported-form.ts'
import { type Formula, readFormulaText } from './formula-text.ts'

/**
 * Every figure of an exported product form, by nothing but its cells: each price, how many prices are on request, net, tax and gross in
 * minor units; the numbers of the specification; the pieces of each part.
 */
export function recompute<Value>(form: ExportedForm, calculator: Calculator<Value>): void {
  const { amount, truth } = meanings(form, calculator)
  const whenever = (when: string, value: Value, otherwise: Value) =>
    when === '' ? value : calculator.choose(truth(when), value, otherwise)
  const zero = calculator.number(0)

  const lines = new Map<string, Value>()
  const asked: Value[] = []
  for (const price of form.prices) {
    const line = lineOf(price)
    lines.set(price.id, calculator.figure(`price ${price.id}`, whenever(price.when, line.amount, zero)))
    if (line.asked) asked.push(whenever(price.when, line.asked, zero))
  }
  const net = calculator.figure('net', calculator.sum([...lines.values()]))
  if (form.taxPercent !== undefined) {
    const tax = calculator.figure('tax', percentOf(net, form.taxPercent))
    calculator.figure('gross', calculator.infix('+', net, tax))
  }
  calculator.figure('on request', calculator.sum([zero, ...asked]))
  for (const { id, formula, group, decimals = 6, when } of form.spec) {
    if (formula !== '') {
      const value = calculator.or(calculator.round(amount(formula), decimals), calculator.nothing())
      calculator.figure(`spec ${id}`, whenever(when, value, calculator.nothing()))
    } else if (form.numbers.has(group))
      calculator.figure(`spec ${id}`, whenever(when, calculator.cell(group), calculator.nothing()))
  }
  for (const [part, pieces] of partsOf()) calculator.figure(`part ${part}`, calculator.round(calculator.sum(pieces), 6))

  function lineOf(price: FormPrice): { amount: Value; asked?: Value } {
    const [of = ''] = price.of
    const minor = (major: number) => calculator.round(times(calculator.number(major), 10 ** form.digits), 0)
    switch (price.kind) {
      case 'base':
      case 'bundle':
        return { amount: minor(price.amount!) }
      case 'options': {
        const priced = form.options.filter(({ values }) => values.has(price.column)).map(({ id }) => id)
        const open = form.options.filter(option => option.asked.has(price.column)).map(({ id }) => id)
        return {
          amount: calculator.round(times(calculator.total(price.column, priced), 10 ** form.digits), 0),
          ...(open.length > 0 && { asked: calculator.count(open) }),
        }
      }
      case 'quantity':
        return { amount: calculator.round(calculator.infix('*', minor(price.amount!), calculator.cell(of)), 0) }
      case 'formula': {
        const value = calculator.round(amount(price.formula), 0)
        return { amount: calculator.or(value, zero), asked: calculator.failed(value) }
      }
      case 'tier':
        return tiered(price, of, minor)
      case 'surcharge': {
        const earlier = [...lines].filter(([id]) => price.of.length === 0 || price.of.includes(id)).map(([, line]) => line)
        return { amount: percentOf(calculator.sum([zero, ...earlier]), price.percent!) }
      }
      case 'on-request':
        return { amount: zero, asked: calculator.number(1) }
      default:
        throw new Error(`The recomputation does not know prices of the kind ${price.kind}`)
    }
  }

  function tiered({ tiers, mode }: FormPrice, of: string, minor: (major: number) => Value) {
    const value = calculator.cell(of)
    const isNone = calculator.compare('==', value, zero)
    let line = zero
    let beyond = tiers.at(-1)!.upTo === undefined ? zero : calculator.number(1)
    for (const tier of tiers.toReversed()) {
      const here = mode === 'each' ? calculator.round(calculator.infix('*', minor(tier.amount), value), 0) : minor(tier.amount)
      if (tier.upTo === undefined) line = here
      else {
        const within = calculator.compare('<=', value, calculator.number(tier.upTo))
        line = calculator.choose(within, here, line)
        beyond = calculator.choose(within, zero, beyond)
      }
    }
    return { amount: calculator.choose(isNone, zero, line), asked: calculator.choose(isNone, zero, beyond) }
  }

  function percentOf(base: Value, percent: number): Value {
    return calculator.round(
      calculator.infix('/', calculator.infix('*', base, calculator.number(percent)), calculator.number(100)),
      0,
    )
  }

  function times(value: Value, factor: number): Value {
    return calculator.infix('*', value, calculator.number(factor))
  }

  /** Pieces by part and unit: of the options that have a part number, then of the sheet of parts. */
  function partsOf(): Map<string, Value[]> {
    const parts = new Map<string, Value[]>()
    const add = (key: string, pieces: Value) => parts.set(key, [...(parts.get(key) ?? []), pieces])
    for (const { id, part } of form.options) if (part !== '') add(part, calculator.cell(id))
    for (const { part, unit, quantity, when } of form.parts) {
      const pieces = quantity === '' ? calculator.number(1) : calculator.or(amount(quantity), zero)
      const some = calculator.choose(calculator.compare('>', pieces, zero), pieces, zero)
      add(`${part} ${unit}`.trim(), whenever(when, some, zero))
    }
    return parts
  }
}

/** What formulas mean: as a number, and as a truth. */
function meanings<Value>({ options, groups, numbers }: ExportedForm, calculator: Calculator<Value>) {
  const everything = options.map(({ id }) => id)
  const known = new Set(everything)
  const carrying = (heading: string, names: readonly string[]) =>
    names.filter(id => options.find(option => option.id === id)!.values.has(heading))
  const meant = (names: readonly string[]): string[] => {
    const found = new Set(names.flatMap(name => (known.has(name) ? [name] : (groups.get(name) ?? failWith(name)))))
    return everything.filter(id => found.has(id))
  }
  return {
    amount: (formula: string) => amount(readFormulaText(formula)),
    truth: (formula: string) => truth(readFormulaText(formula)),
  }

  function amount(formula: Formula): Value {
    switch (formula.is) {
      case 'number':
        return calculator.number(formula.text)
      case 'name': {
        const { name, attribute } = formula
        if (attribute !== undefined) return total(`属性 ${attribute}`, meant([name]))
        return known.has(name) || numbers.has(name) ? calculator.cell(name) : calculator.count(meant([name]))
      }
      case 'call':
        return called(formula.of, formula.names)
      case 'prefix':
        if (formula.sign === '-') return calculator.infix('-', calculator.number(0), amount(formula.operand))
        break
      case 'infix':
        if (isArithmetic(formula.sign)) return calculator.infix(formula.sign, amount(formula.left), amount(formula.right))
    }
    throw new Error(`No number: ${JSON.stringify(formula)}`)
  }

  function called(of: string, names: readonly string[]): Value {
    const [first = '', ...rest] = names
    const among = rest.length === 0 ? everything : meant(rest)
    if (of === 'count') return calculator.count(meant(names))
    if (of === 'sum') return total(`属性 ${first}`, among)
    if (of === 'offered') return total(`提供 ${first}`, everything)
    if (of === 'taken') return total(`占用 ${first}`, everything)
    return calculator.extreme(of === 'max' ? 'MAX' : 'MIN', `属性 ${first}`, carrying(`属性 ${first}`, among))
  }

  function total(heading: string, names: readonly string[]): Value {
    return calculator.total(heading, carrying(heading, names))
  }

  function truth(formula: Formula): Value {
    if (formula.is === 'truth') return calculator.truth(formula.value)
    if (formula.is === 'name' && formula.attribute === undefined)
      return calculator.compare('>', calculator.count(meant([formula.name])), calculator.number(0))
    if (formula.is === 'prefix' && formula.sign === '!') return calculator.not(truth(formula.operand))
    if (formula.is === 'infix') {
      const { sign, left, right } = formula
      if (sign === '&') return calculator.all([truth(left), truth(right)])
      if (sign === '|') return calculator.any([truth(left), truth(right)])
      if (sign === '=>') return calculator.any([calculator.not(truth(left)), truth(right)])
      if (sign === '<=>') return calculator.same(truth(left), truth(right))
      if (isComparison(sign)) return calculator.compare(sign, amount(left), amount(right))
    }
    throw new Error(`No truth: ${JSON.stringify(formula)}`)
  }
}

const isArithmetic = (sign: string): sign is '+' | '-' | '*' | '/' => '+-*/'.includes(sign)
const isComparison = (sign: string): sign is '<' | '<=' | '>' | '>=' | '==' | '!=' =>
  ['<', '<=', '>', '>=', '==', '!='].includes(sign)

function failWith(name: string): never {
  throw new Error(`The form has no option or group "${name}"`)
}
