import type { PersonalData } from '#platform/server'

const code = 'a word from a fixed list'
const words = 'words of the manufacturer about his types of machines'
const hash = 'a hash of random bits'
const withPortal = { rule: 'with', owner: 'portal' } as const

export const personal: PersonalData = {
  tables: [
    {
      table: 'device',
      key: ['id'],
      about: { 'zh-CN': '已交付的机器', en: 'Machines that were delivered' },
      why: { 'zh-CN': '维修、质保与备件', en: 'For service, warranty and spare parts' },
      kept: withPortal,
      // free words: somebody's name or home may be among them
      personal: { site: { protection: 'sealed', what: { 'zh-CN': '安装地点', en: 'where it stands' } } },
      impersonal: {
        'what is on the nameplate': [
          ...['serial', 'model', 'type_code', 'manufacturer', 'manufacturer_uri', 'product_instance_uri', 'device_class'],
          ...['hardware_revision', 'software_revision'],
        ],
        'the number a company gives the machine': ['asset_id'],
        'the number of an order': ['order_number'],
        'the same, as it is compared': ['serial_key', 'model_key'],
        'the link of a saved configuration': ['configuration_token'],
      },
    },
    { table: 'device_component', key: ['device_id', 'key'], kept: withPortal, personal: {}, impersonal: { [words]: ['key'] } },
    {
      table: 'component_replacement',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: { [words]: ['component'], [code]: ['why'] },
    },
    {
      table: 'device_revision',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: { [code]: ['word'], 'what a machine says of its hardware and software': ['revision'] },
    },
    { table: 'device_ownership', key: ['id'], kept: withPortal, personal: {}, impersonal: { [code]: ['role'] } },
    { table: 'device_withholding', key: ['id'], kept: withPortal, personal: {}, impersonal: { [code]: ['whom'] } },
    {
      table: 'device_code',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: { [hash]: ['digest'], [code]: ['role'] },
    },
    {
      table: 'device_credential',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: {
        [hash]: ['digest'],
        [code]: ['kind'],
        'what a key of a machine is called': ['label'],
        'a certificate of a machine, which is shown to whoever it signs in to': ['serial', 'certificate'],
      },
    },
    {
      table: 'device_authority',
      key: ['id'],
      kept: withPortal,
      // of nobody, but whoever has it may certify machines
      personal: {
        key: { protection: 'sealed', what: { 'zh-CN': '机器证书颁发机构的私钥', en: 'key of the authority for machines' } },
      },
      impersonal: { 'a certificate of an authority, and what it is called': ['name', 'certificate', 'subject'] },
    },
    {
      table: 'device_type',
      key: ['id'],
      kept: withPortal,
      personal: {},
      impersonal: { [words]: ['key', 'name_zh', 'name_en', 'settings', 'commands'] },
    },
    {
      table: 'device_type_model',
      key: ['pattern_key'],
      kept: withPortal,
      personal: {},
      impersonal: { 'a model, as nameplates have it': ['pattern', 'pattern_key'] },
    },
    {
      table: 'device_type_metric',
      key: ['type_id', 'key'],
      kept: withPortal,
      personal: {},
      impersonal: { [words]: ['key', 'name_zh', 'name_en', 'unit', 'component'], 'a word from a fixed list': ['tells'] },
    },
    {
      table: 'device_type_component',
      key: ['type_id', 'key'],
      kept: withPortal,
      personal: {},
      impersonal: { [words]: ['key', 'part_of', 'name_zh', 'name_en', 'part_number'] },
    },
  ],
}
