import { openFields, type PersonalData } from '#platform/server'
import type { PrivacyTables } from './tables.ts'

const code = 'a word from a fixed list'
const email = { 'zh-CN': '邮箱', en: 'e-mail address' }
const proving = { 'zh-CN': '处理并证明您的申请', en: 'To answer your request, and to show that we did' }

export const personal: PersonalData = {
  tables: [
    {
      table: 'privacy_request',
      key: ['id'],
      about: { 'zh-CN': '隐私申请', en: 'Requests about personal data' },
      why: proving,
      kept: { rule: 'always' },
      personal: {
        email: { protection: 'sealed', what: email },
        email_digest: { protection: 'digest', what: email },
        words: { protection: 'sealed', what: { 'zh-CN': '申请说明', en: 'what you wrote' } },
        language: { protection: 'plain', what: { 'zh-CN': '语言', en: 'language' } },
      },
      impersonal: { [code]: ['kind', 'state'], 'a hash of something random': ['token_hash'] },
    },
    {
      table: 'privacy_request_entry',
      key: ['id'],
      about: { 'zh-CN': '申请进展', en: 'What was done about a request' },
      why: proving,
      kept: { rule: 'always' },
      personal: { note: { protection: 'sealed', what: { 'zh-CN': '说明', en: 'notes' } } },
      impersonal: { [code]: ['state'] },
    },
    {
      table: 'privacy_export',
      key: ['request_id'],
      about: { 'zh-CN': '数据副本', en: 'Copies of your data' },
      why: { 'zh-CN': '供您下载', en: 'For you to fetch' },
      kept: { rule: 'days', days: 14, after: 'made_at' },
      personal: { content: { protection: 'sealed', what: { 'zh-CN': '全部内容', en: 'everything in it' } } },
      impersonal: {},
    },
    {
      table: 'consent',
      key: ['id'],
      about: { 'zh-CN': '同意记录', en: 'Consents' },
      why: { 'zh-CN': '证明您同意过什么', en: 'To show what you agreed to' },
      kept: { rule: 'always' },
      personal: {
        email_digest: { protection: 'digest', what: email },
        phone_digest: { protection: 'digest', what: { 'zh-CN': '电话', en: 'phone number' } },
        language: { protection: 'plain', what: { 'zh-CN': '语言', en: 'language' } },
      },
      impersonal: {
        [code]: ['purpose', 'form'],
        'the version of a text, and its hash': ['version', 'text_hash', 'notice_hash'],
        'an id of the portal': ['request_id'],
      },
    },
    ...['privacy_notice', 'privacy_notice_draft'].map(table => ({
      table,
      key: [table === 'privacy_notice' ? 'version' : 'only_one'],
      kept: { rule: 'with' as const, owner: 'portal' as const },
      personal: {},
      impersonal: {
        'what the privacy page says, to everybody': ['text', ...(table === 'privacy_notice' ? ['change'] : [])],
      },
    })),
  ],

  async collect({ database, vault }, { accountId, emailDigest }) {
    if (!accountId && !emailDigest) return []
    const db = database.db<PrivacyTables>()
    const consents = await db
      .selectFrom('consent')
      .select(['purpose', 'version', 'notice_version', 'language', 'form', 'given_at', 'withdrawn_at'])
      .where(eb =>
        eb.or([
          ...(accountId ? [eb('account_id', '=', accountId)] : []),
          ...(emailDigest ? [eb('email_digest', '=', emailDigest)] : []),
        ]),
      )
      .execute()
    const requests = emailDigest
      ? await db
          .selectFrom('privacy_request')
          .select(['number', 'kind', 'state', 'words', 'received_at', 'due_at', 'closed_at'])
          .where('email_digest', '=', emailDigest)
          .execute()
      : []
    return [
      { about: { 'zh-CN': '同意记录', en: 'Consents' }, rows: consents },
      {
        about: { 'zh-CN': '隐私申请', en: 'Requests about personal data' },
        rows: await Promise.all(requests.map(row => openFields(vault, 'privacy_request', row, ['words']))),
      },
    ]
  },

  /** That he asked and what was answered is kept, and what he agreed to: without his name, found by hash alone. */
  async erase({ database }, { accountId, emailDigest }) {
    const db = database.db<PrivacyTables>()
    const his = db
      .selectFrom('privacy_request')
      .select('id')
      .where(eb =>
        eb.or([
          eb.lit(false),
          ...(accountId ? [eb('account_id', '=', accountId)] : []),
          ...(emailDigest ? [eb('email_digest', '=', emailDigest)] : []),
        ]),
      )
    await db.deleteFrom('privacy_export').where('request_id', 'in', his).execute()
    await db.updateTable('privacy_request').set({ email: null, words: null, account_id: null }).where('id', 'in', his).execute()
    if (accountId) await db.updateTable('consent').set({ account_id: null }).where('account_id', '=', accountId).execute()
  },
}
