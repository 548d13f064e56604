import type { Binned } from './binning.ts'

/**
 * A regression tree as columns. Node n asks whether the feature at column[n] exceeds threshold[n]: right[n] if so, left[n] otherwise or
 * where it is not known. A leaf has column -1 and says value[n].
 */
export interface Tree {
  column: number[]
  threshold: number[]
  left: number[]
  right: number[]
  value: number[]
}

interface Growth {
  rows: Int32Array
  columns: Int32Array
  leaves: number
  leafRows: number
  shrinkage: number
  valueOfLeaf: (rows: Int32Array) => number
}

interface Histogram {
  sums: Float64Array
  counts: Int32Array
}

interface Split {
  gain: number
  column: number
  bin: number
}

interface Leaf {
  node: number
  rows: Int32Array
  histogram: Histogram
  split: Split | null
}

/** Grows one tree, the most gainful leaf first, that follows the gradient over the rows it is shown. */
export function growTree(data: Binned, gradient: Float64Array, growth: Growth): Tree {
  const tree: Tree = { column: [], threshold: [], left: [], right: [], value: [] }
  const leafOf = (rows: Int32Array, histogram: Histogram): Leaf => {
    const node = tree.column.push(-1) - 1
    for (const list of [tree.threshold, tree.left, tree.right, tree.value]) list.push(0)
    return { node, rows, histogram, split: bestSplit(histogram, data, rows.length, growth) }
  }
  const leaves = [leafOf(growth.rows, histogramOf(data, gradient, growth.rows, growth.columns))]
  while (leaves.length < growth.leaves) {
    const place = mostGainful(leaves)
    if (place < 0) break
    const { node, rows, histogram, split } = leaves[place]!
    const { column, bin } = split!
    const of = data.bins[growth.columns[column]!]!
    const [left, right] = [rows.filter(row => of[row]! <= bin), rows.filter(row => of[row]! > bin)]
    const fewer = histogramOf(data, gradient, left.length < right.length ? left : right, growth.columns)
    const others = difference(histogram, fewer)
    const first = leafOf(left, left.length < right.length ? fewer : others)
    const second = leafOf(right, left.length < right.length ? others : fewer)
    tree.column[node] = growth.columns[column]!
    tree.threshold[node] = endOf(data.ends[growth.columns[column]!]!, bin)
    tree.left[node] = first.node
    tree.right[node] = second.node
    leaves.splice(place, 1, first, second)
  }
  for (const { node, rows } of leaves) tree.value[node] = growth.valueOfLeaf(rows)
  return tree
}

/** What the tree says of the row that begins at offset. */
export function valueAt(tree: Tree, values: Float64Array, offset: number): number {
  let node = 0
  for (let column = tree.column[0]!; column >= 0; column = tree.column[node]!)
    node = values[offset + column]! > tree.threshold[node]! ? tree.right[node]! : tree.left[node]!
  return tree.value[node]!
}

/** Where only what is not known goes left, everything that is known exceeds the threshold. */
const endOf = (ends: Float64Array, bin: number) => (bin === 0 ? -Number.MAX_VALUE : ends[bin - 1]!)

function mostGainful(leaves: readonly Leaf[]): number {
  let best = -1
  leaves.forEach(({ split }, place) => {
    if (split && (best < 0 || split.gain > leaves[best]!.split!.gain)) best = place
  })
  return best
}

function histogramOf(data: Binned, gradient: Float64Array, rows: Int32Array, columns: Int32Array): Histogram {
  const { width } = data
  const sums = new Float64Array(columns.length * width)
  const counts = new Int32Array(columns.length * width)
  for (let place = 0; place < columns.length; place++) {
    const bins = data.bins[columns[place]!]!
    const start = place * width
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]!
      const at = start + bins[row]!
      sums[at]! += gradient[row]!
      counts[at]!++
    }
  }
  return { sums, counts }
}

/** A leaf's histogram without that of one of its halves is that of the other. */
const difference = (whole: Histogram, part: Histogram): Histogram => ({
  sums: whole.sums.map((sum, place) => sum - part.sums[place]!),
  counts: whole.counts.map((count, place) => count - part.counts[place]!),
})

function bestSplit({ sums, counts }: Histogram, data: Binned, rows: number, growth: Growth): Split | null {
  if (rows < 2 * growth.leafRows) return null
  let best: Split | null = null
  for (let column = 0; column < growth.columns.length; column++) {
    const bins = data.ends[growth.columns[column]!]!.length + 2
    const start = column * data.width
    let total = 0
    for (let bin = 0; bin < bins; bin++) total += sums[start + bin]!
    const none = (total * total) / (rows + growth.shrinkage)
    let [sum, count] = [0, 0]
    for (let bin = 0; bin < bins - 1; bin++) {
      sum += sums[start + bin]!
      count += counts[start + bin]!
      if (count < growth.leafRows) continue
      if (rows - count < growth.leafRows) break
      const rest = total - sum
      const gain = (sum * sum) / (count + growth.shrinkage) + (rest * rest) / (rows - count + growth.shrinkage) - none
      if (gain > (best?.gain ?? 1e-9)) best = { gain, column, bin }
    }
  }
  return best
}
