import { type PersonalData, type Platform, type Subject, sealFields } from '#platform/server'
import type { AdvisoryTables, ServiceTables } from './tables.ts'

const words = 'words of the manufacturer about his types of machines'
const withPortal = { rule: 'with', owner: 'portal' } as const
const serve = { 'zh-CN': '完成您请求的服务', en: 'To do the service you asked for' }
/** What stands for words that were erased, in both languages since it lies in the row. */
const erased = '已删除 · erased'

export const personal: PersonalData = {
  tables: [
    { table: 'maintenance_plan', key: ['type_id'], kept: withPortal, personal: {}, impersonal: { [words]: ['tasks', 'advice'] } },
    {
      table: 'maintenance_record',
      key: ['id'],
      about: { 'zh-CN': '机器的保养记录', en: 'Maintenance that was done on machines' },
      why: { 'zh-CN': '机器的保养与维修历史', en: 'The service history of a machine' },
      kept: withPortal,
      personal: {
        performed_by: { protection: 'sealed', what: { 'zh-CN': '谁完成了保养', en: 'who did it' } },
        note: { protection: 'sealed', what: { 'zh-CN': '备注', en: 'a note' } },
      },
      impersonal: { [words]: ['task_key', 'name_zh', 'name_en', 'unit'] },
    },
    {
      table: 'maintenance_reminder',
      key: ['device_id', 'company_id', 'task_key', 'since'],
      kept: withPortal,
      personal: {},
      impersonal: { [words]: ['task_key'], 'the id of a record': ['since'] },
    },
    {
      table: 'service_request',
      key: ['id'],
      about: { 'zh-CN': '服务请求', en: 'Requests for service' },
      why: serve,
      kept: withPortal,
      personal: {
        description: { protection: 'sealed', what: { 'zh-CN': '需要什么服务', en: 'what is needed' } },
        result: { protection: 'sealed', what: { 'zh-CN': '完成了什么', en: 'what was done' } },
      },
      impersonal: {
        'a word from a fixed list': ['language', 'subject', 'status'],
        [words]: ['about_key', 'about_zh', 'about_en', 'parts'],
      },
    },
    {
      table: 'service_message',
      key: ['id'],
      about: { 'zh-CN': '关于服务的留言', en: 'Messages about service' },
      why: serve,
      kept: withPortal,
      personal: {
        name: { protection: 'sealed', what: { 'zh-CN': '姓名', en: 'name' } },
        text: { protection: 'sealed', what: { 'zh-CN': '留言', en: 'message' } },
      },
      impersonal: { 'a word from a fixed list': ['side'] },
    },
  ],
  erase: (platform, { accountId }) => (accountId ? eraseRecords(platform, accountId) : Promise.resolve()),
}

/** That the work was done stays in the machine's history; who did it, who asked for it, and his words do not. */
async function eraseRecords({ database, vault }: Platform, accountId: NonNullable<Subject['accountId']>): Promise<void> {
  const db = database.db<AdvisoryTables & ServiceTables>()
  await db
    .updateTable('service_request')
    .set({ ...(await sealFields(vault, 'service_request', { description: erased })), account_id: null })
    .where('account_id', '=', accountId)
    .execute()
  await db
    .updateTable('service_message')
    .set({ ...(await sealFields(vault, 'service_message', { name: erased, text: erased })), author_id: null })
    .where('author_id', '=', accountId)
    .execute()
  await db
    .updateTable('maintenance_record')
    .set({ ...(await sealFields(vault, 'maintenance_record', { performed_by: erased, note: '' })), account_id: null })
    .where('account_id', '=', accountId)
    .execute()
}
