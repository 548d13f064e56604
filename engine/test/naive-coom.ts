import type { Condition, CoomFile, Feature, Formula, Path, Rule } from '../src/formats/coom/syntax.ts'

/**
 * What a COOM file means, read straight off the file with no thought of speed: the measure for the importer.
 * A rule is broken where all it speaks of is there and it does not hold; sums leave out what is not there.
 */
export type Item =
  | { kind: 'part'; structure: string; features: Map<string, Item[]> }
  | { kind: 'option'; enumeration: string; name: string }
  | { kind: 'number'; value: number }
export type PartItem = Extract<Item, { kind: 'part' }>

/** Every configuration of a structure by its cardinalities and ranges alone; throws beyond `limit`. */
export function configurations(file: CoomFile, structure: string, limit: number): PartItem[] {
  let found: PartItem[] = [{ kind: 'part', structure, features: new Map() }]
  for (const feature of file.structures.get(structure)!.features.values()) {
    const kinds = kindsOf(file, feature, limit)
    const ways = multisets(kinds, feature.min, feature.max ?? 3)
    found = found.flatMap(part => ways.map(way => ({ ...part, features: new Map(part.features).set(feature.name, way) })))
    if (found.length > limit) throw new Error(`more than ${limit} configurations`)
  }
  return found
}

function kindsOf(file: CoomFile, { type }: Feature, limit: number): Item[] {
  if (type.kind === 'ignored') return []
  if (type.kind === 'number') {
    const values: Item[] = []
    for (let value = Number(type.min); value <= Number(type.max); value++) values.push({ kind: 'number', value })
    return values
  }
  const enumeration = type.name === 'Bool' ? ['True', 'False'] : file.enumerations.get(type.name)?.options.keys()
  if (enumeration) return [...enumeration].map((name): Item => ({ kind: 'option', enumeration: type.name, name }))
  return configurations(file, type.name, limit)
}

function multisets(kinds: Item[], min: number, max: number): Item[][] {
  let found: Item[][] = [[]]
  for (const kind of kinds) {
    found = found.flatMap(before =>
      Array.from({ length: max - before.length + 1 }, (_, n) => [...before, ...Array.from({ length: n }, () => kind)]),
    )
  }
  return found.filter(items => items.length >= min)
}

/** One text for all configurations that differ only in the order of their instances. */
export function canonical(item: Item): string {
  if (item.kind === 'option') return item.name
  if (item.kind === 'number') return String(item.value)
  const inside = [...item.features].filter(([, items]) => items.length > 0)
  return `{${inside.map(([name, items]) => `${name}: ${items.map(canonical).sort().join(' ')}`).join(', ')}}`
}

export function keepsRules(file: CoomFile, root: PartItem): boolean {
  return file.rules.every(rule => partsOf(root, rule.structure).every(part => keeps(file, root, part, rule)))
}

function partsOf(item: Item, structure: string): PartItem[] {
  if (item.kind !== 'part') return []
  const inside = [...item.features.values()].flat().flatMap(one => partsOf(one, structure))
  return item.structure === structure ? [item, ...inside] : inside
}

type Known = number | string | undefined

function keeps(file: CoomFile, root: PartItem, part: PartItem, rule: Rule): boolean {
  const { statement } = rule
  const paths: Extract<Formula, { op: 'path' }>[] = []
  const implied: Formula | undefined = statement.kind === 'imply' ? { op: 'path', path: statement.path, at: '' } : undefined
  const heads: Formula[] = rule.conditions.flatMap(sides)
  if (statement.kind === 'require') heads.push(...sides(statement.condition))
  if (statement.kind === 'imply') heads.push(implied!, statement.formula)
  if (statement.kind === 'combinations') heads.push(...statement.columns)
  for (const head of heads) outsideAggregates(head, paths)

  const values = new Map<Formula, Known>()
  const each = (at: number): boolean => {
    const path = paths[at]
    if (path) {
      const found = follow(file, root, part, path.path)
      const all: Known[] = found.length > 0 ? found : [undefined]
      return all.every(value => {
        values.set(path, value)
        return each(at + 1)
      })
    }
    const of = (formula: Formula) => value(file, root, part, formula, values)
    if (!rule.conditions.every(condition => defined(condition, of) && truth(condition, of))) return true
    if (statement.kind === 'require') return !defined(statement.condition, of) || truth(statement.condition, of)
    if (statement.kind === 'imply') {
      const [left, right] = [of(implied!), of(statement.formula)]
      return left === undefined || right === undefined || left === right
    }
    if (statement.kind !== 'combinations') return true
    const columns = statement.columns.map(of)
    if (columns.includes(undefined)) return true
    const matches = (allow: boolean) =>
      statement.rows.some(
        row =>
          row.allow === allow &&
          row.cells.every((cell, i) => !cell || cell.some(one => compare(columns[i]!, one.sign, content(one.formula)))),
      )
    const onlyForbids = statement.rows.length > 0 && statement.rows.every(row => !row.allow)
    return (onlyForbids || matches(true)) && !matches(false)
  }
  return each(0)
}

