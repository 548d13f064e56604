import type { PersonalData } from '#platform/server'

const said = 'what the manufacturer says on its pages'
const colleague = 'the id of a colleague'
const portal = { rule: 'with', owner: 'portal' } as const

export const personal: PersonalData = {
  tables: [
    {
      table: 'content_page',
      key: ['id'],
      kept: portal,
      personal: {},
      impersonal: { [said]: ['kind', 'slug', 'draft', 'shown_slug'], [colleague]: ['changed_by'] },
    },
    {
      table: 'content_version',
      key: ['id'],
      kept: portal,
      personal: {},
      impersonal: { [said]: ['document'], [colleague]: ['made_by'] },
    },
    { table: 'content_picture', key: ['id'], kept: portal, personal: {}, impersonal: { [said]: ['hash'] } },
    {
      table: 'content_picture_size',
      key: ['picture_id', 'width'],
      kept: portal,
      personal: {},
      impersonal: { [said]: ['webp'] },
    },
    { table: 'content_menu', key: ['only_one'], kept: portal, personal: {}, impersonal: { [said]: ['header', 'footer'] } },
  ],
}
