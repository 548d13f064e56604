import type { Expression, Feature, FeatureTree } from '../src/formats/tree/feature-tree.ts'

/**
 * What a feature tree means, read straight off the tree with no thought of speed: the measure for the importers.
 * A configuration gives every chosen feature its number of instances, and every chosen Integer or Real feature its value.
 */
export interface Configuration {
  chosen: Map<string, number>
  values: Map<string, number>
}

export function isValid(tree: FeatureTree, configuration: Configuration): boolean {
  if (!configuration.chosen.has(tree.root.name)) return false
  if (!shapeHolds(tree.root, configuration)) return false
  return tree.constraints.every(({ expression }) => truth(expression, tree, configuration).mayHold)
}

export function allFeatures(root: Feature): Feature[] {
  return [root, ...root.groups.flatMap(group => group.features.flatMap(allFeatures))]
}

/** Instances are independent only without children and values of their own; others are imported as one. */
export function instances(feature: Feature): { min: number; max: number } {
  const { cardinality } = feature
  const inside = feature.groups.length > 0 || feature.type === 'integer' || feature.type === 'real'
  if (!cardinality || inside) return { min: cardinality?.max === 0 ? 0 : 1, max: cardinality?.max === 0 ? 0 : 1 }
  return { min: Math.max(cardinality.max === 0 ? 0 : 1, cardinality.min), max: cardinality.max ?? 100 }
}

function shapeHolds(feature: Feature, configuration: Configuration): boolean {
  const count = configuration.chosen.get(feature.name)
  if (count !== undefined && (count < Math.max(1, instances(feature).min) || count > instances(feature).max)) return false
  return feature.groups.every(group => {
    const chosen = group.features.filter(child => configuration.chosen.has(child.name))
    if (count === undefined && chosen.length > 0) return false
    if (count !== undefined) {
      const n = chosen.length
      const must = group.features.filter(child => child.cardinality?.min !== 0)
      if (group.kind === 'mandatory' && !must.every(child => configuration.chosen.has(child.name))) return false
      if (group.kind === 'or' && n < 1) return false
      if (group.kind === 'alternative' && n !== 1) return false
      if (group.kind === 'cardinality' && (n < group.min || n > (group.max ?? Infinity))) return false
    }
    return group.features.every(child => shapeHolds(child, configuration))
  })
}

/** Where a text or an average decides, both may be. */
interface Truth {
  mayHold: boolean
  mayFail: boolean
}

const certain = (value: boolean): Truth => ({ mayHold: value, mayFail: !value })
const either: Truth = { mayHold: true, mayFail: true }
const not = (a: Truth): Truth => ({ mayHold: a.mayFail, mayFail: a.mayHold })
const both = (a: Truth, b: Truth): Truth => ({ mayHold: a.mayHold && b.mayHold, mayFail: a.mayFail || b.mayFail })
const or = (a: Truth, b: Truth): Truth => not(both(not(a), not(b)))

function truth(e: Expression, tree: FeatureTree, c: Configuration): Truth {
  const of = (part: Expression) => truth(part, tree, c)
  switch (e.op) {
    case 'boolean':
      return certain(e.value)
    case 'name': {
      const { feature, attribute } = find(tree, e.path)
      if (!feature) throw new Error(`no ${e.path}`)
      const flag = attribute === undefined ? true : feature.attributes.get(attribute)
      return certain(
        c.chosen.has(feature.name) && (flag === true || (typeof flag === 'object' && flag.kind === 'boolean' && flag.value)),
      )
    }
    case 'not':
      return not(of(e.arg))
    case 'and':
      return e.args.map(of).reduce(both)
    case 'or':
      return e.args.map(of).reduce(or)
    case 'implies':
      return or(not(of(e.left)), of(e.right))
    case 'iff': {
      const [l, r] = [of(e.left), of(e.right)]
      return {
        mayHold: (l.mayHold && r.mayHold) || (l.mayFail && r.mayFail),
        mayFail: (l.mayHold && r.mayFail) || (l.mayFail && r.mayHold),
      }
    }
    case 'at-most-one': {
      const n = e.args.filter(arg => of(arg).mayHold).length
      return certain(n <= 1)
    }
    case 'compare': {
      if (e.left.op === 'boolean' || e.right.op === 'boolean') {
        const same = of({ op: 'iff', left: e.left, right: e.right, at: e.at })
        return e.sign === '==' ? same : not(same)
      }
      const [l, r] = [value(e.left, tree, c), value(e.right, tree, c)]
      if (l === 'unknown' || r === 'unknown') return either
      if (l === 'undefined' || r === 'undefined') return certain(false)
      const difference = l.n * r.d - r.n * l.d
      const results = {
        '==': difference === 0n,
        '!=': difference !== 0n,
        '<': difference < 0n,
        '<=': difference <= 0n,
        '>': difference > 0n,
        '>=': difference >= 0n,
      }
      return certain(results[e.sign])
    }
    default:
      throw new Error(`no truth in ${e.op}`)
  }
}

