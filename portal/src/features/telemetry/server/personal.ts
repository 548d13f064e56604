import type { PersonalData } from '#platform/server'

export const personal: PersonalData = {
  tables: [
    {
      table: 'device_connection',
      key: ['device_id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'what a machine calls its connection': ['session'] },
    },
    {
      table: 'device_refusal',
      key: ['device_id', 'reason', 'hour'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'a word from a fixed list': ['reason'] },
    },
    {
      table: 'sparkplug_node',
      key: ['device_id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'what a controller calls what it measures, and numbers of its messages': ['metrics', 'state'] },
    },
    {
      table: 'reading_sequence',
      key: ['device_id', 'place'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'what a machine calls the time since it was switched on': ['boot'] },
    },
    { table: 'reading_retention', key: ['only_one'], kept: { rule: 'with', owner: 'portal' }, personal: {}, impersonal: {} },
  ],
}
