import type { PersonalData } from '#platform/server'

const withPortal = { rule: 'with', owner: 'portal' } as const

export const personal: PersonalData = {
  tables: [
    {
      table: 'floor_plan',
      key: ['id'],
      kept: withPortal,
      // of a company, in free words: somebody's name or home may be among them
      personal: {
        name: { protection: 'sealed', what: { 'zh-CN': '平面图名称', en: 'name of a floor plan' } },
        address: { protection: 'sealed', what: { 'zh-CN': '平面图所示地点的地址', en: 'where the hall on a floor plan is' } },
      },
      impersonal: {},
    },
    {
      table: 'floor_plan_picture',
      key: ['plan_id'],
      kept: withPortal,
      personal: {},
      impersonal: { 'the drawing of a hall, written anew': ['webp'], 'a hash of it': ['hash'] },
    },
    { table: 'floor_plan_place', key: ['company_id', 'device_id'], kept: withPortal, personal: {}, impersonal: {} },
  ],
}
