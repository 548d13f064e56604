import type { Budget, Count, OptionCounts, RoughCounts } from './api.ts'
import type { Compiled } from './compile.ts'
import { type ByteWriter, readBytes, readCircuit, writeBytes, writeCircuit } from './count/circuit-bytes.ts'
import { type Bounds, type Counted, compileCounter } from './count/compile-counter.ts'
import { countAll, countByLiteral, type Weights } from './count/evaluate.ts'
import { logOfAll, logsByLiteral } from './count/evaluate-roughly.ts'
import type { State } from './decide.ts'
import { negate, type Problem, TRUE } from './solver/problem.ts'

/** A model made ready to be counted. */
export interface Counter extends Bounds {
  readonly compiled: Compiled
  /** exact: whatever is decided. bounds: it was not possible within the budget. */
  readonly status: 'exact' | 'bounds'
  /** by literal that a decision may demand: the literal of the circuits; those that always hold are left out */
  readonly literals: ReadonlyMap<number, number>
}

/** Literals that making a counter looks at, unless its budget says otherwise: some seconds. */
const DEFAULT_LOOKS = 100_000_000

/** Parts of nodes and bytes of keys that a counter is made in. */
const SIZE_LIMIT = 40_000_000

/**
 * Makes a model ready to be counted: once, when it is published. A step of the budget is a literal looked at; default 100 million.
 * Where the budget does not suffice for the exact count, the counter knows bounds.
 */
export function counterOf(compiled: Compiled, budget?: Budget): Counter {
  const bounds = compileCounter(compiled.lowered, compiled.witness, {
    looks: budget?.steps ?? DEFAULT_LOOKS,
    size: SIZE_LIMIT,
    ...(budget?.shouldStop && { shouldStop: budget.shouldStop }),
  })
  return counterWith(compiled, bounds)
}

/** How many variants remain: selections with all decisions. `state` is one of the counter's model. */
export function count(counter: Counter, state: State): Count {
  const least = countAll(counter.inner.circuit, weightsIn(counter.inner, state, counter.literals))
  if (counter.status === 'exact') return { status: 'exact', least, most: least }
  return between(least, countAll(counter.outer.circuit, weightsIn(counter.outer, state, counter.literals)), 1n)
}

/** How many variants remain, and by option in how many of them it is chosen: what it would leave if it were decided. */
export function countOptions(counter: Counter, state: State): OptionCounts {
  const inner = countByLiteral(counter.inner.circuit, weightsIn(counter.inner, state, counter.literals))
  const outer =
    counter.status === 'exact' ? inner : countByLiteral(counter.outer.circuit, weightsIn(counter.outer, state, counter.literals))
  const options: Record<string, Count> = {}
  let leaf = 1
  for (const id of counter.compiled.lowered.options.keys()) {
    options[id] = between(inner[2 * leaf]!, outer[2 * leaf]!, 0n)
    leaf++
  }
  return { all: count(counter, state), options }
}

/**
 * The same as `countOptions` to some twelve digits, for a click: decimal logarithms instead of whole numbers that may have hundreds
 * of digits.
 */
export function countRoughly(counter: Counter, state: State): RoughCounts {
  const innerWeights = weightsIn(counter.inner, state, counter.literals)
  const inner = logsByLiteral(counter.inner.circuit, innerWeights)
  const least = logOfAll(counter.inner.circuit, innerWeights)
  let outer = inner
  let most = least
  if (counter.status !== 'exact') {
    const outerWeights = weightsIn(counter.outer, state, counter.literals)
    outer = logsByLiteral(counter.outer.circuit, outerWeights)
    most = logOfAll(counter.outer.circuit, outerWeights)
  }
  const options: RoughCounts['options'] = {}
  let leaf = 1
  for (const id of counter.compiled.lowered.options.keys()) {
    options[id] = { least: inner[2 * leaf]!, most: outer[2 * leaf]! }
    leaf++
  }
  return { all: { least: Math.max(0, least), most: Math.max(0, most) }, options }
}

