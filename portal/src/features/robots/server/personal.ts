import type { PersonalData } from '#platform/server'

export const personal: PersonalData = {
  tables: [
    {
      table: 'robot',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      // of nobody, but whoever has them may write into the chat
      personal: {
        address: { protection: 'sealed', what: { 'zh-CN': '群机器人地址', en: 'address of a group robot' } },
        secret: { protection: 'sealed', what: { 'zh-CN': '群机器人密钥', en: 'secret of a group robot' } },
      },
      impersonal: {
        'a word from a fixed list, or a name in the code': ['kind', 'language', 'tells', 'alarms_from'],
        'a name that an administrator gives the chat': ['name'],
        'what a service answered': ['failure'],
        'number, product and amount of a lead, or what a machine warns of': ['caught'],
      },
    },
    {
      table: 'robot_alarm',
      key: ['robot_id', 'alarm_id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'a word from a fixed list': ['state'] },
    },
  ],
}
