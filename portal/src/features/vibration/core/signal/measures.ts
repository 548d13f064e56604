import { type Lines, meanOf, meanSquare } from './spectrum.ts'

/** What a record measures: acceleration, or velocity. */
export const vibrationUnits = ['m/s²', 'g', 'mm/s'] as const
export type VibrationUnit = (typeof vibrationUnits)[number]

/** Of one unit of acceleration in m/s². */
const metres = { 'm/s²': 1, g: 9.80665 } as const

/** Band of vibration severity, in Hz [ISO 20816-1]. */
export const severityBand = { from: 10, to: 1000 } as const

/** Root mean square of the velocity from 10 to 1000 Hz, in mm/s; acceleration is integrated line by line: v = a ÷ 2πf. */
export function velocityOf(density: Lines, unit: VibrationUnit): number {
  const { from, to } = severityBand
  if (unit === 'mm/s') return Math.sqrt(meanSquare(density, from, to))
  return 1000 * metres[unit] * Math.sqrt(meanSquare(density, from, to, frequency => 1 / (2 * Math.PI * frequency) ** 2))
}

export interface Shape {
  /** root mean square, and the farthest from the mean, in the unit of the record */
  rms: number
  peak: number
  /** peak ÷ rms: √2 of a sine */
  crest: number
  /** 3 of noise, 1.5 of a sine, far more of impulses */
  kurtosis: number
}

/** The shape of a record without its mean; rms is above 0. */
export function shapeOf(samples: ArrayLike<number>): Shape {
  const mean = meanOf(samples)
  let [squares, fourths, peak] = [0, 0, 0]
  for (let i = 0; i < samples.length; i++) {
    const off = samples[i]! - mean
    squares += off ** 2
    fourths += off ** 4
    peak = Math.max(peak, Math.abs(off))
  }
  const square = squares / samples.length
  const rms = Math.sqrt(square)
  return { rms, peak, crest: peak / rms, kurtosis: fourths / samples.length / square ** 2 }
}
