import { type Bearing, type BearingFault, bearingFaults, bearingFrequencies, faultScore, harmonics } from './signal/bearing.ts'
import { envelopeOf } from './signal/envelope.ts'
import { powerOfTwoIn } from './signal/fft.ts'
import { type Shape, shapeOf, type VibrationUnit, velocityOf } from './signal/measures.ts'
import { amplitudes, type Lines, meanSquare, powerDensity, thinned } from './signal/spectrum.ts'
import { type Boundaries, zoneOf, zones } from './zone.ts'

/** What is computed of a record, by what a metric of the type can be fed with. */
export const features = ['velocity', 'zone', 'rms', 'peak', 'crest', 'kurtosis', ...bearingFaults] as const
export type Feature = (typeof features)[number]

export interface AnalysisOrder {
  samples: Float32Array
  /** samples a second */
  rate: number
  unit: VibrationUnit
  /** 1/min; null: nobody knows */
  speed: number | null
  bearing: Bearing | null
  /** Hz; null: from an eighth to four tenths of the rate */
  envelope: { from: number; to: number } | null
  bands: readonly { from: number; to: number }[]
  boundaries: Boundaries | null
}

export interface Analysis {
  /** zone: 0 (A) to 3 (D) */
  values: Partial<Record<Feature, number>> & Shape & { velocity: number }
  /** root mean square of each band of the order */
  bands: number[]
  /** where damage would show at this speed; null: nothing is known of bearing or speed */
  faults: Record<BearingFault, { frequency: number; score: number | null }> | null
  /** amplitudes, 0 to peak */
  spectrum: Lines
  envelope: Lines
}

/** Lines of a spectrum that are kept. */
export const mostLines = 1600

/** What a record of vibration says. samples: not all alike */
export function analyse({ samples, rate, unit, speed, bearing, envelope, bands, boundaries }: AnalysisOrder): Analysis {
  const density = powerDensity(samples, rate)
  const velocity = velocityOf(density, unit)
  const shaft = speed === null || speed <= 0 ? null : speed / 60
  const ringing = envelopeOf(samples, rate, envelope ?? { from: rate / 8, to: rate * 0.4 })
  const rings = amplitudes(powerDensity(ringing, rate, segmentFor(ringing.length, rate, shaft)))
  const frequencies = bearing && shaft !== null ? bearingFrequencies(bearing, shaft) : null
  const faults =
    frequencies &&
    (Object.fromEntries(
      bearingFaults.map(fault => [
        fault,
        { frequency: frequencies[fault], score: faultScore(rings, fault, frequencies, shaft!) },
      ]),
    ) as NonNullable<Analysis['faults']>)
  const scores = Object.fromEntries(
    bearingFaults.flatMap(fault => (faults?.[fault].score == null ? [] : [[fault, faults[fault].score]])),
  )
  return {
    values: {
      ...{ velocity, ...shapeOf(samples), ...scores },
      ...(boundaries ? { zone: zones.indexOf(zoneOf(velocity, boundaries)) } : {}),
    },
    bands: bands.map(({ from, to }) => Math.sqrt(meanSquare(density, from, to))),
    faults,
    spectrum: thinned(amplitudes(density), mostLines),
    envelope: thinned(rings, mostLines, frequencies ? (harmonics + 0.5) * frequencies.bpfi : 1000),
  }
}

/** Shorter segments are averaged, which quiets noise; a turn of the shaft stays eight lines wide. */
function segmentFor(count: number, rate: number, shaft: number | null): number {
  const least = Math.max(256, count / 8)
  return shaft === null ? least : Math.min(count, Math.max(least, 2 * powerOfTwoIn(Math.max(1, (8 * rate) / shaft))))
}
