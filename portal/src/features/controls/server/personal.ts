import type { PersonalData } from '#platform/server'

const kept = { rule: 'with', owner: 'portal' } as const
const word = 'a word from a fixed list'
const machine = 'what a machine is set to or told, and what it answers'

export const personal: PersonalData = {
  tables: [
    {
      table: 'setting_wish',
      key: ['id'],
      kept,
      personal: {},
      impersonal: { [word]: ['asked_as', 'outcome'], [machine]: ['key', 'value', 'reason'] },
    },
    { table: 'setting_report', key: ['device_id', 'key'], kept, personal: {}, impersonal: { [machine]: ['key', 'value'] } },
    {
      table: 'machine_command',
      key: ['id'],
      kept,
      personal: {},
      impersonal: { [word]: ['asked_as', 'state'], [machine]: ['key', 'parameters', 'reason'] },
    },
  ],
}