/** A fraction, d > 0. `undefined` is a division by zero, `unknown` a text or average. */
type Value = { n: bigint; d: bigint } | 'undefined' | 'unknown'

function value(e: Expression, tree: FeatureTree, c: Configuration): Value {
  const of = (part: Expression) => value(part, tree, c)
  switch (e.op) {
    case 'number':
      return fraction(e.text)
    case 'string':
      return 'unknown'
    case 'negate':
      return combine('-', fraction('0'), of(e.arg))
    case 'terms':
    case 'factors':
      return (e.rest as { sign: '+' | '-' | '*' | '/'; arg: Expression }[]).reduce(
        (sum, { sign, arg }) => combine(sign, sum, of(arg)),
        of(e.first),
      )
    case 'name': {
      const { feature, attribute } = find(tree, e.path)
      if (!feature) throw new Error(`no ${e.path}`)
      if (attribute !== undefined) return attributeOf(feature, attribute, c)
      if (feature.type === 'string') return 'unknown'
      if (feature.type === 'boolean') return fraction(String(c.chosen.get(feature.name) ?? 0))
      return fraction(String(c.values.get(feature.name) ?? 0))
    }
    case 'call': {
      if (e.name !== 'sum') return 'unknown'
      const [first, second] = e.args
      const name = first?.op === 'name' ? first.path.join('.') : ''
      const carriers = allFeatures(tree.root).filter(feature => feature.attributes.has(name))
      if (carriers.length && e.args.length <= 2) {
        const root = second?.op === 'name' ? find(tree, second.path).feature! : tree.root
        return allFeatures(root)
          .filter(feature => feature.attributes.get(name)?.kind === 'number')
          .map(feature => attributeOf(feature, name, c))
          .reduce((a, b) => combine('+', a, b), fraction('0'))
      }
      return e.args.map(of).reduce((a, b) => combine('+', a, b))
    }
    default:
      throw new Error(`no value in ${e.op}`)
  }
}

function attributeOf(feature: Feature, attribute: string, c: Configuration): Value {
  const own = feature.attributes.get(attribute)
  if (own?.kind === 'string') return 'unknown'
  if (own?.kind !== 'number') throw new Error(`no number ${attribute}`)
  return combine('*', fraction(own.text), fraction(String(c.chosen.get(feature.name) ?? 0)))
}

const named = new WeakMap<FeatureTree, Map<string, Feature>>()

function find(tree: FeatureTree, path: string[]): { feature?: Feature; attribute?: string } {
  const [first = '', ...rest] = path
  const names = named.get(tree) ?? new Map(allFeatures(tree.root).map(feature => [feature.name, feature]))
  named.set(tree, names)
  const feature = names.get(first)
  return { ...(feature && { feature }), ...(rest.length && { attribute: rest.join('.') }) }
}

function fraction(text: string): { n: bigint; d: bigint } {
  const [whole = '0', decimals = ''] = text.split('.')
  return { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) }
}

function combine(sign: '+' | '-' | '*' | '/', a: Value, b: Value): Value {
  if (a === 'unknown' || b === 'unknown') return 'unknown'
  if (a === 'undefined' || b === 'undefined') return 'undefined'
  if (sign === '*') return { n: a.n * b.n, d: a.d * b.d }
  if (sign === '/') {
    if (b.n === 0n) return 'undefined'
    return b.n < 0n ? { n: -a.n * b.d, d: -a.d * b.n } : { n: a.n * b.d, d: a.d * b.n }
  }
  return { n: sign === '+' ? a.n * b.d + b.n * a.d : a.n * b.d - b.n * a.d, d: a.d * b.d }
}
