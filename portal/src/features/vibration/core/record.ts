/** A record of vibration as a machine says it, not judged yet. */
export interface SaidRecord {
  /** key of the measuring point, as the machine calls it */
  point: string
  /** when its first sample was taken: as readings are timed. undefined: not said */
  at: unknown
  /** samples a second; null: as the point has it */
  rate: number | null
  /** 1/min; null: not said */
  speed: number | null
  /** as they were counted: the point's scale makes its unit of them */
  samples: Float32Array
}

/** Below the prefix of a machine; what it says there are records of vibration. */
export const waveformTopic = 'waveforms'

/** Samples of one record, and the fewest of which anything can be said. */
export const recordLimits = { least: 256, most: 32_768 } as const
