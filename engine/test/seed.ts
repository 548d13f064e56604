import type { Parameters as Settings } from 'fast-check'

/** Settings of a property test: always the same models where CI is set, others at every run elsewhere (a failure prints its seed). */
export const runs = <T>(numRuns: number): Settings<T> => ({ numRuns, ...(process.env.CI && { seed: 20_261_121 }) })
