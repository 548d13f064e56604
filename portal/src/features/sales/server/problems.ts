import type { ServerFeature } from '#platform/server'

/** The problems of this feature, as the reference explains them. */
export const salesProblems = {
  'lead-transition': {
    status: 409,
    title: { 'zh-CN': '不能这样变更线索状态', en: 'A lead cannot move like that' },
    explanation: {
      'zh-CN': '线索不能从当前状态转为所选状态。allowed 列出可以转为的状态。',
      en: 'A lead cannot move from its status to the one chosen. `allowed` names the statuses it may move to.',
    },
  },
  'no-email': {
    status: 409,
    title: { 'zh-CN': '联系人没有邮箱', en: 'No e-mail address' },
    explanation: {
      'zh-CN': '该联系人只留下了电话，无法用邮件答复。请电话联系，并在备注中记录。',
      en: 'The contact left a telephone number only and cannot be answered by mail. Call, and record it as a note.',
    },
  },
  'configuration-unchanged': {
    status: 409,
    title: { 'zh-CN': '配置没有变化', en: 'The configuration is the same' },
    explanation: {
      'zh-CN': '交还的正是线索已有的配置。请在配置器中修改后再交还。',
      en: 'What was to be returned is the configuration the lead has. Change it in the configurator first.',
    },
  },
  'lead-closed': {
    status: 409,
    title: { 'zh-CN': '线索已成交', en: 'The lead is won' },
    explanation: {
      'zh-CN': '成交之后，线索的配置不再更改。',
      en: 'The configuration of a lead no longer changes once it is won.',
    },
  },
  'lead-without-configuration': {
    status: 409,
    title: { 'zh-CN': '线索没有配置', en: 'The lead has no configuration' },
    explanation: {
      'zh-CN': '该询价不是针对配置的，因此不能交还配置或据此报价。',
      en: 'The inquiry is about something else than a configuration: none can be returned, and no offer made of it.',
    },
  },
  'export-grown': {
    status: 409,
    title: { 'zh-CN': '导出现在须第二人批准', en: 'The export now needs a second person' },
    explanation: {
      'zh-CN': '在确认之后，同一人的另一次导出或新的线索使其一天内导出的人数超过 1,000。没有导出任何内容。',
      en: 'Since it was confirmed, another export of the same person or new leads took him beyond 1,000 people within a day. Nothing was exported.',
    },
  },
} satisfies ServerFeature['problems']
