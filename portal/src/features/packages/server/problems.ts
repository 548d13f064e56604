import type { ServerFeature } from '#platform/server'

export const packageProblems: NonNullable<ServerFeature['problems']> = {
  'package-unavailable': {
    status: 409,
    title: { 'zh-CN': '现在不能试用或申请', en: 'It cannot be tried or asked for now' },
    explanation: {
      'zh-CN':
        '每个服务包每台机器只能试用一次，同一时间只能有一个申请；只有机器的所有者可以这样做，且服务包须仍在提供、价格未变。',
      en: 'A package is tried once at a machine and asked for once at a time, by the machine’s owner, while it is offered at the price that was seen.',
    },
  },
  'entitlement-moved': {
    status: 409,
    title: { 'zh-CN': '服务权益已变化', en: 'The entitlement has moved on' },
    explanation: {
      'zh-CN': '只有等待中的申请可以开通、谢绝或撤回；已到期或已结束的权益不能再更改。请重新加载。',
      en: 'Only what waits can be granted, declined or withdrawn, and what is over does not change any more. Load it again.',
    },
  },
}
