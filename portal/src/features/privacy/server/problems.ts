import type { LocalizedText } from '#platform/core'
import { Failure, type ServerFeature } from '#platform/server'
import type { RequestState } from '../core/index.ts'

/** The problems of this feature, as the reference explains them. */
export const privacyProblems = {
  'request-link-expired': {
    status: 410,
    title: { 'zh-CN': '链接已失效', en: 'This link no longer works' },
    explanation: {
      'zh-CN': '申请邮件中的链接只能使用一次，七天内有效。请重新提交申请。',
      en: 'The link that confirms a request works once, within seven days. Ask again to get another.',
    },
  },
  'request-open': {
    status: 409,
    title: { 'zh-CN': '已有相同申请', en: 'Already asked for' },
    explanation: {
      'zh-CN': '同类申请尚在处理，没有新建。请在账户的“隐私”页查看进度。',
      en: 'A request of this kind is still being worked on, and no second was made. Its state stands on the privacy page of the account.',
    },
  },
  'request-transition': {
    status: 409,
    title: { 'zh-CN': '不能这样变更申请状态', en: 'A request cannot move like that' },
    explanation: {
      'zh-CN': '申请不能从当前状态转为所选状态。allowed 列出可以转为的状态。',
      en: 'A request cannot move from its state to the one chosen. `allowed` names the states it may move to.',
    },
  },
  'staff-not-erased': {
    status: 409,
    title: { 'zh-CN': '员工账户不能在此删除', en: 'Staff accounts are not erased here' },
    explanation: {
      'zh-CN': '员工的操作记录依劳动关系保存。请先停用账户，劳动关系结束后再处理。',
      en: 'What staff did is kept for as long as they are employed. Deactivate the account first.',
    },
  },
} as const satisfies ServerFeature['problems']

const failure = (type: keyof typeof privacyProblems, detail: LocalizedText, extensions?: Record<string, unknown>) =>
  new Failure({
    type,
    status: privacyProblems[type].status,
    title: privacyProblems[type].title,
    detail,
    ...(extensions ? { extensions } : {}),
  })

export const linkExpired = () =>
  failure('request-link-expired', {
    'zh-CN': '此链接已使用过、已过期或不完整。',
    en: 'The link was used already, has expired, or is incomplete.',
  })

export const requestOpen = () =>
  failure('request-open', { 'zh-CN': '同类申请尚在处理。', en: 'A request of this kind is still being worked on.' })

export const refusedMove = (from: RequestState, to: RequestState, allowed: readonly RequestState[]) =>
  failure(
    'request-transition',
    { 'zh-CN': `申请不能从“${from}”转为“${to}”。`, en: `A request cannot move from “${from}” to “${to}”.` },
    { from, to, allowed },
  )

export const staffNotErased = () => failure('staff-not-erased', { 'zh-CN': '这是员工账户。', en: 'This is a staff account.' })
