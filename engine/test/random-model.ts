import fc from 'fast-check'
import type {
  Cell,
  Constraint,
  Decision,
  Default,
  Example,
  Group,
  LocalizedText,
  Model,
  Option,
  PriceRule,
} from '../src/model.ts'
import { gridOf, gridValues, indexModel, optionsOf, quantityGrid } from '../src/model-index.ts'

/** How large a random model may get. */
export interface Size {
  groups: number
  options: number
  constraints: number
  /** values of a number group, pieces of an option */
  values: number
}

export const small: Size = { groups: 4, options: 3, constraints: 4, values: 4 }

/** Small valid models that use every feature of the format: each with a few groups, so that all selections can be listed. */
export function randomModel(size: Partial<Size> = {}): fc.Arbitrary<Model> {
  return fc.gen().map(gen => new Draw(gen).model({ ...small, ...size }))
}

/** Two models that have many of their ids in common. */
export function twoRandomModels(size: Partial<Size> = {}): fc.Arbitrary<[Model, Model]> {
  return fc.gen().map(gen => {
    const draw = new Draw(gen)
    return [draw.model({ ...small, ...size }), draw.model({ ...small, ...size })]
  })
}

/** A model with decisions that each make sense alone; together they may contradict. */
export function randomModelAndDecisions(
  size: Partial<Size> = {},
  most = 4,
): fc.Arbitrary<{ model: Model; decisions: Decision[] }> {
  return fc.gen().map(gen => {
    const draw = new Draw(gen)
    const model = draw.model({ ...small, ...size })
    const decisions: Decision[] = []
    for (const decision of Array.from({ length: draw.int(0, most) }, () => draw.decision(model))) {
      if (!decisions.some(other => subject(other) === subject(decision))) decisions.push(decision)
    }
    return { model, decisions }
  })
}

/** One decision about a model: any option, quantity or number, its value on the grid. */
export function randomDecision(model: Model): fc.Arbitrary<Decision> {
  return fc.gen().map(gen => new Draw(gen).decision(model))
}

function subject(decision: Decision): string {
  return 'number' in decision ? decision.number : decision.option
}

type Gen = <T, A extends unknown[]>(arbitrary: (...args: A) => fc.Arbitrary<T>, ...args: A) => T

/** Draws a model piece by piece; fast-check shrinks the draws. */
class Draw {
  gen: Gen
  constructor(gen: Gen) {
    this.gen = gen
  }

  int(min: number, max: number): number {
    return this.gen(fc.integer, { min, max })
  }

