import type { PersonalData, PersonalTable } from '#platform/server'
import { blankContacts, collectInquiries, contactsClosedBefore, contactsOf } from './erase-contacts.ts'
import type { SalesTables } from './tables.ts'

const random = 'random, names nobody'
const code = 'a word from a fixed list'
const closed = { rule: 'closed', days: 730 } as const
const offering = { 'zh-CN': '答复询价并报价', en: 'To answer the inquiry and make an offer' }
const email = { 'zh-CN': '邮箱', en: 'e-mail address' }
const phone = { 'zh-CN': '电话', en: 'phone number' }

const tables: readonly PersonalTable[] = [
  {
    table: 'contact',
    key: ['id'],
    about: { 'zh-CN': '询价联系人', en: 'Contacts of inquiries' },
    why: offering,
    kept: closed,
    personal: {
      name: { protection: 'plain', what: { 'zh-CN': '姓名', en: 'name' } },
      company_name: { protection: 'plain', what: { 'zh-CN': '公司', en: 'company' } },
      email: { protection: 'sealed', what: email, lookUp: { column: 'email_digest', as: 'email' } },
      email_digest: { protection: 'digest', what: email },
      phone: { protection: 'sealed', what: phone, lookUp: { column: 'phone_digest', as: 'phone' } },
      phone_digest: { protection: 'digest', what: phone },
      language: { protection: 'plain', what: { 'zh-CN': '语言', en: 'language' } },
    },
    impersonal: { 'ids of account and company': ['account_id', 'company_id'] },
  },
  {
    table: 'inquiry',
    key: ['id'],
    about: { 'zh-CN': '询价', en: 'Inquiries' },
    why: offering,
    kept: closed,
    personal: {
      message: { protection: 'sealed', what: { 'zh-CN': '留言', en: 'message' } },
      unlisted: { protection: 'sealed', what: { 'zh-CN': '列表中没有的需求', en: 'what was not in the list' } },
      source: {
        protection: 'plain',
        what: { 'zh-CN': '访问来源（广告、链接、二维码）', en: 'where the visit came from: campaign, link, printed code' },
        why: { 'zh-CN': '了解客户如何找到我们', en: 'To learn how customers find us' },
      },
    },
    impersonal: {
      [random]: ['token'],
      [code]: ['call_back'],
      'the version of a text': ['consent_version'],
      'words of the manufacturer about what he sells, and nameplates': ['subject'],
    },
  },
  {
    table: 'lead',
    key: ['id'],
    about: { 'zh-CN': '销售线索', en: 'Leads' },
    why: offering,
    kept: closed,
    personal: {
      search: { protection: 'plain', what: { 'zh-CN': '姓名和公司，供搜索', en: 'name and company, for searching' } },
      email_digest: { protection: 'digest', what: email },
      phone_digest: { protection: 'digest', what: phone },
    },
    impersonal: { [code]: ['status', 'currency'], 'the id of a colleague': ['assignee_id'] },
  },
  {
    table: 'answering',
    key: ['only_one'],
    kept: { rule: 'with', owner: 'portal' },
    personal: {},
    impersonal: { 'days of the week': ['days'] },
  },
  {
    table: 'lead_entry',
    key: ['id'],
    about: { 'zh-CN': '线索进展', en: 'What happened to a lead' },
    why: offering,
    kept: closed,
    personal: { data: { protection: 'sealed', what: { 'zh-CN': '备注、答复', en: 'notes and answers' } } },
    impersonal: { [code]: ['kind'], 'the id of a colleague': ['author_id'] },
  },
]

const dayMs = 24 * 60 * 60_000

export const personal: PersonalData = {
  tables,

  async afterSealing(database) {
    await database
      .db<SalesTables>()
      .updateTable('lead as l')
      .from('inquiry as i')
      .innerJoin('contact as k', 'k.id', 'i.contact_id')
      .whereRef('i.id', '=', 'l.inquiry_id')
      .set(eb => ({ email_digest: eb.ref('k.email_digest'), phone_digest: eb.ref('k.phone_digest') }))
      .execute()
  },

  collect: async (platform, subject) => collectInquiries(platform, await contactsOf(platform, subject)),
  erase: async (platform, subject) => void (await blankContacts(platform, await contactsOf(platform, subject))),
  async retire(platform, now) {
    const contacts = await contactsClosedBefore(platform, new Date(now.getTime() - closed.days * dayMs))
    await blankContacts(platform, contacts)
    const counts: Record<string, number> = contacts.length > 0 ? { contact: contacts.length } : {}
    return counts
  },
}
