import type { PersonalData } from '#platform/server'

const catalogue = 'what the catalogue says of a product'

export const personal: PersonalData = {
  tables: [
    {
      table: 'product',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { [catalogue]: ['slug', 'status', 'page'] },
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
