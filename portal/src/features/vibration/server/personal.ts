import type { PersonalData } from '#platform/server'

const withPortal = { rule: 'with', owner: 'portal' } as const

export const personal: PersonalData = {
  tables: [
    {
      table: 'vibration_plan',
      key: ['type_id'],
      kept: withPortal,
      personal: {},
      impersonal: { 'words of the manufacturer about his types of machines': ['points', 'zones'] },
    },
    {
      table: 'vibration_record',
      key: ['device_id', 'point', 'at'],
      kept: withPortal,
      personal: {},
      impersonal: {
        'a word from a fixed list': ['point'],
        'what a machine measured': ['samples', 'analysis', 'spectrum', 'envelope'],
      },
    },
  ],
}
