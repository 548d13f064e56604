import type { PersonalData } from '#platform/server'

const portal = { rule: 'with', owner: 'portal' } as const
const origin =
  'name of a campaign, a printed code, or the host of a page that linked here; what looks like an address or a number is left out'

export const personal: PersonalData = {
  tables: [
    {
      table: 'figure_day',
      key: ['day', 'fact', 'product_id', 'source'],
      kept: portal,
      personal: {},
      impersonal: { 'a word from a fixed list, or a name in the code': ['fact'], [origin]: ['source'] },
    },
    { table: 'figure_stay', key: ['day', 'product_id', 'seconds'], kept: portal, personal: {}, impersonal: {} },
    { table: 'figure_lead', key: ['lead_id'], kept: portal, personal: {}, impersonal: { [origin]: ['source'] } },
    {
      table: 'figure_amount',
      key: ['fact', 'subject_id', 'version'],
      kept: portal,
      personal: {},
      impersonal: { 'a word from a fixed list': ['fact', 'currency'], [origin]: ['source'] },
    },
    {
      table: 'figure_before_product',
      key: ['product_id'],
      kept: portal,
      personal: {},
      impersonal: { 'where an administrator took the figures of his house from': ['note'] },
    },
    {
      table: 'figure_before',
      key: ['only_one'],
      kept: portal,
      personal: {},
      impersonal: { 'where an administrator took the figures of his house from': ['note'] },
    },
    { table: 'figure_sample', key: ['only_one'], kept: portal, personal: {}, impersonal: {} },
    {
      table: 'figure_mail',
      key: ['person_id'],
      about: { 'zh-CN': '经营数据周报的订阅', en: 'Who gets the figures of each week by mail' },
      why: { 'zh-CN': '按其意愿发送周报', en: 'To send it as he wishes' },
      kept: { rule: 'with', owner: 'account' },
      personal: { language: { protection: 'plain', what: { 'zh-CN': '语言', en: 'language' } } },
      impersonal: {},
    },
  ],
}
