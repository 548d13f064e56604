import type { Controller, ControlValue, DeviceRole } from '#features/devices/core'
import { controllers } from '#features/devices/core'

/** As whom somebody stands to a machine. */
export type Party = DeviceRole | 'manufacturer'

/** Whether somebody may set or order what is declared to be for `by` and those before him: manufacturer, owner, operator. */
export const mayControl = (by: Controller, party: Party): boolean =>
  party !== 'service-partner' && controllers.indexOf(party) <= controllers.indexOf(by)

/** What became of a value that was wanted. replaced: by a later one. ended: the machine changed hands before it answered */
export type WishOutcome = 'waiting' | 'accepted' | 'refused' | 'replaced' | 'ended'

export interface OpenWish {
  key: string
  value: ControlValue
  version: number
}

/** What a machine says it is set to. */
export interface SettingsReport {
  /** the last it has heard of; 0: it has heard of none */
  version: number
  settings: Record<string, ControlValue>
  /** what it does not do, with the reason in its words */
  refused: Record<string, string>
}

/** What a report says of values that wait for an answer: nothing of those it has not heard of yet. */
export function settle(waiting: readonly OpenWish[], { version, settings, refused }: SettingsReport): SettledWish[] {
  return waiting.flatMap((wish): SettledWish[] => {
    if (wish.version > version) return []
    if (Object.hasOwn(refused, wish.key)) return [{ key: wish.key, outcome: 'refused', reason: refused[wish.key] || null }]
    if (!Object.hasOwn(settings, wish.key)) return []
    return [{ key: wish.key, outcome: settings[wish.key] === wish.value ? 'accepted' : 'refused', reason: null }]
  })
}

/** Milliseconds for which an edge node may still say what it was set to before. */
export const stillBefore = 10_000

/**
 * What an edge node of Sparkplug, which knows neither versions nor refusals, says of values that wait: the same value is accepted, another
 * one that it says later than its old one can be is refused. toldAt, at: milliseconds since 1970; toldAt null: it was not told yet
 */
export function settleBySparkplug(
  waiting: readonly (Pick<OpenWish, 'key' | 'value'> & { toldAt: number | null })[],
  said: ReadonlyMap<string, ControlValue>,
  at: number,
): SettledWish[] {
  return waiting.flatMap(({ key, value, toldAt }): SettledWish[] => {
    const now = said.get(key)
    if (now === undefined) return []
    if (isSame(now, value)) return [{ key, outcome: 'accepted', reason: null }]
    return toldAt !== null && at - toldAt >= stillBefore ? [{ key, outcome: 'refused', reason: null }] : []
  })
}

/** A machine may keep numbers as 32 bit floats. */
const isSame = (said: ControlValue, wanted: ControlValue): boolean =>
  typeof said === 'number' && typeof wanted === 'number' ? Math.fround(said) === Math.fround(wanted) : said === wanted

/** A number as it was before it became a 32 bit float: 0.1, not 0.10000000149011612. */
export function shortestNumber(value: number): number {
  if (Math.fround(value) !== value) return value
  for (const digits of [6, 7, 8, 9]) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return value
}

export interface SettledWish {
  key: string
  outcome: 'accepted' | 'refused'
  /** in the words of the machine; null: it gave none */
  reason: string | null
}

/** accepted: it has begun. expired: no answer came before it was too late to begin */
export const commandStates = ['waiting', 'accepted', 'done', 'refused', 'failed', 'expired'] as const
export type CommandState = (typeof commandStates)[number]

/** What may follow what. A machine that answers too late has done it all the same. */
const following: Record<CommandState, readonly CommandState[]> = {
  waiting: ['accepted', 'done', 'refused', 'failed', 'expired'],
  accepted: ['done', 'refused', 'failed'],
  expired: ['accepted', 'done', 'refused', 'failed'],
  done: [],
  refused: [],
  failed: [],
}

export const mayFollow = (before: CommandState, after: CommandState): boolean => following[before].includes(after)
