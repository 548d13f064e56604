import type { Calculator } from './calculator.ts'
import type { ExportedForm } from './exported-form.ts'
import { recompute } from './recompute.ts'

/** What is chosen, by id of options and numbers. */
export type Choices = ReadonlyMap<string, number>

interface Fraction {
  above: bigint
  below: bigint
}
/** undefined: something was divided by zero, or there is nothing */
type Value = Fraction | boolean | undefined

/** The figures of a form for one selection, computed with exact fractions; undefined: no value. */
export function figuresInFractions(form: ExportedForm, choices: Choices): Map<string, number | undefined> {
  const figures = new Map<string, number | undefined>()
  recompute(form, calculatorFor(form, choices, figures))
  return figures
}

function calculatorFor({ options }: ExportedForm, choices: Choices, figures: Map<string, number | undefined>): Calculator<Value> {
  const values = new Map(options.map(option => [option.id, option.values]))
  const carried = (heading: string, ids: readonly string[]) =>
    ids.filter(id => choices.has(id)).map(id => ({ value: read(values.get(id)!.get(heading)!), pieces: read(choices.get(id)!) }))
  const infix = (sign: '+' | '-' | '*' | '/', left: Value, right: Value): Value => {
    if (!isNumber(left) || !isNumber(right)) return undefined
    const [a, b, c, d] = [left.above, left.below, right.above, right.below]
    if (sign === '*') return { above: a * c, below: b * d }
    if (sign === '/') return c === 0n ? undefined : { above: a * d * (c < 0n ? -1n : 1n), below: b * (c < 0n ? -c : c) }
    return { above: sign === '+' ? a * d + c * b : a * d - c * b, below: b * d }
  }
  const sum = (all: readonly Value[]) => all.reduce((left, right) => infix('+', left, right), read(0))
  return {
    number: read,
    truth: value => value,
    cell: id => read(choices.get(id) ?? 0),
    count: ids => read(ids.filter(id => choices.has(id)).length),
    total: (heading, ids) => sum(carried(heading, ids).map(({ value, pieces }) => infix('*', value, pieces))),
    extreme: (which, heading, ids) =>
      carried(heading, ids)
        .map(({ value }) => value)
        .sort((a, b) => order(a, b) * (which === 'MAX' ? -1 : 1))[0] ?? read(0),
    infix,
    compare: (sign, left, right) => isNumber(left) && isNumber(right) && holds[sign](order(left, right)),
    not: value => !value,
    all: all => all.every(Boolean),
    any: all => all.some(Boolean),
    same: (left, right) => left === right,
    choose: (condition, yes, no) => (condition ? yes : no),
    round: (value, digits) => (isNumber(value) ? rounded(value, digits) : undefined),
    sum,
    failed: value => read(value === undefined ? 1 : 0),
    or: (value, other) => value ?? other,
    nothing: () => undefined,
    figure: (name, value) => {
      figures.set(name, isNumber(value) ? Number(value.above) / Number(value.below) : undefined)
      return value
    },
  }
}

const isNumber = (value: Value): value is Fraction => typeof value === 'object'

function order(left: Fraction, right: Fraction): number {
  const difference = left.above * right.below - right.above * left.below
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

const holds = {
  '<': (sign: number) => sign < 0,
  '<=': (sign: number) => sign <= 0,
  '>': (sign: number) => sign > 0,
  '>=': (sign: number) => sign >= 0,
  '==': (sign: number) => sign === 0,
  '!=': (sign: number) => sign !== 0,
}

function rounded({ above, below }: Fraction, digits: number): Fraction {
  const scale = 10n ** BigInt(digits)
  const size = (above < 0n ? -above : above) * scale
  const whole = size / below + (2n * (size % below) >= below ? 1n : 0n)
  return { above: above < 0n ? -whole : whole, below: scale }
}

/** As it is written: 0.1 is one tenth. */
function read(value: number | string): Fraction {
  const [, sign = '', whole = '', point = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(String(value)) ?? []
  if (whole === '') throw new Error(`No number: ${value}`)
  const places = point.length - Number(power)
  const above = BigInt(`${sign}${whole}${point}`)
  return places >= 0 ? { above, below: 10n ** BigInt(places) } : { above: above * 10n ** BigInt(-places), below: 1n }
}
