/**
 * Why a metric is not believed. jump: it changes faster than can be. stuck: it shows the same whatever the machine does. gap: the machine reports, and of
 * it nothing comes.
 */
export const doubtKinds = ['jump', 'stuck', 'gap'] as const
export type DoubtKind = (typeof doubtKinds)[number]

export interface Doubt {
  kind: DoubtKind
  /** by the machine's clock, in milliseconds since 1970: of a gap the last reading, of stuck values the first of them */
  since: number
  /** moments whose reading was not used */
  unused: number
}

/** What is known of how a metric comes, and whether it is believed. Plain data of bounded size. */
export interface Trust {
  /** moments that were seen since its first reading */
  moments: number
  /** of its last reading; null: there was none */
  at: number | null
  value: number | null
  /** moments in a row without it, and the most that is usual */
  silent: number
  usualSilent: number
  /** moments in a row at work at which it was exactly the same, and the most that is usual */
  same: number
  usualSame: number
  sameSince: number
  /** the way of use at the last of them, and how often it changed meanwhile */
  use: string | null
  changes: number
  jumpedAt: number | null
  /** how often it rose and fell; absent: from before it was counted */
  rises?: number
  falls?: number
  doubt: Doubt | null
}

export const newTrust = (): Trust => ({
  ...{ moments: 0, at: null, value: null, silent: 0, usualSilent: 0, same: 0, usualSame: 0, sameSince: 0 },
  ...{ use: null, changes: 0, jumpedAt: null, doubt: null },
})

/** A moment at which a machine said something. */
export interface Moment {
  at: number
  /** undefined: nothing of this metric */
  value: number | undefined
  /** it cannot have got there from the reading before */
  jumped: boolean
  /** the way of use; null: not known, or the metric tells of it itself. rest: the machine does not work */
  use: string | null
  /** what comes is usual: nothing is said of gaps and stuck values yet */
  learning: boolean
  /** whether it moves at all on a sound machine: of what does not, nothing can be said where it stands still */
  moves: boolean
  /** after a jump an hour without one is enough; otherwise `isCalm` has to be asked */
  calms: boolean
}

/** moments before anything is said of how a metric usually comes */
const fewest = 2000
/** moments without it, and how many times what is usual, from which on it is missed */
const missedFrom = 30
const missedTimes = 3
/** moments at which it is the same from which on it is doubted, and fewer where the way of use has changed so often meanwhile */
const stuckFrom = 400
const stuckSooner = 60
const changesSooner = 10
/** rises of what only counts, and how many times as often it rises as it falls */
const fewestRises = 30
const risesToFall = 20
/** without a jump before it is believed again */
export const calmMs = 3_600_000

/** Takes in a moment, and answers whether what was read then may be learned and judged of. Changes `trust`. */
export function believe(trust: Trust, moment: Moment): boolean {
  if (trust.at !== null || moment.value !== undefined) trust.moments++
  const learns = moment.learning || trust.moments < fewest
  if (moment.value === undefined) return miss(trust, learns)
  trust.silent = 0
  if (trust.doubt?.kind === 'gap') trust.doubt = null
  compare(trust, moment, moment.value, learns)
  trust.at = moment.at
  if (moment.jumped) {
    trust.jumpedAt = moment.at
    trust.doubt ??= { kind: 'jump', since: moment.at, unused: 0 }
  } else if (moment.calms && hasCalmed(trust, moment.at)) trust.doubt = null
  if (!trust.doubt) return true
  trust.doubt.unused++
  return false
}

/** Whether it jumped, and has not for an hour. */
export const hasCalmed = ({ doubt, jumpedAt }: Trust, at: number): boolean =>
  doubt?.kind === 'jump' && at - (jumpedAt ?? 0) >= calmMs

/** Whether it only rises, but for where it begins anew: parts, strokes, hours. */
export const onlyCounts = (trust: Trust | undefined): boolean =>
  (trust?.rises ?? 0) >= fewestRises && (trust?.falls ?? 0) * risesToFall < trust!.rises!

/** Somebody looked: how it is now is how it usually comes. */
export function believeAgain(trust: Trust): void {
  trust.usualSilent = Math.max(trust.usualSilent, trust.silent)
  trust.usualSame = Math.max(trust.usualSame, trust.same)
  trust.doubt = null
}

function miss(trust: Trust, learns: boolean): false {
  trust.silent++
  if (trust.at === null) return false // this machine does not have it
  if (learns) trust.usualSilent = Math.max(trust.usualSilent, trust.silent)
  else if (trust.silent > Math.max(missedFrom, missedTimes * trust.usualSilent))
    trust.doubt ??= { kind: 'gap', since: trust.at, unused: 0 }
  return false
}

function compare(trust: Trust, { at, use, moves }: Moment, value: number, learns: boolean): void {
  if (value !== trust.value) {
    if (trust.value !== null && value > trust.value) trust.rises = (trust.rises ?? 0) + 1
    if (trust.value !== null && value < trust.value) trust.falls = (trust.falls ?? 0) + 1
    Object.assign(trust, { value, same: 0, changes: 0, sameSince: at })
    if (trust.doubt?.kind === 'stuck') trust.doubt = null
  } else if (use !== null && use !== 'rest') {
    trust.same++
    if (trust.use !== null && trust.use !== use) trust.changes++
  }
  if (use !== null) trust.use = use
  if (learns) trust.usualSame = Math.max(trust.usualSame, trust.same)
  else if (moves && isStuck(trust)) trust.doubt ??= { kind: 'stuck', since: trust.sameSince, unused: 0 }
}

function isStuck({ same, usualSame, changes }: Trust): boolean {
  const long = same >= stuckFrom && same > 1.5 * usualSame
  return long || (changes >= changesSooner && same >= Math.max(stuckSooner, 3 * usualSame))
}
