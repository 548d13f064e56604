import { fft, powerOfTwoIn } from './fft.ts'

/** Values of lines at 0, step, 2·step … Hz. */
export interface Lines {
  /** Hz */
  step: number
  values: Float64Array
}

/**
 * One-sided density of power, in unit² per Hz: mean over segments that overlap by half, each under a Hann window (Welch 1967). The sum of values × step is
 * the mean square of the signal without its mean, whatever the window takes away (Parseval).
 * rate: samples a second. segment: length of segments, a power of two; default: as long as the record allows
 */
export function powerDensity(samples: ArrayLike<number>, rate: number, segment = powerOfTwoIn(samples.length)): Lines {
  const mean = meanOf(samples)
  const window = Float64Array.from({ length: segment }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / segment))
  const weight = window.reduce((sum, value) => sum + value * value, 0)
  const values = new Float64Array(segment / 2 + 1)
  const begins = beginsOf(samples.length, segment)
  const [re, im] = [new Float64Array(segment), new Float64Array(segment)]
  for (const begin of begins) {
    for (let i = 0; i < segment; i++) re[i] = (samples[begin + i]! - mean) * window[i]!
    im.fill(0)
    fft(re, im)
    for (let k = 0; k < values.length; k++) {
      const sides = k === 0 || k === segment / 2 ? 1 : 2
      values[k]! += (sides * (re[k]! ** 2 + im[k]! ** 2)) / (rate * weight * begins.length)
    }
  }
  return { step: rate / segment, values }
}

/** Overlapping by half, the last at the end of the record. */
function beginsOf(count: number, segment: number): number[] {
  const begins: number[] = []
  for (let begin = 0; begin + segment <= count; begin += segment / 2) begins.push(begin)
  const last = count - segment
  if (last > begins.at(-1)!) begins.push(last)
  return begins
}

/** Amplitudes of sines that would show so: 0 to peak, in the unit of the signal. A Hann window spreads a sine over lines of 1.5 together. */
export const amplitudes = ({ step, values }: Lines): Lines => ({ step, values: values.map(value => Math.sqrt(3 * value * step)) })

/** Sum of a density over a band, each line weighted: the mean square of what lies in it. Both ends in Hz, and in it. */
export function meanSquare({ step, values }: Lines, from: number, to: number, weight = (_: number): number => 1): number {
  let sum = 0
  for (let k = Math.max(1, Math.ceil(from / step)); k < values.length && k * step <= to; k++)
    sum += values[k]! * step * weight(k * step)
  return sum
}

/** As many lines at most, each the highest of those it stands for: peaks stay, and where they are to within a line. */
export function thinned({ step, values }: Lines, most: number, highest = Number.POSITIVE_INFINITY): Lines {
  const count = Math.min(values.length, Math.floor(highest / step) + 1)
  const together = Math.max(1, Math.ceil(count / most))
  return {
    step: step * together,
    values: Float64Array.from({ length: Math.ceil(count / together) }, (_, i) =>
      values.subarray(i * together, Math.min(count, (i + 1) * together)).reduce((most, value) => Math.max(most, value), 0),
    ),
  }
}

export function meanOf(samples: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < samples.length; i++) sum += samples[i]!
  return sum / samples.length
}
