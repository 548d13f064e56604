import type { PersonalData } from '#platform/server'

const code = 'a word from a fixed list, or a name in the code'
const ofPages = 'addresses of public pages'

export const personal: PersonalData = {
  tables: [
    {
      table: 'discovery',
      key: ['only_one'],
      kept: { rule: 'with', owner: 'portal' },
      // of nobody, but whoever has them speaks for the manufacturer
      personal: {
        baidu_token: { protection: 'sealed', what: { 'zh-CN': '百度推送密钥', en: 'token of Baidu’s interface' } },
        wechat_secret: { protection: 'sealed', what: { 'zh-CN': '公众号密钥', en: 'secret of the WeChat account' } },
      },
      impersonal: {
        'what every page says to search engines': ['codes', 'index_now_key', 'wechat_app_id'],
        [code]: ['index_now_host'],
      },
    },
    {
      table: 'root_file',
      key: ['name'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { 'files that everybody may read': ['name', 'content'] },
    },
    {
      table: 'page_to_push',
      key: ['channel', 'path'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { [ofPages]: ['path'], [code]: ['channel'] },
    },
    {
      table: 'page_push',
      key: ['id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: {},
      impersonal: { [ofPages]: ['first_path'], [code]: ['channel', 'outcome', 'reason'], 'what a service answered': ['said'] },
    },
    {
      table: 'wechat_ticket',
      key: ['app_id'],
      kept: { rule: 'with', owner: 'portal' },
      personal: { ticket: { protection: 'sealed', what: { 'zh-CN': '微信签名凭据', en: 'what signs pages for WeChat' } } },
      impersonal: { 'what every page says to search engines': ['app_id'], 'what a service answered': ['failure'] },
    },
  ],
}
