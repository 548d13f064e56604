import type { PersonalData } from '#platform/server'

const catalogue = 'what the catalogue says of a product'

export const personal: PersonalData = {
  tables: [
    {
      table: 'product',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { [catalogue]: ['slug', 'status', 'page', 'price_visibility'] },
    },
    {
      table: 'pricing',
      key: ['only_one'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'to whom prices are shown': ['visibility'] },
    },
    {
      table: 'model_version',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { [catalogue]: ['version', 'model', 'source_format', 'notes', 'presentation'] },
    },
  ],
}
