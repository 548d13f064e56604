import type { PersonalData } from '#platform/server'

const code = 'a word from a fixed list'

export const personal: PersonalData = {
  tables: [
    {
      table: 'notice',
      key: ['id'],
      about: { 'zh-CN': '给您的通知', en: 'What you were told' },
      why: { 'zh-CN': '让您及时知道机器的情况', en: 'So that you know in time how your machines are' },
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
      about: { 'zh-CN': '您的通知设置', en: 'How you want to be told' },
      why: { 'zh-CN': '按您的意愿通知您', en: 'So that you are told as you want it' },
      kept: { rule: 'with', owner: 'account' },
      personal: {},
      impersonal: { [code]: ['channels', 'kinds'], 'a time of day, or a time zone': ['quiet_from', 'quiet_until', 'zone'] },
    },
  ],
}
