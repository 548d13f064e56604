import type { ServerFeature } from '#platform/server'

/** The problems of this feature, as the reference explains them. */
export const alarmProblems: NonNullable<ServerFeature['problems']> = {
  'alarm-move': {
    status: 409,
    title: { 'zh-CN': '报警状态不允许', en: 'The alarm does not stand so' },
    explanation: {
      'zh-CN': '报警的状态只能按 ISA-18.2 的规则变化：例如已结束的报警不能再确认。',
      en: 'An alarm moves between states by the rules of ISA-18.2: one that is over cannot be acknowledged, for example.',
    },
  },
  'maintenance-planned': {
    status: 409,
    title: { 'zh-CN': '检修时间已计划', en: 'That time is planned already' },
    explanation: {
      'zh-CN': '一台机器的计划检修不重叠，数量有限。请选择其他时间，或先取消已计划的。',
      en: 'Planned times of a machine do not overlap, and there are only so many. Choose another time, or cancel what is planned.',
    },
  },
  'alarm-rules-full': {
    status: 409,
    title: { 'zh-CN': '报警规则已达上限', en: 'Too many alarm rules' },
    explanation: {
      'zh-CN': '一台机器或一个机型的规则数量有限。请删除不再需要的。',
      en: 'A machine or a type has only so many rules. Delete those that are not needed.',
    },
  },
  'alarm-rule-untried': {
    status: 409,
    title: { 'zh-CN': '规则尚未测试', en: 'The rule is untried' },
    explanation: {
      'zh-CN': '启用前须用历史数据测试一次，以免误报打扰所有人。',
      en: 'Before it is active a rule is tried on history once, so that it does not cry wolf at everybody.',
    },
  },
}
