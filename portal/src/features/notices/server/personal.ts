import type { PersonalData } from '#platform/server'

const code = 'a word from a fixed list'

export const personal: PersonalData = {
  tables: [
    {
      table: 'notice',
      key: ['id'],
      kept: { rule: 'days', days: 365, after: 'at' },
      personal: {},
      impersonal: {
        [code]: ['kind', 'urgency'],
        'words about a machine: what is wrong with it, why, and what helps': ['content'],
        'the id of an alarm': ['key'],
      },
    },
    {
      table: 'notice_delivery',
      key: ['notice_id', 'channel'],
      kept: { rule: 'with', owner: 'account' },
      personal: {},
      impersonal: { [code]: ['channel', 'state'] },
    },
    {
      table: 'notice_settings',
      key: ['person_id'],
      kept: { rule: 'with', owner: 'account' },
      personal: {},
      impersonal: { [code]: ['channels', 'kinds'], 'a time of day, or a time zone': ['quiet_from', 'quiet_until', 'zone'] },
    },
  ],
}
