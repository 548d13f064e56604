import type { ServerFeature } from '#platform/server'

/** The problems of this feature, as the reference explains them. */
export const importProblems = {
  'import-moved-on': {
    status: 409,
    title: { 'zh-CN': '导入状态已改变', en: 'The import has moved on' },
    explanation: {
      'zh-CN': '只有已检查、尚未写入的文件才能更改；只有已写入的导入才能撤回。',
      en: 'Only a file that was checked and not yet written can be changed, and only an import that was written can be taken back.',
    },
  },
  'import-undecided': {
    status: 409,
    title: { 'zh-CN': '还有未决定的重复公司', en: 'Companies that may be known are undecided' },
    explanation: {
      'zh-CN': '可能与已有公司相同的每一家，都要先由人决定是否相同。',
      en: 'Somebody has to say of each company that may be known whether it is, before anything is written.',
    },
  },
  'import-empty': {
    status: 409,
    title: { 'zh-CN': '没有可写入的内容', en: 'Nothing to write' },
    explanation: {
      'zh-CN': '文件中的每一行不是有错误，就是已经在门户中。',
      en: 'Every row of the file either has an error or is known already.',
    },
  },
  'import-in-use': {
    status: 409,
    title: { 'zh-CN': '导入的内容已被使用', en: 'The import is in use' },
    explanation: {
      'zh-CN': '此导入新建的公司有了成员、邀请、账户或其他来源的联系人和机器，无法整体撤回。',
      en: 'A company this import made has people, invitations, or contacts and machines from elsewhere by now, so the import cannot be taken back as a whole.',
    },
  },
} satisfies ServerFeature['problems']
