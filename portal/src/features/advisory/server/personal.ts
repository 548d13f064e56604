import { type PersonalData, type Platform, type Subject, sealFields } from '#platform/server'
import type { AdvisoryTables } from './tables.ts'

const words = 'words of the manufacturer about his types of machines'
const withPortal = { rule: 'with', owner: 'portal' } as const
/** What stands for words that were erased, in both languages since it lies in the row. */
const erased = '已删除 · erased'

export const personal: PersonalData = {
  tables: [
    { table: 'maintenance_plan', key: ['type_id'], kept: withPortal, personal: {}, impersonal: { [words]: ['tasks'] } },
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
  ],
  erase: (platform, { accountId }) => (accountId ? eraseRecords(platform, accountId) : Promise.resolve()),
}

/** That the work was done stays in the machine's history; who did it and his words do not. */
async function eraseRecords({ database, vault }: Platform, accountId: NonNullable<Subject['accountId']>): Promise<void> {
  await database
    .db<AdvisoryTables>()
    .updateTable('maintenance_record')
    .set({ ...(await sealFields(vault, 'maintenance_record', { performed_by: erased, note: '' })), account_id: null })
    .where('account_id', '=', accountId)
    .execute()
}
