import type { PersonalData } from '#platform/server'

const code = 'a word from a fixed list'
const words = 'words about a machine: what is wrong with it, why, and what helps'
const withPortal = { rule: 'with', owner: 'portal' } as const
const texts = ['name_zh', 'name_en', 'cause_zh', 'cause_en', 'remedy_zh', 'remedy_en', 'fault_code', 'component']

export const personal: PersonalData = {
  tables: [
    {
      table: 'alarm_rule',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: { [words]: texts, [code]: ['severity', 'state', 'tells'], 'what a machine has to measure': ['raise', 'clear'] },
    },
    {
      table: 'alarm',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: {
        [words]: [...texts, 'message_zh', 'message_en'],
        [code]: ['severity', 'state', 'verdict', 'tells'],
        'what found it': ['source'],
        'what a machine measured': ['readings'],
      },
    },
    {
      table: 'alarm_entry',
      key: ['id'],
      about: { 'zh-CN': '对报警的处理', en: 'What was done about alarms' },
      why: { 'zh-CN': '维修与质保', en: 'For service and warranty' },
      kept: withPortal,
      // free words: somebody's name may be among them
      personal: { note: { protection: 'sealed', what: { 'zh-CN': '备注', en: 'comment' } } },
      impersonal: { [code]: ['kind'] },
    },
    { table: 'alarm_maintenance', key: ['id'], kept: withPortal, personal: {}, impersonal: {} },
    {
      table: 'handed_reading',
      key: ['position'],
      kept: { rule: 'by-job', days: 1, job: 'the home of the machine' },
      personal: {},
      impersonal: { 'what machines measured': ['messages'] },
    },
  ],
}
