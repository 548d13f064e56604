import type { PersonalData } from '#platform/server'

const code = 'a word from a fixed list'

export const personal: PersonalData = {
  tables: [
    {
      table: 'webhook',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      // of nobody, but the address may hold a token, and whoever has a secret may pass for the portal
      personal: {
        address: { protection: 'sealed', what: { 'zh-CN': 'Webhook 地址', en: 'address of a webhook' } },
        secret: { protection: 'sealed', what: { 'zh-CN': 'Webhook 密钥', en: 'secret of a webhook' } },
        old_secret: { protection: 'sealed', what: { 'zh-CN': 'Webhook 的旧密钥', en: 'former secret of a webhook' } },
      },
      impersonal: {
        'a name that an administrator gives a program': ['name'],
        [code]: ['kinds', 'severity_from'],
        'ids of machines': ['device_ids'],
      },
    },
    {
      table: 'webhook_message',
      key: ['id'],
      kept: { rule: 'days', days: 30, after: 'at' },
      personal: {},
      impersonal: {
        'the id of an event': ['key'],
        [code]: ['kind', 'state'],
        'words about a machine: what is wrong with it, what is due, what was bought for it': ['data'],
      },
    },
    {
      table: 'webhook_attempt',
      key: ['id'],
      kept: { rule: 'days', days: 30, after: 'at' },
      personal: {},
      impersonal: { 'what a program answered': ['said'] },
    },
  ],
}
