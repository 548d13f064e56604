import { conflict, type ServerFeature } from '#platform/server'

export const webhookProblems: NonNullable<ServerFeature['problems']> = {
  'too-many-webhooks': {
    status: 409,
    title: { 'zh-CN': 'Webhook 过多', en: 'Too many webhooks' },
    explanation: {
      'zh-CN': '每件事会发送到每个 Webhook，因此数量有限。请先删除一个。',
      en: 'Everything that happens is sent to each of them, so there is a limit. Remove one first.',
    },
  },
  'webhook-off': {
    status: 409,
    title: { 'zh-CN': 'Webhook 已停用', en: 'The webhook is switched off' },
    explanation: {
      'zh-CN': '停用的 Webhook 不发送任何内容。请先启用它。',
      en: 'A webhook that is switched off sends nothing. Switch it on first.',
    },
  },
}

export const tooManyWebhooks = (most: number) =>
  conflict(
    'too-many-webhooks',
    { 'zh-CN': `最多 ${most} 个 Webhook。`, en: `There may be ${most} webhooks.` },
    { 'zh-CN': '请先删除一个。', en: 'Remove one first.' },
  )

export const webhookOff = () =>
  conflict(
    'webhook-off',
    { 'zh-CN': '这个 Webhook 已停用。', en: 'This webhook is switched off.' },
    { 'zh-CN': '请先启用，再重新发送。', en: 'Switch it on, then send again.' },
  )
