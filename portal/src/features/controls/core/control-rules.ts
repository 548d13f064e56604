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
