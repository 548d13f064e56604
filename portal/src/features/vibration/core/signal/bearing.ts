import type { Lines } from './spectrum.ts'

/** What a rolling bearing is like inside; both diameters in the same unit, the angle in degrees. */
export interface Bearing {
  rollers: number
  rollerDiameter: number
  pitchDiameter: number
  contactAngle: number
}

/** What may be damaged: outer race, inner race, roller (it hits both races as it turns, so twice its spin), cage. */
export const bearingFaults = ['bpfo', 'bpfi', 'bsf', 'ftf'] as const
export type BearingFault = (typeof bearingFaults)[number]

/** How often damage is rolled over where the inner ring turns and nothing slips, in Hz. shaft: turns a second */
export function bearingFrequencies({ rollers, ...bearing }: Bearing, shaft: number): Record<BearingFault, number> {
  const ratio = (bearing.rollerDiameter / bearing.pitchDiameter) * Math.cos((bearing.contactAngle * Math.PI) / 180)
  return {
    bpfo: (rollers / 2) * shaft * (1 - ratio),
    bpfi: (rollers / 2) * shaft * (1 + ratio),
    bsf: (bearing.pitchDiameter / bearing.rollerDiameter) * shaft * (1 - ratio ** 2),
    ftf: (shaft / 2) * (1 - ratio),
  }
}

/** Multiples that are looked at. */
export const harmonics = 3
/** bearings slip by about a hundredth */
const slip = 0.012
/** lines to each side by which the surroundings of a line are judged */
const around = 24

/**
 * How far the lines of a fault stand above their surroundings, in dB: the mean of its first three multiples, the first counting most, and of the sidebands
 * that load makes, of the inner race by the shaft, of rollers by the cage. Up to 3 of noise. null: nothing of it lies in the spectrum
 */
export function faultScore(
  spectrum: Lines,
  fault: BearingFault,
  frequencies: Readonly<Record<BearingFault, number>>,
  shaft: number,
): number | null {
  const apart = fault === 'bpfi' ? shaft : fault === 'bsf' ? frequencies.ftf : null
  let [sum, weights] = [0, 0]
  const add = (frequency: number, weight: number) => {
    const rise = riseAt(spectrum, frequency)
    if (rise === null) return
    sum += weight * rise
    weights += weight
  }
  for (let k = 1; k <= harmonics; k++) {
    add(k * frequencies[fault], 1 / k)
    if (apart === null) continue
    for (const side of [-apart, apart]) add(k * frequencies[fault] + side, 1 / (4 * k))
  }
  return weights === 0 ? null : sum / weights
}

/** By how much the highest line within the slip stands above the median of those around, in dB, 0 at least; null: beyond the spectrum. */
function riseAt({ step, values }: Lines, frequency: number): number | null {
  const reach = Math.max(1, Math.round((slip * frequency) / step))
  const middle = Math.round(frequency / step)
  if (middle - reach < 1 || middle + reach >= values.length) return null
  const highest = values.subarray(middle - reach, middle + reach + 1).reduce((most, value) => Math.max(most, value), 0)
  const nearby = [
    ...values.subarray(Math.max(1, middle - reach - around), Math.max(1, middle - reach - 1)),
    ...values.subarray(middle + reach + 2, middle + reach + 2 + around),
  ].sort((a, b) => a - b)
  const median = nearby[nearby.length >> 1]
  return median ? Math.max(0, 20 * Math.log10(highest / median)) : null
}