const content = (formula: Formula) =>
  formula.op === 'number'
    ? Number(formula.text)
    : formula.op === 'path'
      ? formula.path.items[0]!.name
      : (formula as { text: string }).text

function sides(condition: Condition): Formula[] {
  if (condition.op === 'not') return sides(condition.arg)
  if (condition.op === 'compare') return [condition.first, ...condition.rest.map(({ formula }) => formula)]
  return condition.args.flatMap(sides)
}

function outsideAggregates(formula: Formula, into: Extract<Formula, { op: 'path' }>[]): void {
  if (formula.op === 'path') into.push(formula)
  else if (formula.op === 'negate') outsideAggregates(formula.arg, into)
  else if ('left' in formula) {
    outsideAggregates(formula.left, into)
    outsideAggregates(formula.right, into)
  }
}

/** The values a path leads to; parts have none, and count as 1. */
function follow(file: CoomFile, root: PartItem, from: PartItem, { items }: Path): (number | string)[] {
  let found: (Item | number | string)[] = [from]
  const isFeature = (name: string) => file.structures.get(from.structure)!.features.has(name)
  if (items.length === 1 && !isFeature(items[0]!.name)) return [items[0]!.name]
  for (const [i, { name }] of items.entries()) {
    if (i === 0 && name === 'root' && !isFeature(name)) {
      found = [root]
      continue
    }
    found = found.flatMap((one): (Item | number | string)[] => {
      if (typeof one !== 'object') return []
      if (one.kind === 'part') return one.features.get(name) ?? []
      if (one.kind !== 'option') return []
      const enumeration = file.enumerations.get(one.enumeration)
      const place = enumeration?.attributes.findIndex(attribute => attribute.name === name) ?? -1
      const written = enumeration?.options.get(one.name)?.values[place]
      if (!written) return []
      return [written.kind === 'number' ? Number(written.text) : written.text]
    })
  }
  return found.map(one =>
    typeof one !== 'object' ? one : one.kind === 'option' ? one.name : one.kind === 'number' ? one.value : 1,
  )
}

function value(file: CoomFile, root: PartItem, part: PartItem, formula: Formula, values: Map<Formula, Known>): Known {
  const of = (formula: Formula) => value(file, root, part, formula, values)
  switch (formula.op) {
    case 'number':
      return Number(formula.text)
    case 'text':
      return formula.text
    case 'path':
      return values.get(formula)
    case 'aggregate': {
      const all = formula.args.flatMap(arg => (arg.op === 'path' ? follow(file, root, part, arg.path) : []))
      const numbers = all as number[]
      if (formula.of === 'count') return all.length
      if (formula.of === 'min') return Math.min(...numbers)
      if (formula.of === 'max') return Math.max(...numbers)
      const sum = numbers.reduce((a, b) => a + b, 0)
      return formula.of === 'sum' ? sum : numbers.length > 0 ? sum / numbers.length : undefined
    }
    case 'negate': {
      const arg = of(formula.arg)
      return arg === undefined ? undefined : -arg
    }
    case '+':
    case '-': {
      const [left, right] = [of(formula.left) as number | undefined, of(formula.right) as number | undefined]
      if (left === undefined && right === undefined) return undefined
      return (left ?? 0) + (formula.op === '+' ? 1 : -1) * (right ?? 0)
    }
    case '*': {
      const [left, right] = [of(formula.left), of(formula.right)]
      return left === undefined || right === undefined ? undefined : (left as number) * (right as number)
    }
    default:
      throw new Error(formula.op)
  }
}

function defined(condition: Condition, of: (formula: Formula) => Known): boolean {
  return sides(condition).every(formula => of(formula) !== undefined)
}

function truth(condition: Condition, of: (formula: Formula) => Known): boolean {
  switch (condition.op) {
    case 'not':
      return !truth(condition.arg, of)
    case 'and':
      return condition.args.every(arg => truth(arg, of))
    case 'or':
      return condition.args.some(arg => truth(arg, of))
    case 'compare': {
      const all = [condition.first, ...condition.rest.map(({ formula }) => formula)].map(of)
      if (condition.rest.length === 0) return all[0] === 'True'
      return condition.rest.every(({ sign }, i) => compare(all[i]!, sign, all[i + 1]!))
    }
  }
}

function compare(a: number | string, sign: string, b: number | string): boolean {
  switch (sign) {
    case '==':
      return a === b
    case '!=':
      return a !== b
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    default:
      return a >= b
  }
}
