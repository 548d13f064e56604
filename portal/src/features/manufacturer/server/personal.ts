import type { PersonalData } from '#platform/server'

export const personal: PersonalData = {
  tables: [
    {
      table: 'manufacturer',
      key: ['only_one'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'who runs this portal, as it says on every page': ['profile'] },
    },
    {
      table: 'brand',
      key: ['only_one'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'how the portal looks': ['signal'] },
    },
    {
      table: 'brand_picture',
      key: ['which'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'how the portal looks': ['which', 'png', 'hash'] },
    },
  ],
}
