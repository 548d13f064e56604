import { type Condition, partsOf } from './condition.ts'

/**
 * An alarm that is raised so often within so short a time chatters: nobody can act on it each time, and it hides the others [ISA-18.2, EEMUA
 * 191]. Where an operator sits before it, a minute is usual; people who look after machines look every few hours, and rules here wait and look
 * at readings that come each ten seconds, so that a minute would find the worst alone.
 */
export const chatterLimits = { times: 3, windowMs: 10 * 60_000 } as const

/** An alarm that holds for longer without end says nothing any more: it is stale [ISA-18.2: 24 hours]. */
export const staleAfterMs = 24 * 3_600_000

export interface Chatter {
  /** how often it was raised within a window, at most */
  most: number
  /** ms since 1970: when it last chattered */
  lastAt: number
}

/** Whether what was raised at these times (ms, in any order) chatters; null: it does not. */
export function chatterOf(raisedAt: readonly number[]): Chatter | null {
  const times = raisedAt.toSorted((a, b) => a - b)
  let most = 0
  let lastAt = 0
  let first = 0
  for (const [last, at] of times.entries()) {
    while (at - times[first]! >= chatterLimits.windowMs) first++
    const count = last - first + 1
    if (count < chatterLimits.times) continue
    most = Math.max(most, count)
    lastAt = at
  }
  return most === 0 ? null : { most, lastAt }
}

/** What usually quiets an alarm: its rule lets a value come back by some way, or wait for a while, or both are wider; or somebody puts the alarm aside until its cause is gone. */
export type Proposal = 'hysteresis' | 'delay' | 'widen' | 'shelve'

/** For an alarm that chatters. raise: what its rule asks; null: it was found by other ways, or the rule is gone */
export function proposalFor(raise: Condition | null): Proposal {
  if (raise === null) return 'shelve'
  const parts = partsOf(raise)
  const thresholds = parts.filter(part => part.kind === 'threshold')
  if (thresholds.some(({ hysteresis }) => !hysteresis)) return 'hysteresis'
  if (!parts.some(part => 'lasting' in part && part.lasting)) return 'delay'
  return 'widen'
}

/** Share of a whole in percent, rounded down; 0 of nothing. */
export const percentOf = (count: number, whole: number): number => (whole === 0 ? 0 : Math.floor((100 * count) / whole))
