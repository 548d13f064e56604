import type { PersonalData } from '#platform/server'
import type { DocumentTables } from './tables.ts'

const code = 'a word from a fixed list'
const words = 'words of the manufacturer about his documents'
const withPortal = { rule: 'with', owner: 'portal' } as const

export const personal: PersonalData = {
  tables: [
    {
      table: 'document',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: { [code]: ['kind', 'language', 'audience'], [words]: ['title_zh', 'title_en', 'number', 'withdrawn_reason'] },
    },
    { table: 'document_product', key: ['document_id', 'product_id'], kept: withPortal, personal: {}, impersonal: {} },
    { table: 'document_device', key: ['document_id', 'device_id'], kept: withPortal, personal: {}, impersonal: {} },
    { table: 'document_company', key: ['document_id', 'company_id'], kept: withPortal, personal: {}, impersonal: {} },
    {
      table: 'document_version',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: { 'a hash of a document': ['sha256'], [words]: ['note'] },
    },
    { table: 'document_day', key: ['version_id', 'day'], kept: withPortal, personal: {}, impersonal: {} },
    {
      table: 'document_download',
      key: ['id'],
      about: { 'zh-CN': '登录后下载的资料', en: 'Documents fetched while signed in' },
      why: {
        'zh-CN': '知道谁手中有哪个版本，以便在资料更新时告知',
        en: 'To know who has which version, and whom to tell of a newer one',
      },
      kept: { rule: 'days', days: 1095, after: 'at' },
      personal: { at: { protection: 'plain', what: { 'zh-CN': '资料版本与下载时间', en: 'which version, and when' } } },
      impersonal: {},
    },
    {
      table: 'document_nameplate',
      key: ['product_id', 'pattern_key'],
      kept: withPortal,
      personal: {},
      impersonal: { 'a model, as nameplates have it': ['pattern', 'pattern_key'] },
    },
  ],
  async collect({ database }, { accountId }) {
    if (!accountId) return []
    const rows = await database
      .db<DocumentTables>()
      .selectFrom('document_download as l')
      .innerJoin('document_version as v', 'v.id', 'l.version_id')
      .innerJoin('document as d', 'd.id', 'v.document_id')
      .select(['l.at', 'd.title_zh', 'd.title_en', 'v.version'])
      .where('l.person_id', '=', accountId)
      .orderBy('l.id')
      .execute()
    return rows.length > 0 ? [{ about: { 'zh-CN': '登录后下载的资料', en: 'Documents fetched while signed in' }, rows }] : []
  },
  // the counts stay, which tell of nobody
  async erase({ database }, { accountId }) {
    if (accountId)
      await database.db<DocumentTables>().deleteFrom('document_download').where('person_id', '=', accountId).execute()
  },
}
