import type { PersonalData } from '#platform/server'

const withPortal = { rule: 'with', owner: 'portal' } as const

export const personal: PersonalData = {
  tables: [
    {
      table: 'device_diagnosis',
      key: ['device_id'],
      kept: withPortal,
      personal: {},
      impersonal: { 'what a machine usually measures': ['standing', 'growth', 'used_by'] },
    },
    {
      table: 'device_finding',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: {
        'a word from a fixed list': ['kind', 'verdict', 'key', 'component'],
        'what a machine measured': ['contributions'],
      },
    },
    { table: 'device_watched', key: ['device_id', 'from_at'], kept: withPortal, personal: {}, impersonal: {} },
    {
      table: 'device_health',
      key: ['device_id', 'component', 'at'],
      kept: withPortal,
      personal: {},
      impersonal: { 'a word from a fixed list': ['component'] },
    },
  ],
}
