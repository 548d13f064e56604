import type { PersonalData } from '#platform/server'

export const personal: PersonalData = {
  tables: [
    {
      table: 'configuration',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: {
        'random, names nobody': ['token'],
        'what was chosen of a machine': ['decisions', 'selection'],
        'a currency': ['currency'],
        'ids of account and company': ['account_id', 'company_id'],
      },
    },
  ],
}
