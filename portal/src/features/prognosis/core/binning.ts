import { quantileOfSorted } from './quantiles.ts'

/** Rows of features. values: row after row, NaN where something is not known. */
export interface Matrix {
  rows: number
  columns: number
  values: Float64Array
}

/** A matrix column by column, each value replaced by the number of its bin; bin 0 is for what is not known. */
export interface Binned {
  rows: number
  bins: Uint8Array[]
  /** no bin has a number as great */
  width: number
  /** per column: the upper ends of bins 1, 2, …; a value belongs to the first whose end it does not exceed */
  ends: Float64Array[]
}

const bounds = { least: 32, most: 254, rowsInBin: 20 } as const

/** Cuts each column into bins that hold about as many rows each. */
export function binned({ rows, columns, values }: Matrix): Binned {
  const most = Math.max(bounds.least, Math.min(bounds.most, Math.floor(rows / bounds.rowsInBin)))
  const bins: Uint8Array[] = []
  const ends: Float64Array[] = []
  for (let column = 0; column < columns; column++) {
    const known = Float64Array.from({ length: rows }, (_, row) => values[row * columns + column]!)
      .filter(value => !Number.isNaN(value))
      .sort()
    const cuts = cutsOf(known, most)
    ends.push(cuts)
    bins.push(Uint8Array.from({ length: rows }, (_, row) => binOf(cuts, values[row * columns + column]!)))
  }
  return { rows, bins, ends, width: Math.max(...ends.map(({ length }) => length)) + 2 }
}

/** The halves between distinct values, thinned to as many as fit; the last bin has no end. */
function cutsOf(sorted: Float64Array, most: number): Float64Array {
  const distinct = sorted.filter((value, place) => place === 0 || value !== sorted[place - 1])
  if (distinct.length <= most) return distinct.slice(0, -1).map((value, place) => (value + distinct[place + 1]!) / 2)
  const wanted = Float64Array.from({ length: most - 1 }, (_, place) => quantileOfSorted(sorted, (place + 1) / most))
  return wanted.filter((value, place) => place === 0 || value !== wanted[place - 1])
}

function binOf(ends: Float64Array, value: number): number {
  if (Number.isNaN(value)) return 0
  let [low, high] = [0, ends.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= ends[middle]!) high = middle
    else low = middle + 1
  }
  return low + 1
}
