import { z } from 'zod'
import { endpoint } from '#platform/core'

/** Characters of the notice, and of what is new in a version, in each language. */
export const mostNotice = 20_000
export const mostChange = 300

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const text = (most: number) => z.object({ 'zh-CN': z.string().trim().max(most), en: z.string().trim().max(most) })

const noText = {
  message: { 'zh-CN': '隐私说明是空的。', en: 'The notice is empty.' },
  remedy: { 'zh-CN': '请填写至少一种语言的内容。', en: 'Write it in one language at least.' },
}

const issue = z.object({
  /** counted from 1; 0: the text that comes with the portal */
  version: z.number().int(),
  /** ISO 8601, UTC; null: the text that comes with the portal */
  publishedAt: z.string().nullable(),
  /** what is new in it */
  change: localizedText,
})
/** A version of the notice, without its text. */
export type NoticeIssue = z.output<typeof issue>

const notice = issue.extend({
  text: localizedText,
  /** the version that holds now */
  current: z.number().int(),
})
export type Notice = z.output<typeof notice>

const draft = z.object({
  text: localizedText,
  /** it says something else than the version that holds */
  changed: z.boolean(),
  current: issue,
  /** that were published, the newest first */
  versions: z.array(issue),
})
export type NoticeDraft = z.output<typeof draft>

const access = { staff: 'manufacturer.manage' } as const

export const getNotice = endpoint({
  id: 'privacy.getNotice',
  method: 'GET',
  path: '/privacy/notice',
  summary: 'The privacy notice that holds now, and the versions there were',
  access: 'public',
  result: notice.extend({ versions: z.array(issue) }),
})

export const getNoticeVersion = endpoint({
  id: 'privacy.getNoticeVersion',
  method: 'GET',
  path: '/privacy/notice/versions/{version}',
  summary: 'A version of the privacy notice as it was published; 0 is the text that comes with the portal',
  access: 'public',
  params: z.object({ version: z.coerce.number().int().min(0).max(1_000_000) }),
  result: notice,
})

export const getNoticeDraft = endpoint({
  id: 'privacy.getNoticeDraft',
  method: 'GET',
  path: '/privacy/notice/draft',
  summary: 'The next version of the privacy notice, to be edited; while nobody has written at it, the text that holds',
  access,
  concurrency: 'etag',
  result: draft,
})

export const saveNoticeDraft = endpoint({
  id: 'privacy.saveNoticeDraft',
  method: 'PUT',
  path: '/privacy/notice/draft',
  summary: 'Keep the next version of the privacy notice. Visitors read it once it is published',
  access,
  concurrency: 'if-match',
  audit: 'privacy.notice-drafted',
  body: z.object({
    text: text(mostNotice).refine(said => said['zh-CN'] !== '' || said.en !== '', { path: ['zh-CN'], params: noText }),
  }),
  result: draft,
})

export const publishNotice = endpoint({
  id: 'privacy.publishNotice',
  method: 'POST',
  path: '/privacy/notice/versions',
  summary: 'Publish the draft as the next version of the privacy notice, for good. Consents name it from then on',
  access,
  concurrency: 'if-match',
  audit: 'privacy.notice-published',
  body: z.object({ change: text(mostChange) }),
  result: draft,
})
