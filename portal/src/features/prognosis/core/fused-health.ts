/** A sum of sensors that falls from about 1 to 0 as a life runs out; the last weight stands alone. */
export type Fusion = number[]

/**
 * Least squares with a little ridge: which sum of the signals comes closest to the labels. Signals that never move get no weight.
 * signals: each as long as the labels; rows with anything unknown are left out
 */
export function fuse(signals: readonly Float64Array[], labels: Float64Array): Fusion {
  const terms = signals.length + 1
  const equations = Array.from({ length: terms }, () => new Float64Array(terms + 1))
  let rows = 0
  for (let row = 0; row < labels.length; row++) {
    const of = (term: number) => (term < signals.length ? signals[term]![row]! : 1)
    if (Number.isNaN(labels[row]!) || signals.some(signal => Number.isNaN(signal[row]!))) continue
    rows++
    for (let one = 0; one < terms; one++) {
      for (let other = 0; other < terms; other++) equations[one]![other]! += of(one) * of(other)
      equations[one]![terms]! += of(one) * labels[row]!
    }
  }
  for (let term = 0; term < terms; term++) equations[term]![term]! += term < signals.length ? ridge * rows + ridge : ridge
  return solved(equations)
}

/** The sum at each step; what is not known counts as usual, which is 0. */
export const fused = (signals: readonly Float64Array[], fusion: Fusion, steps: number): Float64Array =>
  Float64Array.from({ length: steps }, (_, step) =>
    signals.reduce(
      (sum, signal, term) => sum + fusion[term]! * (Number.isNaN(signal[step]!) ? 0 : signal[step]!),
      fusion.at(-1)!,
    ),
  )

const ridge = 1e-4

/** Gauss and Jordan with the greatest pivot first; the ridge keeps every pivot from 0. */
function solved(equations: Float64Array[]): number[] {
  const size = equations.length
  for (let pivot = 0; pivot < size; pivot++) {
    let greatest = pivot
    for (let row = pivot + 1; row < size; row++)
      if (Math.abs(equations[row]![pivot]!) > Math.abs(equations[greatest]![pivot]!)) greatest = row
    ;[equations[pivot], equations[greatest]] = [equations[greatest]!, equations[pivot]!]
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue
      const factor = equations[row]![pivot]! / equations[pivot]![pivot]!
      for (let term = pivot; term <= size; term++) equations[row]![term]! -= factor * equations[pivot]![term]!
    }
  }
  return equations.map((row, term) => row[size]! / row[term]!)
}
