import type { ServerFeature } from '#platform/server'

/** The problems of this feature, as the reference explains them. */
export const deviceProblems: NonNullable<ServerFeature['problems']> = {
  'replacement-known': {
    status: 409,
    title: { 'zh-CN': '更换已有记录', en: 'This is written down already' },
    explanation: {
      'zh-CN': '一个部件同一天只记录一次更换。',
      en: 'A component of a machine is replaced once a day.',
    },
  },
  'device-types-full': {
    status: 409,
    title: { 'zh-CN': '机型已达上限', en: 'Too many types' },
    explanation: {
      'zh-CN': '机型数量已达上限。请删除没有机器的机型，或把相近的型号归入一个机型。',
      en: 'There are as many types as there can be. Delete those without machines, or let one type have several models.',
    },
  },
  'device-type-used': {
    status: 409,
    title: { 'zh-CN': '机型使用中', en: 'The type is used' },
    explanation: {
      'zh-CN': '仍有机器属于这个机型，因此不能删除。',
      en: 'A type is deleted only where no machine is of it. Give the machines another type first.',
    },
  },
  'device-used': {
    status: 409,
    title: { 'zh-CN': '机器已使用', en: 'The machine was used' },
    explanation: {
      'zh-CN': '机器有过所有者或凭证后，其数据归属要能追溯，因此不能删除。',
      en: 'Once a machine has had an owner or a credential, it must stay known whose its readings were, so it is not deleted.',
    },
  },
  'device-owned': {
    status: 409,
    title: { 'zh-CN': '机器已有所有者', en: 'The machine has an owner' },
    explanation: {
      'zh-CN': '已有所有者的机器不能认领，只能由所有者转让或由员工转移。',
      en: 'What somebody owns cannot be claimed: its owner hands it over, or staff transfer it.',
    },
  },
  'device-without-owner': {
    status: 409,
    title: { 'zh-CN': '机器没有所有者', en: 'Nobody owns the machine' },
    explanation: {
      'zh-CN': '这一步需要机器先有所有者。',
      en: 'This needs a machine with an owner: transfer it to a company, or let a customer claim it.',
    },
  },
  'codes-full': {
    status: 409,
    title: { 'zh-CN': '未使用的码过多', en: 'Too many codes wait' },
    explanation: {
      'zh-CN': '一台机器未使用的码数量有限。请先撤回不再需要的。',
      en: 'Only so many codes of one machine may wait to be used. Withdraw those that are not needed.',
    },
  },
  'certificate-used': {
    status: 409,
    title: { 'zh-CN': '证书已登记', en: 'The certificate is registered' },
    explanation: {
      'zh-CN': '一张证书只能代表一台机器。请为每台机器签发自己的证书。',
      en: 'A certificate stands for one machine alone. Issue one for each.',
    },
  },
  'device-authority-there': {
    status: 409,
    title: { 'zh-CN': '颁发机构已启用', en: 'The authority was begun already' },
    explanation: {
      'zh-CN': '门户只有一个自己的机器证书颁发机构。',
      en: 'The portal has one authority for machines of its own.',
    },
  },
  'authority-subject-taken': {
    status: 409,
    title: { 'zh-CN': '颁发机构名称重复', en: 'Two authorities with one subject' },
    explanation: {
      'zh-CN': '证书以主题名称指明签发者。两个颁发机构同名时无法区分，因此不接受。',
      en: 'A certificate names who signed it by the subject. Two with the same one cannot be told apart, so the second is not taken.',
    },
  },
  'credentials-full': {
    status: 409,
    title: { 'zh-CN': '凭证过多', en: 'Too many credentials' },
    explanation: {
      'zh-CN': '一台机器同时有效的凭证数量有限。请先吊销不再使用的。',
      en: 'Only so many credentials of one machine hold at a time. Revoke those that are not used.',
    },
  },
}
