import type { LocalizedText } from '#platform/core'

export const robotKinds = ['wecom', 'dingtalk', 'feishu'] as const
export type RobotKind = (typeof robotKinds)[number]

/** What a chat can be told of. */
export const robotSubjects = ['lead', 'alarm'] as const
export type RobotSubject = (typeof robotSubjects)[number]

/** What a chat of a customer's company can be told of. */
export const subjectsOfCompanies: readonly RobotSubject[] = ['alarm']

interface Service {
  name: LocalizedText
  /** hosts of its robots' addresses */
  hosts: readonly string[]
  /** how an address begins below the host */
  path: string
  /** messages are signed with a secret of the robot's */
  signs: boolean
}

/** The services with group robots. Sources: the pages of each on custom robots, see server/messages.ts. */
export const services: Readonly<Record<RobotKind, Service>> = {
  wecom: {
    name: { 'zh-CN': '企业微信', en: 'WeCom (企业微信)' },
    hosts: ['qyapi.weixin.qq.com'],
    path: '/cgi-bin/webhook/send',
    signs: false,
  },
  dingtalk: {
    name: { 'zh-CN': '钉钉', en: 'DingTalk (钉钉)' },
    hosts: ['oapi.dingtalk.com'],
    path: '/robot/send',
    signs: true,
  },
  feishu: {
    name: { 'zh-CN': '飞书', en: 'Feishu (飞书)' },
    hosts: ['open.feishu.cn', 'open.larksuite.com'],
    path: '/open-apis/bot/v2/hook/',
    signs: true,
  },
}
