import type { ModelError } from '../../api.ts'
import { problem } from '../problem.ts'
import type { Comparison, Expression, FeatureTree } from './feature-tree.ts'
import { type NamedFeature, type Names, resolve } from './names.ts'
import { decimalsOf, plainNumber } from './numbers.ts'

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
 * constant, and otherwise an assumed range, which is noted.
 */
export function rangesOf(tree: FeatureTree, names: Names): { ranges: Map<NamedFeature, Range>; notes: ModelError[] } {
  const facts = new Map<NamedFeature, Facts>()
  for (const named of names.features)
    if (named.number) facts.set(named, { min: -Infinity, max: Infinity, decimals: 0, largest: 0 })
  if (facts.size > 0) for (const { expression } of tree.constraints) learn(expression, names, facts)
  const notes: ModelError[] = []
  const ranges = new Map<NamedFeature, Range>()
  for (const [named, known] of facts) {
    const range = rangeOf(named, known)
    ranges.set(named, range)
    if (known.min === -Infinity || known.max === Infinity || known.min > known.max) notes.push(assumed(named, range))
  }
  return { ranges, notes }
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

const MIRRORED: Record<Comparison, Comparison> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' }

function bound(e: Expression & { op: 'compare' }, names: Names, facts: Map<NamedFeature, Facts>): void {
  const right = constant(e.right)
  const [side, sign, value] = right === undefined ? [e.right, MIRRORED[e.sign], constant(e.left)] : [e.left, e.sign, right]
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

function constant(e: Expression): number | undefined {
  switch (e.op) {
    case 'number':
      return Number(e.text)
    case 'negate': {
      const value = constant(e.arg)
      return value === undefined ? undefined : -value
    }
    case 'terms':
    case 'factors': {
      let value = constant(e.first)
      for (const { sign, arg } of e.rest) {
        const next = constant(arg)
        if (value === undefined || next === undefined) return undefined
        value = sign === '+' ? value + next : sign === '-' ? value - next : sign === '*' ? value * next : value / next
      }
      return Number.isFinite(value) ? value : undefined
    }
    default:
      return undefined
  }
}

function walk(e: Expression, visit: (e: Expression) => void): void {
  visit(e)
  switch (e.op) {
    case 'not':
    case 'negate':
      walk(e.arg, visit)
      return
    case 'and':
    case 'or':
    case 'at-most-one':
    case 'call':
      for (const arg of e.args) walk(arg, visit)
      return
    case 'implies':
    case 'iff':
    case 'compare':
      walk(e.left, visit)
      walk(e.right, visit)
      return
    case 'terms':
    case 'factors':
      walk(e.first, visit)
      for (const { arg } of e.rest) walk(arg, visit)
  }
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
