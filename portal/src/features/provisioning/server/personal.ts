import type { PersonalData } from '#platform/server'

const withPortal = { rule: 'with', owner: 'portal' } as const

export const personal: PersonalData = {
  tables: [
    {
      table: 'device_list',
      key: ['id'],
      about: { 'zh-CN': '批量登记机器的清单', en: 'Lists by which machines were registered' },
      why: {
        'zh-CN': '证明机器和凭证由谁、何时登记和下载',
        en: 'To show who registered machines and was given their credentials, and when',
      },
      kept: withPortal,
      personal: {
        file_name: {
          protection: 'plain',
          what: { 'zh-CN': '文件名，由上传者命名', en: 'name of the file, as who sent it called it' },
        },
      },
      impersonal: { 'a hash of a file': ['sha256'] },
    },
    { table: 'device_list_member', key: ['list_id', 'device_id'], kept: withPortal, personal: {}, impersonal: {} },
    {
      table: 'certificate_reminder',
      key: ['subject_id', 'days'],
      kept: { rule: 'by-job', days: 400, job: 'provisioning.remind' },
      personal: {},
      impersonal: {},
    },
  ],
}
