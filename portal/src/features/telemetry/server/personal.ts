import type { PersonalData } from '#platform/server'

export const personal: PersonalData = {
  tables: [
    { table: 'device_connection', key: ['device_id'], kept: { rule: 'with', owner: 'portal' }, personal: {}, impersonal: {} },
    {
      table: 'device_refusal',
      key: ['device_id', 'reason', 'hour'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'a word from a fixed list': ['reason'] },
    },
  ],
}
