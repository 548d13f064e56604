/**
 * How a machine stands, in the terms of NAMUR NE 107, worst first. `good` is not one of the standard's four signals: it is that none of them
 * is given.
 */
export const deviceStates = ['failure', 'function-check', 'out-of-specification', 'maintenance-required', 'good'] as const
export type DeviceState = (typeof deviceStates)[number]

/** Whether a machine is heard of. Said beside its state: of one that is silent nobody knows how it is, whatever it said last. */
export type Contact =
  /** it is connected and reports */
  | 'reporting'
  /** it is connected and has said nothing for a while */
  | 'silent'
  | 'offline'
  /** nothing has ever been heard of it */
  | 'never'
  /** its owner keeps from the reader what it reports */
  | 'withheld'

export type AlarmSeverity = 'critical' | 'high' | 'medium' | 'low'

/** After which time without a reading a connected machine is silent, in milliseconds. */
export const silentAfter = 15 * 60_000

export interface Heard {
  /** null: it never was */
  connected: boolean | null
  /** of its last reading, in milliseconds since 1970; null: there is none */
  lastAt: number | null
  withheld: boolean
}

export function contactOf({ connected, lastAt, withheld }: Heard, now: number): Contact {
  if (withheld) return 'withheld'
  if (lastAt === null && connected === null) return 'never'
  if (connected === false) return 'offline'
  return lastAt !== null && now - lastAt < silentAfter ? 'reporting' : 'silent'
}

const bySeverity: Record<AlarmSeverity, DeviceState> = {
  critical: 'failure',
  high: 'out-of-specification',
  medium: 'maintenance-required',
  low: 'maintenance-required',
}

/**
 * The state of a machine by its open alarms and its health, the worst of them. While somebody works on it what it says is no fault of its
 * own: that is `function-check`, unless it has failed. A sensor that is not believed (health says `function-check`) hides no alarm that is worse. null: nobody knows, for nothing is wrong that is known, and it is not heard of
 */
export function stateOf({
  alarms,
  health,
  workedOn = false,
  contact,
}: {
  alarms: readonly AlarmSeverity[]
  /** null: not assessed */
  health: DeviceState | null
  workedOn?: boolean
  contact: Contact
}): DeviceState | null {
  if (contact === 'withheld') return null
  const warned = alarms.map(severity => bySeverity[severity])
  const hides = health === 'function-check' && warned.some(state => state === 'failure' || state === 'out-of-specification')
  const said = [...warned, ...(health === null || hides ? [] : [health])]
  const signals = said.map(state => (workedOn && state !== 'failure' ? 'function-check' : state))
  if (workedOn) signals.push('function-check')
  const worst = deviceStates.find(state => signals.includes(state))
  if (worst && worst !== 'good') return worst
  return contact === 'reporting' ? 'good' : null
}

/** The place of a state among others, worst first; what nobody knows comes before what is good. */
export const rankOf = (state: DeviceState | null): number =>
  state === null ? deviceStates.length - 1.5 : deviceStates.indexOf(state)
