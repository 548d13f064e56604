import type { Expression } from '../solver/problem.ts'
import { createCache } from './cache.ts'
import { buildCircuit, type Circuit, NOUGHT, ONE } from './circuit.ts'
import { HELPER, OPTION, type Sum } from './ground.ts'
import { assign, isActive, propagate, type Residual, undo, variablesOf } from './residual.ts'

/** How much a compilation may cost. */
export interface Allowance {
  /** literals looked at */
  looks: number
  /** parts of nodes, and bytes of keys */
  size: number
  shouldStop?: () => boolean
}

/** Different amounts of a sum that are told apart at most. */
const AMOUNTS_LIMIT = 2000

/** What falls apart from the rest: open variables and the active constraints over them, ascending. */
interface Component {
  variables: Int32Array
  sums: Int32Array
  comparisons: number[]
}

/** A component of which both values of a variable are gone through. */
interface Frame {
  component: Component
  entry: number
  variable: number
  /** what was found for the variable holding, and for its failing */
  found: number[]
  /** length of the trail without the literal gone through now */
  mark: number
  /** whether a literal is gone through now */
  isInside: boolean
  /** of the literal gone through now: the nodes known, and the components still to be */
  parts: number[]
  open: Component[]
}

/**
 * Compiles what is left of a ground problem into a circuit that counts its options and regions; `leaves` numbers them. Depth first: a
 * variable is branched on by its rank, what propagation leaves falls apart into components, and each component is compiled once.
 * Helpers are not counted: they are branched on only where nothing else is left, and only until they can be satisfied.
 * Undefined where the allowance ends before.
 */
