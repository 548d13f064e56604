import type { ServerFeature } from '#platform/server'

/** The problems of this feature, as the reference explains them. */
export const documentProblems: NonNullable<ServerFeature['problems']> = {
  'document-known': {
    status: 409,
    title: { 'zh-CN': '文件已存在', en: 'The file is known' },
    explanation: {
      'zh-CN':
        '按内容比较，同一个文件已是某份资料的一个版本；documentId 和 version 指明是哪一个。确需重复时，请以 sameFile: true 再次提交。',
      en: 'By its content the same file is a version of a document already, which `documentId` and `version` name. Where it is meant to stand in both, send it again with sameFile: true.',
    },
  },
  'version-offered': {
    status: 409,
    title: { 'zh-CN': '已是当前版本', en: 'This version is offered' },
    explanation: {
      'zh-CN': '要恢复的版本就是当前提供的版本，没有可恢复的内容。请选择更早的版本。',
      en: 'The version to be restored is the one that is offered now. Choose an earlier one.',
    },
  },
  'document-fetched': {
    status: 409,
    title: { 'zh-CN': '已有人下载', en: 'Somebody has it' },
    explanation: {
      'zh-CN': '资料一经下载即不能删除，以便知道谁手中有哪个版本。请改为下架。',
      en: 'What was fetched is not deleted, so that it stays known who has which version. Withdraw it instead.',
    },
  },
}