  one<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T
  }

  /** true once in `times` */
  rarely(times: number): boolean {
    return this.int(0, times - 1) === times - 1
  }

  some<T>(list: readonly T[], least: number): T[] {
    const chosen = list.filter(() => this.rarely(2))
    return chosen.length >= least ? chosen : list.slice(0, Math.max(least, chosen.length))
  }

  model(size: Size): Model {
    const model: Model = {
      format: 'fettle-model/1',
      id: 'random',
      version: '1',
      name: label('random'),
      currency: 'CNY',
      attributes: [
        { id: 'power', name: label('power'), unit: 'W', decimals: 0 },
        { id: 'mass', name: label('mass'), unit: 'kg', decimals: 1 },
        { id: 'points', name: label('points') },
      ],
      interfaces: [{ id: 'slot', name: label('slot') }],
      groups: [],
      constraints: [],
    }
    const count = this.int(1, size.groups)
    for (let i = 0; i < count; i++) model.groups.push(this.group(i, model.groups, size))
    if (model.groups.length > 1 && this.rarely(4)) model.groups.reverse()
    const constraints = this.int(0, size.constraints)
    for (let i = 0; i < constraints; i++) model.constraints.push(this.constraint(`c${i}`, model))
    const defaults = this.int(0, 3)
    if (defaults > 0)
      model.defaults = Array.from({ length: defaults }, (): Default => ({ ...this.when(model), ...this.decision(model) }))
    if (!this.rarely(5)) model.prices = this.prices(model)
    if (this.rarely(2)) model.tax = { name: label('VAT'), percent: this.one([13, 6, 0, 8.75]) }
    if (this.rarely(3)) model.examples = [this.example(model)]
    if (this.rarely(3)) model.objectives = [{ goal: this.one(['least', 'greatest']), of: 'sum(power)' }]
    return model
  }

  group(i: number, before: Group[], size: Size): Group {
    const owners = before.flatMap(group => optionsOf(group).map(({ id }) => id))
    const parent = owners.length > 0 && this.rarely(3) ? { parent: this.one(owners) } : {}
    const base = { id: `g${i}`, name: label(`g${i}`), ...parent }
    const options = (least: number) =>
      Array.from({ length: this.int(least, size.options) }, (_, j) => this.option(`o${i}_${j}`, size))
    switch (this.int(0, 4)) {
      case 0:
        return { ...base, kind: 'yes-no', option: this.option(`o${i}_0`, size) }
      case 1: {
        const list = options(1)
        const max = this.int(1, list.length)
        return { ...base, kind: 'choose-some', ...(this.rarely(2) && { min: this.int(0, max), max }), options: list }
      }
      case 2: {
        const [min, step] = this.one([
          [0, 1],
          [-2, 1],
          [1, 2],
          [0.5, 0.5],
          [0.1, 0.3],
          [-1.25, 1.25],
        ] as const)
        const max = Number((min + step * this.int(0, size.values - 1) + (this.rarely(3) ? step / 2 : 0)).toFixed(3))
        return { ...base, kind: 'number', min, max, ...(step !== 1 && { step }), ...(this.rarely(3) && { unit: 'kg' }) }
      }
      default:
        return { ...base, kind: 'choose-one', ...(this.rarely(3) && { optional: true }), options: options(1) }
    }
  }

  option(id: string, size: Size): Option {
    const option: Option = { id, name: label(id) }
    const attributes: Record<string, number> = {}
    if (this.rarely(2)) attributes.power = this.int(-2, 6)
    if (this.rarely(2)) attributes.mass = this.int(0, 30) / 10
    if (this.rarely(3)) attributes.points = this.int(0, 500) / 100
    if (Object.keys(attributes).length > 0) option.attributes = attributes
    switch (this.int(0, 7)) {
      case 6:
        option.offers = { slot: this.int(1, 3) }
        break
      case 7:
        option.takes = { slot: this.int(1, 2) }
    }
    if (this.rarely(4)) {
      const min = this.int(1, 2)
      const step = this.int(1, 2)
      option.quantity = { min, max: min + step * this.int(0, Math.max(0, size.values - 2)), ...(step > 1 && { step }) }
    }
    return option
  }

  constraint(id: string, model: Model): Constraint {
    const base = { id, message: label(id), ...this.when(model) }
    const options = optionIds(model)
    const kind = this.int(0, 7)
    if (kind === 1 && options.length >= 2) {
      const chosen = this.some(options, 2)
      return { ...base, kind: 'excludes', options: chosen }
    }
    if (kind === 2 || kind === 3) {
      const table = this.table(base, model)
      if (table) return table
    }
    if (kind === 4) return { ...base, kind: 'capacity', interface: 'slot' }
    if (kind === 5) return { ...base, kind: 'requires', if: this.logic(model, 1), then: this.logic(model, 2) }
    if (kind === 7 && options.length > 0)
      return { ...base, kind: 'clause', chosen: this.some(options, 0), not: this.some(options, 0).slice(0, 2) }
    return { ...base, kind: 'formula', formula: this.rarely(2) ? this.comparison(model) : this.logic(model, 2) }
  }

  table(base: { id: string }, model: Model): Constraint | undefined {
    const columns = [
      ...model.groups.filter(({ kind }) => kind === 'choose-one' || kind === 'number').map(({ id }) => id),
      ...optionIds(model).filter(() => this.rarely(4)),
    ].slice(0, 5)
    if (columns.length === 0) return undefined
    const used = this.some(columns, 1).slice(0, 3)
    const rows = Array.from({ length: this.int(1, 4) }, () => used.map(column => this.cell(column, model)))
    return { ...base, kind: 'table', columns: used, rows, ...(this.rarely(3) && { mode: 'forbidden' as const }) }
  }

  cell(column: string, model: Model): Cell {
    if (this.rarely(5)) return '*'
    const group = model.groups.find(({ id }) => id === column)
    if (group === undefined) return this.rarely(2)
    if (group.kind === 'number') {
      const values = gridValues(gridOf(group))
      if (this.rarely(3)) return this.some(values, 1)
      if (this.rarely(2)) return this.one(values)
      const [a, b] = [this.one(values), this.one(values)].sort((x, y) => x - y) as [number, number]
      return this.one<Cell>([{ min: a, max: b }, { min: a }, { max: b }])
    }
    const ids = optionsOf(group).map(({ id }) => id)
    return this.rarely(3) ? this.some(ids, 1) : this.one(ids)
  }

  when(model: Model): { when?: string } {
    return this.rarely(4) ? { when: this.rarely(3) ? this.comparison(model) : this.logic(model, 1) } : {}
  }

  logic(model: Model, depth: number): string {
    const options = optionIds(model)
    if (depth === 0 || this.rarely(3)) {
      if (options.length === 0 || this.rarely(6)) return this.comparison(model)
      const groups = model.groups.filter(({ kind }) => kind !== 'number').map(({ id }) => id)
      return this.rarely(6) ? this.one(groups) : this.one(options)
    }
    const left = this.logic(model, depth - 1)
    switch (this.int(0, 4)) {
      case 0:
        return `!(${left})`
      case 1:
        return `(${left}) & (${this.logic(model, depth - 1)})`
      case 2:
        return `(${left}) | (${this.logic(model, depth - 1)})`
      case 3:
        return `(${left}) => (${this.logic(model, depth - 1)})`
      default:
        return `(${left}) <=> (${this.logic(model, depth - 1)})`
    }
  }

  comparison(model: Model): string {
    const unit = this.one(['', 'W', 'kg'])
    const left = this.arithmetic(model, unit, 2)
    const right = this.rarely(2) ? this.arithmetic(model, unit, 1) : this.literal()
    return `${left} ${this.one(['<=', '<', '>=', '>', '==', '!='])} ${right}`
  }

  /** A term of the given unit. */
  arithmetic(model: Model, unit: string, depth: number): string {
    if (depth > 0 && this.rarely(2)) {
      const left = this.arithmetic(model, unit, depth - 1)
      switch (this.int(0, 4)) {
        case 0:
          return `(${left} * ${this.arithmetic(model, '', depth - 1)})`
        case 1:
          return `(${left} - ${this.arithmetic(model, unit, depth - 1)})`
        case 2:
          return `(${left} / ${this.rarely(2) ? this.arithmetic(model, '', depth - 1) : this.literal()})`
        case 3:
          return `-${left}`
        default:
          return `(${left} + ${this.arithmetic(model, unit, depth - 1)})`
      }
    }
    const options = optionIds(model)
    const attribute = { '': 'points', W: 'power', kg: 'mass' }[unit]!
    const numbers = model.groups.flatMap(group => (group.kind === 'number' && (group.unit ?? '') === unit ? [group.id] : []))
    const carriers = model.groups.flatMap(group =>
      optionsOf(group).flatMap(({ id, attributes }) => (attributes?.[attribute] === undefined ? [] : [id])),
    )
    const groups = model.groups.filter(({ kind }) => kind !== 'number').map(({ id }) => id)
    const terms: (() => string)[] = [() => `sum(${attribute})`]
    if (carriers.length > 0)
      terms.push(
        () => `${this.one(carriers)}.${attribute}`,
        () => `max(${attribute})`,
        () => `min(${attribute}, ${this.some(options, 1).join(', ')})`,
      )
    if (groups.length > 0) terms.push(() => `sum(${attribute}, ${this.some(groups, 1).join(', ')})`)
    if (numbers.length > 0)
      terms.push(
        () => this.one(numbers),
        () => this.one(numbers),
      )
    if (unit === '') {
      terms.push(
        () => this.literal(),
        () => `offered(slot)`,
        () => `taken(slot)`,
      )
      if (options.length > 0)
        terms.push(
          () => this.one(options),
          () => `count(${this.some(options, 1).join(', ')})`,
          () => this.one(groups),
        )
    }
    return this.one(terms)()
  }

  literal(): string {
    return this.one(['0', '1', '2', '3', '-1', '0.5', '2.5', '7', '1.2'])
  }

  decision(model: Model): Decision {
    const numbers = model.groups.filter(group => group.kind === 'number')
    const options = optionIds(model)
    if (options.length === 0 || (numbers.length > 0 && this.rarely(4))) {
      const group = this.one(numbers)
      return { number: group.id, value: this.one(gridValues(gridOf(group))) }
    }
    const id = this.one(options)
    const option = model.groups.flatMap(optionsOf).find(one => one.id === id)!
    if (option.quantity && this.rarely(2)) return { option: id, quantity: this.one(gridValues(quantityGrid(option))) }
    return { option: id, chosen: !this.rarely(3) }
  }

  example(model: Model): Example {
    const decisions = Array.from({ length: this.int(1, 3) }, () => this.decision(model))
    return { id: 'e0', ...(this.rarely(2) && { name: label('e0') }), decisions, expect: this.one(['possible', 'impossible']) }
  }

  prices(model: Model): PriceRule[] {
    const rules: PriceRule[] = []
    const options = optionIds(model)
    const numbers = [...indexModel(model).grids.keys()]
    const count = this.int(1, 5)
    for (let i = 0; i < count; i++) {
      const base = { id: `p${i}`, ...this.when(model) }
      switch (this.int(0, 8)) {
        case 0:
          rules.push({ ...base, kind: 'base', amount: this.int(0, 10_000) })
          break
        case 1:
          if (numbers.length > 0) rules.push({ ...base, kind: 'quantity', of: this.one(numbers), amount: this.int(-50, 500) })
          break
        case 2:
          rules.push({ ...base, kind: 'formula', formula: this.arithmetic(model, this.one(['', 'W', 'kg']), 2) })
          break
        case 3: {
          const of = [...numbers, ...options]
          const tiers = [
            { upTo: 1, amount: this.int(0, 200) },
            { upTo: 2.5, amount: this.int(0, 200) },
            ...(this.rarely(2) ? [{ amount: this.int(0, 200) }] : []),
          ]
          if (of.length > 0)
            rules.push({ ...base, kind: 'tier', of: this.one(of), mode: this.one(['each', 'flat'] as const), tiers })
          break
        }
        case 4:
          rules.push({ ...base, when: base.when ?? this.logic(model, 1), kind: 'bundle', amount: this.int(-300, 0) })
          break
        case 5: {
          const earlier = rules.map(({ id }) => id)
          const of = earlier.length > 0 && this.rarely(3) ? { of: this.some(earlier, 1) } : {}
          rules.push({ ...base, kind: 'surcharge', percent: this.one([5, -3, 12.5, 0.75]), ...of })
          break
        }
        case 6:
          rules.push({ ...base, when: base.when ?? this.logic(model, 2), kind: 'on-request' })
          break
        default:
          if (options.length > 0) {
            const amounts = this.some(options, 1).map(id => [id, this.rarely(12) ? null : this.int(-100, 3000)] as const)
            rules.push({ ...base, kind: 'options', amounts: Object.fromEntries(amounts) })
          }
      }
    }
    return rules.length > 0 ? rules : [{ id: 'p', kind: 'base', amount: 100 }]
  }
}

function optionIds(model: Model): string[] {
  return model.groups.flatMap(group => optionsOf(group).map(({ id }) => id))
}

function label(name: string): LocalizedText {
  return { 'zh-CN': name, en: name }
}