export function compileCircuit(
  residual: Residual,
  ranks: Int32Array,
  leaves: Int32Array,
  allowance: Allowance,
): Circuit | undefined {
  const { ground, values, trail, starts, literals, weights, occurrences, occursIn, slack, settled, compared } = residual
  const { kinds, sums, comparisons, groups } = ground
  const circuit = buildCircuit(leaves.reduce((most, leaf) => Math.max(most, leaf), 0) + 1)
  const cache = createCache()
  const needsSlack = sums.map(hasStates)
  const looksAtFirst = residual.looks
  const visited = new Int32Array(ground.variables)
  const sumVisited = new Int32Array(sums.length)
  const comparisonVisited = new Int32Array(comparisons.length)
  const scopes = comparisons.map(variablesOf)
  const groupVisited = new Int32Array(ground.variables)
  let groupStamp = 0
  let stamp = 0
  let turns = 0
  const frames: Frame[] = []

  /** The components among these variables, smallest first; what stands in none is free. */
  function split(variables: ArrayLike<number>, parts: number[]): Component[] {
    const found: Component[] = []
    const first = stamp + 1
    for (let i = 0; i < variables.length; i++) {
      const variable = variables[i]!
      if (values[2 * variable] !== 0 || visited[variable]! >= first) continue
      visited[variable] = ++stamp
      const component = collect(variable)
      if (component) found.push(component)
      else if (kinds[variable] === OPTION) parts.push(circuit.either(leaves[variable]!))
    }
    return found.sort((a, b) => a.variables.length - b.variables.length)
  }

  function collect(start: number): Component | undefined {
    const reached = [start]
    const reachedSums: number[] = []
    const reachedComparisons: number[] = []
    const reach = (variable: number) => {
      if (values[2 * variable] !== 0 || visited[variable] === stamp) return
      visited[variable] = stamp
      reached.push(variable)
    }
    for (let next = 0; next < reached.length; next++) {
      const variable = reached[next]!
      for (let at = occurrences[2 * variable]!; at < occurrences[2 * variable + 2]!; at++) {
        const sum = occursIn[at]!
        if (sumVisited[sum] === stamp || !isActive(residual, sum)) continue
        sumVisited[sum] = stamp
        if (needsSlack[sum] && !mayExceed(sum)) continue
        if (starts[sum + 1]! - starts[sum]! > 2) reachedSums.push(sum)
        for (let place = starts[sum]!; place < starts[sum + 1]!; place++) reach(literals[place]! >> 1)
        residual.looks += starts[sum + 1]! - starts[sum]!
      }
      for (const comparison of compared[variable]!) {
        if (settled[comparison] || comparisonVisited[comparison] === stamp) continue
        comparisonVisited[comparison] = stamp
        reachedComparisons.push(comparison)
        for (const other of scopes[comparison]!) reach(other)
      }
    }
    residual.looks += reached.length
    if (reached.length === 1 && reachedComparisons.length === 0) return undefined
    return {
      variables: Int32Array.from(reached).sort(),
      sums: Int32Array.from(reachedSums).sort(),
      comparisons: reachedComparisons.sort((a, b) => a - b),
    }
  }

  /** Whether a sum can exceed its limit, where of each group one literal holds at most. */
  function mayExceed(sum: number): boolean {
    let most = 0
    groupStamp++
    for (let place = starts[sum]!; place < starts[sum + 1]!; place++) {
      const literal = literals[place]!
      if (values[literal] !== 0) continue
      const group = literal & 1 ? -1 : groups[literal >> 1]!
      if (group >= 0) {
        if (groupVisited[group] === groupStamp) continue
        groupVisited[group] = groupStamp
      }
      most += weights[place]!
    }
    return most > slack[sum]!
  }

  /** The greatest amount that the open literals of a sum can come to within its slack: what is beyond it makes no difference. */
  function usableSlack(sum: number): number {
    const limit = slack[sum]!
    let reachable = [0]
    const amounts = new Map<number, number[]>()
    for (let place = starts[sum]!; place < starts[sum + 1]!; place++) {
      const literal = literals[place]!
      if (values[literal] !== 0) continue
      const group = literal & 1 || groups[literal >> 1]! < 0 ? -1 - literal : groups[literal >> 1]!
      const list = amounts.get(group)
      if (list) list.push(weights[place]!)
      else amounts.set(group, [weights[place]!])
    }
    for (const list of amounts.values()) {
      const sums = new Set(reachable)
      for (const amount of list) for (const before of reachable) if (before + amount <= limit) sums.add(before + amount)
      if (sums.size > AMOUNTS_LIMIT) return limit
      reachable = [...sums]
    }
    residual.looks += reachable.length
    return reachable.reduce((a, b) => Math.max(a, b))
  }

  /** Writes the key of a component: which variables and constraints are left, and what decided literals left of each. */
  function writeKey({ variables, sums, comparisons }: Component): void {
    cache.begin()
    cache.add(variables.length)
    let before = 0
    for (const variable of variables) {
      cache.add(variable - before)
      before = variable
    }
    cache.add(sums.length)
    before = 0
    for (const sum of sums) {
      cache.add(sum - before)
      before = sum
      if (needsSlack[sum]) cache.add(usableSlack(sum))
    }
    for (const comparison of comparisons) {
      cache.add(comparison)
      const { left, right } = ground.comparisons[comparison]!
      for (const value of [...heldOf(left, values), ...heldOf(right, values)]) {
        cache.add(value === undefined ? 2 : value < 0 ? 1 : 0)
        cache.add(Math.abs(value ?? 0))
      }
    }
  }

  /** The node of a component, or -1 where a frame was made to find it. */
  function enter(component: Component): number {
    writeKey(component)
    const known = cache.find()
    if (known >= 0) return known
    const variable = branchingVariable(component.variables)
    frames.push({
      component,
      entry: cache.reserve(),
      variable,
      found: [],
      mark: residual.length,
      isInside: false,
      parts: [],
      open: [],
    })
    return -1
  }

  function branchingVariable(variables: Int32Array): number {
    let best = -1
    for (const variable of variables) {
      if (best >= 0) {
        if (kinds[variable] === HELPER && kinds[best] !== HELPER) continue
        const sameKind = (kinds[variable] === HELPER) === (kinds[best] === HELPER)
        if (sameKind && ranks[variable]! > ranks[best]!) continue
      }
      best = variable
    }
    return best
  }

  /** Decides the next value of a frame's variable; what cannot be is nought at once. */
  function branch(frame: Frame): void {
    const { variable, found, component } = frame
    frame.parts = []
    frame.isInside = true
    assign(residual, 2 * variable + found.length)
    if (!propagate(residual)) {
      leave(frame, NOUGHT)
      return
    }
    for (let at = frame.mark; at < residual.length; at++) {
      const literal = trail[at]!
      const leaf = leaves[literal >> 1]!
      if (leaf > 0) frame.parts.push(2 * leaf + (literal & 1))
    }
    frame.open = split(component.variables, frame.parts).reverse()
  }

  function leave(frame: Frame, node: number): void {
    undo(residual, frame.mark)
    frame.found.push(node)
    frame.isInside = false
  }

  /** Tells the frame on top what its component came to. */
  function deliver(node: number): void {
    const frame = frames[frames.length - 1]!
    if (node === NOUGHT) leave(frame, NOUGHT)
    else frame.parts.push(node)
  }

  function solve(component: Component): number | undefined {
    const known = enter(component)
    if (known >= 0) return known
    for (;;) {
      if (isSpent()) return undefined
      const frame = frames[frames.length - 1]!
      if (frame.isInside) {
        const next = frame.open.pop()
        if (!next) leave(frame, circuit.product(frame.parts))
        else {
          const node = enter(next)
          if (node >= 0) deliver(node)
        }
        continue
      }
      const [held, failed] = frame.found
      const helper = kinds[frame.variable] === HELPER
      if (failed === undefined && !(helper && held === ONE)) {
        branch(frame)
        continue
      }
      const node = helper ? (held === ONE ? ONE : failed!) : circuit.sum(held!, failed!)
      cache.set(frame.entry, node)
      frames.pop()
      if (frames.length === 0) return node
      deliver(node)
    }
  }

  function isSpent(): boolean {
    const { looks, size, shouldStop } = allowance
    if (residual.looks - looksAtFirst > looks || circuit.edges() + cache.bytes() > size) return true
    return turns++ % 1024 === 0 && (shouldStop?.() ?? false)
  }

  const bottom = residual.length
  const all: number[] = []
  for (let at = 0; at < bottom; at++) {
    const leaf = leaves[trail[at]! >> 1]!
    if (leaf > 0) all.push(2 * leaf + (trail[at]! & 1))
  }
  let node: number | undefined = ONE
  for (const component of split(
    Int32Array.from({ length: ground.variables }, (_, v) => v),
    all,
  )) {
    node = solve(component)
    if (node === undefined) break
    all.push(node)
  }
  undo(residual, bottom)
  return node === undefined ? undefined : circuit.finish(circuit.product(all))
}

/** Whether a sum of which some literals are open may be left in several ways. */
function hasStates({ literals, weights, limit }: Sum): boolean {
  return literals.length > 2 && !(weights.every(weight => weight === 1) && (limit === 1 || limit === literals.length - 1))
}

/** What the decided literals of a comparison's side came to: by sum its part of it, by extreme the one that is held. */
function heldOf(expression: Expression, values: Int8Array): (number | undefined)[] {
  switch (expression.op) {
    case 'sum':
      return [expression.literals.reduce((sum, literal, i) => sum + (values[literal]! > 0 ? expression.weights[i]! : 0), 0)]
    case 'extreme': {
      const held = expression.values.filter((_, i) => values[expression.literals[i]!]! > 0)
      return [held.length === 0 ? undefined : held.reduce((a, b) => Math[expression.of](a, b))]
    }
    default:
      return [...heldOf(expression.left, values), ...heldOf(expression.right, values)]
  }
}
