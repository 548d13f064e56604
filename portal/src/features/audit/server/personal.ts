import type { PersonalData } from '#platform/server'

/** The log itself belongs to the platform. */
export const personal: PersonalData = {
  tables: [
    {
      table: 'audit_check',
      key: ['id'],
      kept: { rule: 'always' },
      personal: {},
      impersonal: { 'a keyed hash': ['head_hash'], 'a word from a fixed list': ['broken_reason'] },
    },
  ],
}
