import type { PersonalData } from '#platform/server'

const code = 'a word from a fixed list'
const words = 'words of the manufacturer about his types of machines'
const figures = 'figures of a model, of machines and not of people'
const withPortal = { rule: 'with', owner: 'portal' } as const

export const personal: PersonalData = {
  tables: [
    {
      table: 'component_life',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: { [words]: ['component'], [code]: ['ending', 'source', 'origin'] },
    },
    {
      table: 'life_model',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: {
        [words]: ['component', 'sensors', 'settings'],
        [code]: ['status', 'reasons'],
        [figures]: ['judgement', 'scores', 'model'],
      },
    },
    {
      table: 'life_model_activation',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: { [words]: ['component'], [code]: ['how'] },
    },
    {
      table: 'component_prognosis',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: { [words]: ['component'], [code]: ['kind', 'reason'] },
    },
  ],
}
