import type { ModelError } from '../../api.ts'
import { problem } from '../problem.ts'
import { type Expression, type FeatureTree, type SourceConstraint, walk } from './feature-tree.ts'
import { hint } from './hints.ts'
import { type NamedFeature, type Names, resolve } from './names.ts'
import { constant, decimalsOf, mirrored, plainNumber } from './numbers.ts'

export interface Range {
  min: number
  max: number
  step: number
}

/** Where nothing bounds an Integer or Real feature: whole numbers up to this, decimals with three places up to a tenth of it. */
export const ASSUMED_LIMIT = 1_000_000
const MAX_POINTS = 2_000_000_000

/**
 * Ranges of Integer and Real features. UVL has none, so: what constraints that always hold say by comparing the feature with a
 * constant (`x >= 2`, or `x => x >= 2` of the feature itself), and otherwise an assumed range, which is noted.
 * `stated`: the constraints that say nothing more than the ranges.
 */
export function rangesOf(
  tree: FeatureTree,
  names: Names,
): { ranges: Map<NamedFeature, Range>; stated: Set<SourceConstraint>; notes: ModelError[] } {
  const facts = new Map<NamedFeature, Facts>()
  for (const named of names.features)
    if (named.number) facts.set(named, { min: -Infinity, max: Infinity, decimals: 0, largest: 0 })
  if (facts.size > 0) {
    for (const { expression } of tree.constraints) {
      learn(expression, names, facts)
      const own = ownBounds(expression, names)
      if (own) learn(own.bounds, names, new Map([[own.named, facts.get(own.named)!]]))
    }
  }
  const notes: ModelError[] = []
  const ranges = new Map<NamedFeature, Range>()
  for (const [named, known] of facts) {
    const range = rangeOf(named, known)
    ranges.set(named, range)
    if (known.min === -Infinity || known.max === Infinity || known.min > known.max) notes.push(assumed(named, range))
  }
  const stated = new Set(
    tree.constraints.filter(({ expression }) => {
      const own = ownBounds(expression, names)
      const range = own && ranges.get(own.named)
      return own && range && saysNoMore(own.bounds, own.named, range, names)
    }),
  )
  return { ranges, stated, notes }
}

/** `x => x >= 2 & x <= 5`: what a constraint says of a numeric feature while that is chosen. */
function ownBounds(e: Expression, names: Names): { named: NamedFeature; bounds: Expression } | undefined {
  if (e.op !== 'implies' || e.left.op !== 'name') return undefined
  const found = resolve(names, e.left.path)
  return found.kind === 'feature' && found.named.number !== undefined ? { named: found.named, bounds: e.right } : undefined
}

/** Whether comparisons of a number with constants hold all over its range. */
function saysNoMore(e: Expression, named: NamedFeature, { min, max }: Range, names: Names): boolean {
  if (e.op === 'and') return e.args.every(arg => saysNoMore(arg, named, { min, max, step: 1 }, names))
  const limit = e.op === 'compare' && e.left.op === 'name' ? constant(e.right) : undefined
  if (e.op !== 'compare' || e.left.op !== 'name' || limit === undefined) return false
  const found = resolve(names, e.left.path)
  if (found.kind !== 'feature' || found.named !== named) return false
  return (e.sign === '>=' && min >= limit) || (e.sign === '<=' && max <= limit)
}

interface Facts {
  min: number
  max: number
  /** of the constants it meets */
  decimals: number
  largest: number
}

function learn(e: Expression, names: Names, facts: Map<NamedFeature, Facts>): void {
  if (e.op === 'and') for (const arg of e.args) learn(arg, names, facts)
  if (e.op === 'compare') bound(e, names, facts)
  meet(e, names, facts)
}

function bound(e: Expression & { op: 'compare' }, names: Names, facts: Map<NamedFeature, Facts>): void {
  const right = constant(e.right)
  const [side, sign, value] = right === undefined ? [e.right, mirrored[e.sign], constant(e.left)] : [e.left, e.sign, right]
  if (side.op !== 'name' || value === undefined) return
  const found = resolve(names, side.path)
  const known = found.kind === 'feature' ? facts.get(found.named) : undefined
  if (found.kind !== 'feature' || !known) return
  const whole = found.named.feature.type === 'integer'
  if (sign === '<' || sign === '<=' || sign === '==') {
    const below = whole && sign === '<' && Number.isInteger(value) ? value - 1 : value
    known.max = Math.min(known.max, below)
  }
  if (sign === '>' || sign === '>=' || sign === '==') {
    const above = whole && sign === '>' && Number.isInteger(value) ? value + 1 : value
    known.min = Math.max(known.min, above)
  }
}

/** Every numeric feature in an expression meets every constant in it: its grid and range must be able to tell them apart. */
function meet(e: Expression, names: Names, facts: Map<NamedFeature, Facts>): void {
  const features = new Set<Facts>()
  let decimals = 0
  let largest = 0
  const see = (plain: string | undefined) => {
    if (plain === undefined) return
    decimals = Math.max(decimals, decimalsOf(plain))
    largest = Math.max(largest, Math.abs(Number(plain)))
  }
  walk(e, part => {
    if (part.op === 'number') see(plainNumber(part.text))
    if (part.op !== 'name') return
    const found = resolve(names, part.path)
    if (found.kind === 'attribute' && found.value.kind === 'number') see(plainNumber(found.value.text))
    const known = found.kind === 'feature' ? facts.get(found.named) : undefined
    if (known) features.add(known)
  })
  for (const known of features) {
    known.decimals = Math.max(known.decimals, decimals)
    known.largest = Math.max(known.largest, largest)
  }
}

function rangeOf(named: NamedFeature, known: Facts): Range {
  const step = hint(named.feature, 'step')
  if (step?.kind === 'number' && Number(step.text) > 0 && Number.isFinite(known.min) && Number.isFinite(known.max))
    return { min: known.min, max: known.max, step: Number(step.text) }
  const whole = named.feature.type === 'integer'
  const decimals = whole ? 0 : Math.min(Math.max(known.decimals, 3), 6)
  const scale = 10 ** decimals
  const usual = whole ? ASSUMED_LIMIT : ASSUMED_LIMIT / 10
  const wanted = known.largest > usual / 2 ? 10 ** Math.ceil(Math.log10(known.largest * 2)) : usual
  const limit = Math.min(wanted, Math.floor(MAX_POINTS / 2 / scale))
  const usable = known.min <= known.max
  const low = usable && known.min > -Infinity ? Math.ceil(known.min * scale - 1e-6) : undefined
  const high = usable && known.max < Infinity ? Math.floor(known.max * scale + 1e-6) : undefined
  const far = limit * scale
  let min = low ?? (high !== undefined && high < -far / 2 ? high - far : -far)
  let max = high ?? (low !== undefined && low > far / 2 ? low + far : far)
  if (min > max || max - min > MAX_POINTS) {
    min = -far
    max = far
  }
  return { min: min / scale, max: max / scale, step: Number((1 / scale).toFixed(decimals)) }
}

function assumed(named: NamedFeature, range: Range): ModelError {
  const { name, at } = named.feature
  const [min, max] = [range.min, range.max]
  return problem(
    'assumed-range',
    at,
    name,
    [`“${name}”没有完整的取值范围，已假定为 ${min} 至 ${max}`, '请在模型中设置该参数的实际范围'],
    [
      `${JSON.stringify(name)} has no complete range; ${min} to ${max} is assumed`,
      'Set the real range of this parameter in the model',
    ],
  )
}
