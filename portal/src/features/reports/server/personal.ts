import type { PersonalData } from '#platform/server'

export const personal: PersonalData = {
  tables: [
    {
      table: 'health_report',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'YYYY-MM': ['month'], 'what machines reported, and what was found at them': ['facts'] },
    },
  ],
}