/** A valid selection with all decisions is known, so there is one at least. */
function between(least: bigint, most: bigint, known: bigint): Count {
  if (least < known) least = known
  return { status: least === most ? 'exact' : 'bounds', least, most }
}

/** What the decisions of a state leave of a circuit's literals. */
function weightsIn({ circuit, ends }: Counted, { compiled, requirements }: State, literals: Counter['literals']): Weights {
  const { options, problem } = compiled.lowered
  const weights = new Float64Array(2 * circuit.variables).fill(1)
  weights[1] = 0
  const places = new Map<number, number>()
  for (const requirement of requirements) {
    for (const demanded of requirement.literals) {
      const literal = literals.get(demanded)
      if (literal !== undefined) weights[negate(literal)] = 0
    }
    if (requirement.integer !== undefined) places.set(requirement.integer, requirement.place!)
  }
  let leaf = options.size + 1
  problem.integers.forEach((_, integer) => {
    const place = places.get(integer)
    let from = 0
    for (const to of ends[integer]!) {
      weights[2 * leaf] = place === undefined ? to - from + 1 : place >= from && place <= to ? 1 : 0
      from = to + 1
      leaf++
    }
  })
  return weights
}

/** A counter as bytes: to be made where a model is published, and read where it is configured. */
export function writeCounter({ compiled, status, inner, outer }: Counter): Uint8Array<ArrayBuffer> {
  const writer = writeBytes()
  writer.add(FORMAT)
  writer.add(fingerprint(compiled.lowered.problem))
  writer.add(status === 'exact' ? 1 : 2)
  writeCounted(writer, inner)
  if (status === 'bounds') writeCounted(writer, outer)
  return writer.finish()
}

/** The counter that was written; undefined where the bytes are none, or of another model. */
export function readCounter(compiled: Compiled, bytes: Uint8Array): Counter | undefined {
  const read = readBytes(bytes)
  try {
    if (read() !== FORMAT || read() !== fingerprint(compiled.lowered.problem)) return undefined
    const two = read() === 2
    const inner = readCounted(read, compiled)
    return counterWith(compiled, { inner, outer: two ? readCounted(read, compiled) : inner })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const FORMAT = 1

function counterWith(compiled: Compiled, { inner, outer }: Bounds): Counter {
  return { compiled, inner, outer, status: inner === outer ? 'exact' : 'bounds', literals: literalsOf(compiled) }
}

/** Options have their own; a number counts exactly while the option it belongs to is chosen. */
function literalsOf({ lowered: { options, numbers } }: Compiled): Map<number, number> {
  const literals = new Map<number, number>()
  let leaf = 1
  for (const { literal } of options.values()) {
    literals.set(literal, 2 * leaf)
    literals.set(negate(literal), 2 * leaf + 1)
    leaf++
  }
  for (const { literal, counts } of numbers.values()) {
    if (counts !== TRUE) literals.set(literal, literals.get(counts)!)
  }
  return literals
}

function writeCounted(writer: ByteWriter, { circuit, ends }: Counted): void {
  for (const list of ends) {
    writer.add(list.length)
    for (const [i, end] of list.entries()) writer.add(i === 0 ? end : end - list[i - 1]!)
  }
  writeCircuit(writer, circuit)
}

function readCounted(read: () => number, { lowered }: Compiled): Counted {
  let leaves = lowered.options.size + 1
  const ends = lowered.problem.integers.map(max => {
    const list: number[] = []
    for (let size = read(); size > 0; size--) list.push((list.at(-1) ?? 0) + read())
    if (list.at(-1) !== max) throw new RangeError('an integer of another model')
    leaves += list.length
    return list
  })
  const circuit = readCircuit(read)
  if (circuit.variables !== leaves) throw new RangeError('a circuit of another model')
  return { circuit, ends }
}

/** The same for problems with the same variables and constraints. */
function fingerprint({ variables, integers, constraints }: Problem): number {
  let hash = 0x811c9dc5
  const add = (text: string) => {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  add(JSON.stringify([variables, integers]))
  for (const { rule: _, ...constraint } of constraints) add(JSON.stringify(constraint))
  return hash >>> 0
}
