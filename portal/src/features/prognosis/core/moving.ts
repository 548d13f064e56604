/** What the last steps of a signal say, at each step. Windows grow until they are full; NaN readings are left out. */
export interface Moving {
  level: Float64Array
  slope: Float64Array
  spread: Float64Array
}

/** Mean, slope per step and standard deviation about that line of the last `width` steps, each in one pass over the signal. */
export function moving(signal: Float64Array, width: number): Moving {
  const steps = signal.length
  const [level, slope, spread] = [new Float64Array(steps), new Float64Array(steps), new Float64Array(steps)]
  for (let step = 0; step < steps; step++) {
    let [count, sumT, sumTT, sum, sumT1, squares] = [0, 0, 0, 0, 0, 0]
    for (let at = Math.max(0, step - width + 1); at <= step; at++) {
      const value = signal[at]!
      if (Number.isNaN(value)) continue
      const t = at - step
      count++
      sumT += t
      sumTT += t * t
      sum += value
      sumT1 += t * value
      squares += value * value
    }
    const across = count * sumTT - sumT * sumT
    const incline = count > 2 && across > 0 ? (count * sumT1 - sumT * sum) / across : 0
    level[step] = count > 0 ? sum / count : Number.NaN
    slope[step] = count > 2 ? incline : Number.NaN
    const about = squares - (sum * sum) / Math.max(1, count) - incline ** 2 * (across / Math.max(1, count))
    spread[step] = count > 2 ? Math.sqrt(Math.max(0, about) / (count - 2)) : Number.NaN
  }
  return { level, slope, spread }
}

/** Mean of all steps so far: what a part was exposed to in its life. */
export function soFar(signal: Float64Array): Float64Array {
  let [sum, count] = [0, 0]
  return signal.map(value => {
    if (!Number.isNaN(value)) {
      sum += value
      count++
    }
    return count > 0 ? sum / count : Number.NaN
  })
}

/** Mean of the first `width` steps, as far as they are over. */
export function early(signal: Float64Array, width: number): Float64Array {
  const means = soFar(signal.subarray(0, width))
  return signal.map((_, step) => means[Math.min(step, width - 1)]!)
}
