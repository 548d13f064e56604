import { type AttackSign, attackSigns } from '#platform/core'

/** What one process saw in one span of time. */
export interface Sample {
  seconds: number
  /** requests answered with 429 or 503 */
  refused: number
  /** from how many addresses these came */
  places: number
  /** requests of visitors nobody knows that cost something; kept pages and files do not */
  costly: number
  /** tries to sign in or up, and what else may be guessed at */
  signIns: number
  /** by how many ms the event loop is late */
  lateMs: number
}

/** Per second and process; late in ms. docs/guides/operating.md lists the same. */
export const alarmingFrom: Readonly<Record<AttackSign, number>> = { refused: 10, costly: 60, 'sign-ins': 3, late: 500 }

/** One address that is refused is held already; these many are not one visitor's mistake. */
const fewestPlaces = 5
/** Costly requests per second below which a late process is busy with something else, or its machine is. */
const fewestWhenLate = 10

/** Samples it takes to judge: what lasts no longer is no attack. */
export const samplesNeeded = 6

/**
 * The first sign that is above its threshold over all the samples, oldest first. strict: whether the stricter mode holds already;
 * half of each threshold keeps it on, so that it does not flicker.
 */
export function signOf(samples: readonly Sample[], strict: boolean, alarming = alarmingFrom): AttackSign | null {
  if (samples.length < samplesNeeded) return null
  const factor = strict ? 0.5 : 1
  const measured = measure(samples)
  return attackSigns.find(sign => measured[sign] >= alarming[sign] * factor) ?? null
}

/** Each sign as it is held against its threshold. */
export function measure(samples: readonly Sample[]): Record<AttackSign, number> {
  const seconds = samples.reduce((sum, sample) => sum + sample.seconds, 0)
  const perSecond = (of: (sample: Sample) => number) =>
    seconds > 0 ? samples.reduce((sum, sample) => sum + of(sample), 0) / seconds : 0
  const places = Math.max(0, ...samples.map(sample => sample.places))
  const costly = perSecond(sample => sample.costly)
  return {
    refused: places >= fewestPlaces ? perSecond(({ refused }) => refused) : 0,
    costly,
    'sign-ins': perSecond(({ signIns }) => signIns),
    late: costly >= fewestWhenLate ? sustained(samples.map(({ lateMs }) => lateMs)) : 0,
  }
}

/** What at least two thirds of the values reach: one long breath of the garbage collector or of an import counts for nothing. */
const sustained = (values: readonly number[]): number =>
  values.toSorted((a, b) => b - a)[Math.ceil((values.length * 2) / 3) - 1] ?? 0
