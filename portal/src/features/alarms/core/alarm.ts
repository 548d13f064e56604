/** How urgent an alarm is, the most urgent first [ISA-18.2 priorities]. */
export const severities = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof severities)[number]

/** What whoever looked at the machine says of an alarm. */
export const verdicts = ['confirmed', 'no-fault'] as const
export type Verdict = (typeof verdicts)[number]

/**
 * Where an alarm stands [ISA-18.2]. `returned`: over, and nobody has acknowledged it. `shelved`: put aside by somebody for a time.
 * `suppressed`: the machine is in maintenance. `normal`: nothing is open any more.
 */
export const alarmStates = ['unacknowledged', 'acknowledged', 'returned', 'shelved', 'suppressed', 'normal'] as const
export type AlarmState = (typeof alarmStates)[number]

/** What happens to an alarm. resume: it is shelved or suppressed no more, and its condition holds, or does not. end: what it was raised by is gone */
export const alarmMoves = [
  'raise',
  'raise-in-maintenance',
  'clear',
  'acknowledge',
  'shelve',
  'suppress',
  'resume-active',
  'resume-returned',
  'end',
] as const
export type AlarmMove = (typeof alarmMoves)[number]

/** Every legal move; what stands nowhere is refused. */
const table: Record<AlarmState, Partial<Record<AlarmMove, AlarmState>>> = {
  normal: { raise: 'unacknowledged', 'raise-in-maintenance': 'suppressed' },
  unacknowledged: {
    raise: 'unacknowledged',
    'raise-in-maintenance': 'suppressed',
    clear: 'returned',
    acknowledge: 'acknowledged',
    shelve: 'shelved',
    suppress: 'suppressed',
    end: 'normal',
  },
  acknowledged: {
    raise: 'acknowledged',
    'raise-in-maintenance': 'suppressed',
    clear: 'normal',
    shelve: 'shelved',
    suppress: 'suppressed',
    end: 'normal',
  },
  returned: {
    raise: 'unacknowledged',
    'raise-in-maintenance': 'suppressed',
    acknowledge: 'normal',
    shelve: 'shelved',
    suppress: 'suppressed',
    end: 'normal',
  },
  // whether its condition holds is remembered beside, and decides when the time is over
  shelved: {
    raise: 'shelved',
    'raise-in-maintenance': 'shelved',
    clear: 'shelved',
    'resume-active': 'unacknowledged',
    'resume-returned': 'normal',
    end: 'normal',
  },
  suppressed: {
    raise: 'suppressed',
    'raise-in-maintenance': 'suppressed',
    clear: 'suppressed',
    'resume-active': 'unacknowledged',
    'resume-returned': 'normal',
    end: 'normal',
  },
}

/** Where an alarm stands after a move; null: it cannot be made from there. */
export const moveAlarm = (state: AlarmState, move: AlarmMove): AlarmState | null => table[state][move] ?? null

/** Whether something of it is left to do. */
export const isOpen = (state: AlarmState): boolean => state !== 'normal'

/** Whether an alarm was raised by a rule, somebody's own or the manufacturer's, and not by what was found by other ways. */
export const isByRule = (source: string): boolean => source.startsWith('rule:')

/** The id of the rule an alarm was raised by; null: by what was found otherwise. */
export const ruleIdOf = (source: string): string | null => (isByRule(source) ? source.slice('rule:'.length) : null)
