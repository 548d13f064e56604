import type { Expression, Feature, FeatureTree } from '../src/formats/tree/feature-tree.ts'

/**
 * What a feature tree means, read straight off the tree with no thought of speed: the measure for the importers.
 * A configuration gives every chosen feature its number of instances, every chosen Integer or Real feature its value, and every chosen
 * String feature its text: in full, or only how long it is where it is none that the file speaks of.
 */
export interface Configuration {
  chosen: Map<string, number>
  values: Map<string, number>
  texts: Map<string, string | { length: number }>
}

export function isValid(tree: FeatureTree, configuration: Configuration): boolean {
  if (!configuration.chosen.has(tree.root.name)) return false
  if (!shapeHolds(tree.root, configuration)) return false
  return tree.constraints.every(({ expression }) => truth(expression, tree, configuration).mayHold)
}

export function allFeatures(root: Feature): Feature[] {
  return [root, ...root.groups.flatMap(group => group.features.flatMap(allFeatures))]
}

/** Instances are counted only without choices of their own; others are written out in the tree before, or are one. */
export function instances(feature: Feature): { min: number; max: number } {
  const { cardinality } = feature
  const inside = feature.groups.length > 0 || feature.type !== 'boolean'
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

/** Where two texts decide of which only the length is known, both may be. */
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
      const texts = [textOf(e.left, tree, c), textOf(e.right, tree, c)] as const
      if (texts[0] !== undefined || texts[1] !== undefined) {
        const same = sameText(...texts)
        return e.sign === '==' ? same : e.sign === '!=' ? not(same) : either
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

type Text = string | { length: number }

/** undefined: no text */
function textOf(e: Expression, tree: FeatureTree, c: Configuration): Text | undefined {
  if (e.op === 'string') return e.value
  const { feature, attribute } = e.op === 'name' ? find(tree, e.path) : {}
  const own = attribute === undefined ? undefined : feature?.attributes.get(attribute)
  if (own) return own.kind === 'string' ? (c.chosen.has(feature!.name) ? own.value : '') : undefined
  return feature?.type === 'string' ? (c.texts.get(feature.name) ?? '') : undefined
}

function sameText(a: Text | undefined, b: Text | undefined): Truth {
  if (a === undefined || b === undefined) return either
  if (typeof a === 'string' || typeof b === 'string') return certain(a === b)
  return a === b ? certain(true) : a.length === b.length ? either : certain(false)
}

/** A fraction, d > 0. `undefined` is a division by zero, `unknown` what cannot be told. */
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
      const [first, second] = e.args
      if (e.name === 'len') return fraction(String(textOf(first!, tree, c)?.length ?? 0))
      if (e.name === 'floor' || e.name === 'ceil') {
        const exact = of(first!)
        if (typeof exact === 'string') return exact
        const below = exact.n / exact.d - (exact.n % exact.d < 0n ? 1n : 0n)
        return { n: e.name === 'floor' || exact.n % exact.d === 0n ? below : below + 1n, d: 1n }
      }
      const name = first?.op === 'name' ? first.path.join('.') : ''
      const carriers = allFeatures(tree.root).filter(feature => feature.attributes.has(name))
      if (carriers.length && e.args.length <= 2) {
        const root = second?.op === 'name' ? find(tree, second.path).feature! : tree.root
        const numeric = allFeatures(root).filter(feature => feature.attributes.get(name)?.kind === 'number')
        const chosen = numeric.filter(feature => c.chosen.has(feature.name))
        const total = (features: Feature[]) =>
          features.map(feature => attributeOf(feature, name, c)).reduce((a, b) => combine('+', a, b), fraction('0'))
        if (e.name === 'sum') return total(numeric)
        if (e.name === 'avg')
          return combine('/', total(numeric), fraction(String(chosen.reduce((n, { name }) => n + c.chosen.get(name)!, 0))))
        const values = chosen.map(feature => Number((feature.attributes.get(name) as { text: string }).text))
        return fraction(String(values.length ? Math[e.name as 'min' | 'max'](...values) : 0))
      }
      const sum = e.args.map(of).reduce((a, b) => combine('+', a, b))
      if (e.name === 'sum') return sum
      const owners = new Set(e.args.map(arg => (arg.op === 'name' ? find(tree, arg.path).feature!.name : '')))
      if (e.name !== 'avg' || owners.size < e.args.length) return 'unknown'
      return combine('/', sum, fraction(String([...owners].filter(one => c.chosen.has(one)).length)))
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
