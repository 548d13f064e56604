import type { PersonalData } from '#platform/server'

const catalogue = 'what the catalogue says of a product'
const colleague = 'the id of a colleague'

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
      table: 'product_preset',
      key: ['only_one'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'what new products begin with': ['currency', 'tax'] },
    },
    {
      table: 'model_version',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { [catalogue]: ['version', 'model', 'source_format', 'notes', 'presentation', 'counter'] },
    },
    {
      table: 'model_draft',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: {
        [catalogue]: ['version', 'model', 'source_format', 'file_name', 'notes', 'presentation', 'findings'],
        [colleague]: ['author_id'],
      },
    },
    {
      table: 'product_entry',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: {
        'a word from a fixed list': ['kind'],
        'why a model was changed': ['reason', 'data'],
        [colleague]: ['author_id'],
      },
    },
  ],
}
