import { isActive, type Residual, variablesOf } from './residual.ts'

/**
 * By variable: the earlier it should be branched on, the smaller. Variables are eliminated one by one, each time one with the fewest
 * neighbours left, which gives a tree of bags; what stands in the bags near the middle of the tree comes first, because once it is
 * decided the rest falls apart.
 */
export function branchingOrder(residual: Residual): Int32Array {
  const { ground } = residual
  const units = Int32Array.from({ length: ground.variables }, (_, v) => v)
  const within = new Int32Array(ground.variables)
  for (const list of ground.integers) {
    list.forEach((v, i) => {
      units[v] = list[0]!
      within[v] = i
    })
  }
  const neighbours = neighbourhoods(residual, units)
  const { bags, parents } = eliminate(neighbours, residual)
  const depths = depthsFromTheMiddle(parents)
  const depthOf = new Float64Array(neighbours.length).fill(Number.POSITIVE_INFINITY)
  bags.forEach((bag, i) => {
    for (const node of bag) depthOf[node] = Math.min(depthOf[node]!, depths[i]!)
  })
  const { occurrences } = residual
  const standsIn = (v: number) => occurrences[2 * v + 2]! - occurrences[2 * v]!
  const order = Array.from({ length: ground.variables }, (_, v) => v)
  order.sort((a, b) => {
    const [one, other] = [units[a]!, units[b]!]
    return depthOf[one]! - depthOf[other]! || standsIn(other) - standsIn(one) || one - other || within[a]! - within[b]!
  })
  const ranks = new Int32Array(ground.variables)
  order.forEach((v, rank) => {
    ranks[v] = rank
  })
  return ranks
}

/** Constraints of more open literals than this are taken apart into a chain, as something that is counted along. */
const CLIQUE_LIMIT = 6

/** With more neighbours than this nothing is eliminated any more: what is left is one bag. */
const WIDTH_LIMIT = 100

/** Pairs of neighbours that are looked at: after so many, too, what is left is one bag. */
const WORK_LIMIT = 4_000_000

/** Who stands in a constraint with whom: the variables, and after them the links of chains. */
function neighbourhoods(residual: Residual, units: Int32Array): Set<number>[] {
  const { ground, values, starts, literals } = residual
  const neighbours: Set<number>[] = Array.from({ length: ground.variables }, () => new Set())
  const join = (a: number, b: number) => {
    if (a === b) return
    neighbours[a]!.add(b)
    neighbours[b]!.add(a)
  }
  const connect = (read: Iterable<number>) => {
    const variables = [...new Set(Array.from(read, v => units[v]!))].sort((a, b) => a - b)
    if (variables.length < 2) return
    if (variables.length <= CLIQUE_LIMIT) {
      for (const [i, a] of variables.entries()) for (const b of variables.slice(i + 1)) join(a, b)
      return
    }
    let link = neighbours.push(new Set()) - 1
    join(variables[0]!, link)
    for (const v of variables.slice(1, -1)) {
      join(v, link)
      const next = neighbours.push(new Set()) - 1
      join(link, next)
      join(v, next)
      link = next
    }
    join(variables.at(-1)!, link)
  }
  for (let sum = 0; sum < ground.sums.length; sum++) {
    if (!isActive(residual, sum)) continue
    const open: number[] = []
    for (let at = starts[sum]!; at < starts[sum + 1]!; at++) if (values[literals[at]!] === 0) open.push(literals[at]! >> 1)
    connect(open)
  }
  ground.comparisons.forEach((comparison, c) => {
    if (!residual.settled[c]) connect([...variablesOf(comparison)].filter(v => values[2 * v] === 0))
  })
  return neighbours
}

/** Bags of a tree decomposition, in the order of elimination, and the bag each hangs on (-1: a root). */
function eliminate(neighbours: Set<number>[], residual: Residual): { bags: number[][]; parents: number[] } {
  const count = neighbours.length
  const queue: number[][] = Array.from({ length: WIDTH_LIMIT + 1 }, () => [])
  const enqueue = (node: number) => {
    const size = neighbours[node]!.size
    if (size <= WIDTH_LIMIT) queue[size]!.push(node)
  }
  for (let node = count - 1; node >= 0; node--) enqueue(node)
  const bagOf = new Int32Array(count).fill(-1)
  const bags: number[][] = []
  const limit = residual.looks + WORK_LIMIT
  for (let size = 0; size <= WIDTH_LIMIT && residual.looks < limit; ) {
    const node = queue[size]!.pop()
    if (node === undefined) {
      size++
      continue
    }
    const around = neighbours[node]!
    if (bagOf[node]! >= 0 || around.size !== size) continue
    bagOf[node] = bags.length
    const list = [...around]
    bags.push([node, ...list])
    residual.looks += size * size
    for (const a of list) {
      const its = neighbours[a]!
      its.delete(node)
      for (const b of list) if (a !== b) its.add(b)
      enqueue(a)
    }
    size = Math.max(0, size - 1)
  }
  const core = bags.length
  const rest = Array.from({ length: count }, (_, node) => node).filter(node => bagOf[node]! < 0)
  bags.push(rest)
  for (const node of rest) bagOf[node] = core
  const parents = bags.map((bag, i) => {
    if (i === core || bag.length < 2) return -1
    let parent = Number.POSITIVE_INFINITY
    for (let k = 1; k < bag.length; k++) parent = Math.min(parent, bagOf[bag[k]!]!)
    return parent
  })
  return { bags, parents }
}

/** By bag: how far it is from the middle of its tree, from where no branch holds more than half. Parents come after children. */
function depthsFromTheMiddle(parents: readonly number[]): Int32Array {
  const count = parents.length
  const sizes = new Int32Array(count).fill(1)
  const children: number[][] = Array.from({ length: count }, () => [])
  for (let i = 0; i < count; i++) {
    const parent = parents[i]!
    if (parent < 0) continue
    sizes[parent]! += sizes[i]!
    children[parent]!.push(i)
  }
  const depths = new Int32Array(count).fill(-1)
  for (let root = 0; root < count; root++) {
    if (parents[root]! >= 0) continue
    let middle = root
    for (let next: number | undefined = root; next !== undefined; ) {
      middle = next
      next = children[middle]!.find(child => 2 * sizes[child]! > sizes[root]!)
    }
    depths[middle] = 0
    const reached = [middle]
    for (const at of reached) {
      for (const other of [...children[at]!, parents[at]!]) {
        if (other < 0 || depths[other]! >= 0) continue
        depths[other] = depths[at]! + 1
        reached.push(other)
      }
    }
  }
  return depths
}
