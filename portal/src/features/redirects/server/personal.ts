import type { PersonalData } from '#platform/server'

export const personal: PersonalData = {
  tables: [
    {
      table: 'redirect',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'addresses of public pages': ['old', 'target'] },
    },
  ],
}
