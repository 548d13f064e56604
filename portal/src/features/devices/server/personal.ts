import type { PersonalData } from '#platform/server'

export const personal: PersonalData = {
  tables: [
    {
      table: 'device',
      key: ['id'],
      about: { 'zh-CN': '已交付的机器', en: 'Machines that were delivered' },
      why: { 'zh-CN': '维修、质保与备件', en: 'For service, warranty and spare parts' },
      kept: { rule: 'with', owner: 'portal' },
      // free words: somebody's name or home may be among them
      personal: { site: { protection: 'sealed', what: { 'zh-CN': '安装地点', en: 'where it stands' } } },
      impersonal: {
        'what is on the nameplate': ['serial', 'model', 'type_code'],
        'the same, as it is compared': ['serial_key', 'model_key'],
      },
    },
    {
      table: 'device_ownership',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'a word from a fixed list': ['role'] },
    },
  ],
}
