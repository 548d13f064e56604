import { z } from 'zod'
import { endpoint } from '#platform/core'
import { channels, noticeKinds, urgencies } from './notice.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })

const notice = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  urgency: z.enum(urgencies),
  title: localizedText,
  /** what it is about, by its name */
  where: z.string(),
  text: localizedText,
  facts: z.array(z.object({ label: localizedText, value: localizedText })),
  happenedAt: z.string(),
  /** when it was told */
  at: z.string(),
  read: z.boolean(),
  /** the page it leads to, without language */
  path: z.string(),
})
export type NoticeView = z.output<typeof notice>

const unread = z.object({
  /** counted to a hundred */
  unread: z.number().int(),
})

export const listMyNotices = endpoint({
  id: 'notices.listMyNotices',
  method: 'GET',
  path: '/my/notices',
  summary: 'What the reader was told, the last first, as far as he may still see what it is about',
  access: 'signed-in',
  query: z.object({
    unread: z.enum(['true']).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  result: z.object({ items: z.array(notice), nextCursor: z.string().nullable() }),
})

export const countMyNotices = endpoint({
  id: 'notices.countMyNotices',
  method: 'GET',
  path: '/my/notices/count',
  summary: 'How many notices the reader has not read',
  access: 'signed-in',
  result: unread,
})

export const readMyNotices = endpoint({
  id: 'notices.readMyNotices',
  method: 'POST',
  path: '/my/notices/read',
  summary: 'Mark notices as read, those named or all; answers how many are left',
  access: 'signed-in',
  audit: { none: 'that somebody has read what he was told is his own affair' },
  body: z.strictObject({ ids: z.array(z.uuid()).max(200).optional() }),
  result: unread,
})

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const ways = z
  .array(z.enum(channels))
  .max(channels.length)
  .transform(chosen => channels.filter(channel => chosen.includes(channel)))
const wrongZone = {
  message: { 'zh-CN': '没有这个时区。', en: 'There is no such time zone.' },
  remedy: { 'zh-CN': '请填写如 Asia/Shanghai 的时区名称。', en: 'Write it as Asia/Shanghai.' },
}

const settingsFields = z.strictObject({
  channels: z.strictObject({ critical: ways, high: ways, medium: ways, low: ways }),
  kinds: z
    .array(z.enum(noticeKinds))
    .max(noticeKinds.length)
    .transform(chosen => noticeKinds.filter(kind => chosen.includes(kind))),
  quiet: z.strictObject({ from: clock, until: clock }).nullable(),
  zone: z.string().max(60).refine(isZone, { params: wrongZone }),
})

const settings = settingsFields.extend({
  /** whether text messages can come: the portal has them, and the reader's number is confirmed */
  sms: z.enum(['ready', 'no-phone', 'none']),
})
export type NoticeSettingsView = z.output<typeof settings>

export const getMyNoticeSettings = endpoint({
  id: 'notices.getMyNoticeSettings',
  method: 'GET',
  path: '/my/notice-settings',
  summary: 'How the reader is told of what happens',
  access: 'signed-in',
  concurrency: 'etag',
  result: settings,
})

export const changeMyNoticeSettings = endpoint({
  id: 'notices.changeMyNoticeSettings',
  method: 'PUT',
  path: '/my/notice-settings',
  summary: 'Say how one wants to be told: ways by urgency, kinds, quiet hours',
  access: 'signed-in',
  concurrency: 'if-match',
  audit: { none: 'how somebody is told of things is his own affair' },
  body: settingsFields,
  result: settings,
})

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
