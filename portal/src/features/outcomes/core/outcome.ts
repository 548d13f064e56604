/** What the portal warned of: an alarm by what was found at a machine. */
export interface Warning {
  deviceId: string
  /** key of a component; null: the machine as a whole */
  component: string | null
  /** by the machine's clock: when it was first raised */
  at: Date
  /** what whoever looked said; null: nobody has */
  verdict: 'confirmed' | 'no-fault' | null
}

/** A fault that came, or that somebody repaired: a component that failed, service that was done on it. */
export interface Fault {
  deviceId: string
  component: string
  at: Date
  kind: 'failure' | 'service'
}

/** The share of warnings that were confirmed among those that were judged, with its 95 % interval after Wilson. */
export interface Share {
  value: number
  lower: number
  upper: number
}

export interface Outcome {
  warnings: number
  confirmed: number
  noFault: number
  unjudged: number
  /** null: fewer than `fewestVerdicts` were judged */
  precision: Share | null
  /** days from a confirmed warning to the failure or the service; null: of none is it known */
  lead: { count: number; median: number; shortest: number; longest: number } | null
  /** months of 30 days in which machines were watched */
  machineMonths: number
  /** false alarms in a month of one machine; null: fewer than one month was watched */
  falsePerMonth: number | null
  /** components that failed, and those of them that nobody had warned of; null: no failure is known, so nothing can be said */
  missed: { failures: number; unwarned: number } | null
}

/** With fewer verdicts no share is told: it would say more of chance than of the portal. */
export const fewestVerdicts = 5
/** A failure or service belongs to a warning that came this long before it at most, in days. */
export const longestLead = 180

const dayMs = 86_400_000

/**
 * What came of what was warned. Everything given lies in the time that is looked at and that the reader may see. watchedMs: of all machines together.
 * earlier: warnings from before that time, which are not counted, but keep a failure in it from being one that nobody had warned of. Where somebody
 * looked and there was no fault, nobody was warned of one.
 */
export function outcomeOf(
  warnings: readonly Warning[],
  faults: readonly Fault[],
  watchedMs: number,
  earlier: readonly Warning[] = [],
): Outcome {
  const confirmed = warnings.filter(({ verdict }) => verdict === 'confirmed')
  const noFault = warnings.filter(({ verdict }) => verdict === 'no-fault').length
  const judged = confirmed.length + noFault
  const leads = confirmed.flatMap(warning => leadOf(warning, faults) ?? []).toSorted((a, b) => a - b)
  const failures = faults.filter(({ kind }) => kind === 'failure')
  const warned = [...earlier, ...warnings].filter(({ verdict }) => verdict !== 'no-fault')
  const machineMonths = watchedMs / (30 * dayMs)
  return {
    ...{ warnings: warnings.length, confirmed: confirmed.length, noFault, unjudged: warnings.length - judged },
    precision: judged < fewestVerdicts ? null : wilson(confirmed.length, judged),
    lead:
      leads.length === 0 ? null : { count: leads.length, median: medianOf(leads), shortest: leads[0]!, longest: leads.at(-1)! },
    machineMonths,
    falsePerMonth: machineMonths < 1 ? null : noFault / machineMonths,
    missed:
      failures.length === 0
        ? null
        : {
            failures: failures.length,
            unwarned: failures.filter(failure => !warned.some(warning => cameOf(warning, failure))).length,
          },
  }
}

/** Days from a warning to the first fault that came of it; null: none is known. */
function leadOf(warning: Warning, faults: readonly Fault[]): number | null {
  const came = faults.filter(fault => cameOf(warning, fault)).map(({ at }) => at.getTime())
  return came.length === 0 ? null : (Math.min(...came) - warning.at.getTime()) / dayMs
}

/** Of the same machine, of the same component where the warning is about one, and within `longestLead` days after. */
function cameOf(warning: Warning, fault: Fault): boolean {
  const days = (fault.at.getTime() - warning.at.getTime()) / dayMs
  const same = warning.component === null || warning.component === fault.component
  return warning.deviceId === fault.deviceId && same && days >= 0 && days <= longestLead
}

/** E. B. Wilson, 1927: holds where few were counted, and at 0 and 1 too. of > 0 */
export function wilson(hits: number, of: number): Share {
  const z = 1.959964
  const value = hits / of
  const middle = value + (z * z) / (2 * of)
  const half = z * Math.sqrt((value * (1 - value)) / of + (z * z) / (4 * of * of))
  const bound = (edge: number) => Math.min(1, Math.max(0, edge / (1 + (z * z) / of)))
  return { value, lower: Math.min(value, bound(middle - half)), upper: Math.max(value, bound(middle + half)) }
}

/** Of sorted numbers, one at least. */
function medianOf(sorted: readonly number[]): number {
  const half = sorted.length / 2
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!
}
