import type { PersonalData, Platform, Subject } from '#platform/server'
import { importDays } from '../core/index.ts'
import { openRow } from './staged-rows.ts'
import type { ImportTables } from './tables.ts'

const email = { 'zh-CN': '邮箱', en: 'e-mail address' }
const phone = { 'zh-CN': '电话', en: 'phone number' }
const importing = { 'zh-CN': '核对并写入企业原有的客户名单', en: 'To check and take over the manufacturer’s list of customers' }

/** Rows of files that tell of this person. */
const rowsOf = ({ database }: Platform, { emailDigest, phoneDigest }: Subject) =>
  database
    .db<ImportTables>()
    .selectFrom('customer_import_row')
    .select(['import_id', 'place', 'content', 'decision'])
    .where(eb =>
      eb.or([
        ...(emailDigest ? [eb('email_digest', '=', emailDigest)] : []),
        ...(phoneDigest ? [eb.and([eb('phone_digest', '=', phoneDigest), eb('email_digest', 'is', null)])] : []),
      ]),
    )
    .execute()

export const personal: PersonalData = {
  tables: [
    {
      table: 'customer_import',
      key: ['id'],
      about: { 'zh-CN': '客户名单的导入', en: 'Imports of customers' },
      why: { 'zh-CN': '证明由谁、何时声明可使用这些信息', en: 'To show who declared that the data may be used, and when' },
      kept: { rule: 'with', owner: 'portal' },
      personal: {
        file_name: {
          protection: 'plain',
          what: { 'zh-CN': '文件名，由上传者命名', en: 'name of the file, as who sent it called it' },
        },
        findings: { protection: 'plain', what: { 'zh-CN': '无法读取的列标题', en: 'headings that were not understood' } },
      },
      impersonal: {
        'a word from a fixed list': ['status'],
        'a hash of a file': ['sha256'],
        'the version of a text': ['declaration_version'],
        'numbers of rows': ['counts'],
      },
    },
    {
      table: 'customer_import_row',
      key: ['import_id', 'place'],
      about: { 'zh-CN': '导入文件中的行', en: 'Rows of files that are imported' },
      why: importing,
      kept: { rule: 'by-job', days: importDays.done, job: 'imports.forget' },
      personal: {
        content: {
          protection: 'sealed',
          what: { 'zh-CN': '姓名、公司、职务、备注', en: 'name, company, post, notes' },
          reseal: false,
        },
        email_digest: { protection: 'digest', what: email },
        phone_digest: { protection: 'digest', what: phone },
      },
      impersonal: { 'a word from a fixed list': ['kind', 'verdict'], 'ids and places in the file': ['decision'] },
    },
  ],

  async collect(platform, subject) {
    const rows = await rowsOf(platform, subject)
    if (rows.length === 0) return []
    const open = await Promise.all(rows.map(async row => ({ ...(await openRow(platform, row)).file.values })))
    return [{ about: { 'zh-CN': '导入文件中的行', en: 'Rows of files that are imported' }, rows: open }]
  },

  /** A row that is gone is not written either, should its file still be waiting. */
  async erase(platform, subject) {
    for (const { import_id, place } of await rowsOf(platform, subject))
      await platform.database
        .db<ImportTables>()
        .deleteFrom('customer_import_row')
        .where('import_id', '=', import_id)
        .where('place', '=', place)
        .execute()
  },
}
