import type { Fault } from './outcome.ts'

/** A component that is known to have failed. */
export interface KnownFailure {
  deviceId: string
  component: string
  at: Date
  /** the alarm by whose confirmation it is known; null: somebody wrote it down */
  alarmId: string | null
}

export interface KnownReplacement {
  deviceId: string
  component: string
  at: Date
  why: 'failed' | 'preventive' | 'other'
}

/**
 * Faults that say whether a warning came true. A warning that was confirmed is no failure by that: it would confirm itself, at once. What
 * failed is what was replaced because it had failed, or was noted so; what was replaced before that is service. One failure is told once.
 * own: ids of the warnings
 */
export function faultsOf(
  failures: readonly KnownFailure[],
  replacements: readonly KnownReplacement[],
  own: ReadonlySet<string>,
): Fault[] {
  const failed = failures.filter(({ alarmId }) => alarmId === null || !own.has(alarmId))
  const known = (late: KnownReplacement) =>
    failed.some(
      early =>
        sameIn(early, late) && early.at <= late.at && !replacements.some(one => sameIn(one, late) && between(early, one, late)),
    )
  return [
    ...failed.map(({ deviceId, component, at }) => ({ deviceId, component, at, kind: 'failure' as const })),
    ...replacements.flatMap(one => {
      if (one.why === 'other' || (one.why === 'failed' && known(one))) return []
      const kind = one.why === 'failed' ? ('failure' as const) : ('service' as const)
      return { deviceId: one.deviceId, component: one.component, at: one.at, kind }
    }),
  ]
}

interface Moment {
  deviceId: string
  component: string
  at: Date
}
const sameIn = (a: Moment, b: Moment): boolean => a.deviceId === b.deviceId && a.component === b.component
const between = (early: Moment, one: Moment, late: Moment): boolean => one.at >= early.at && one.at < late.at
