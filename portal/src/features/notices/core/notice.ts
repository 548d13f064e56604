import type { LocalizedText } from '#platform/core'

/** What somebody can be told of. */
export const noticeKinds = ['alarm', 'escalation', 'alarm-over', 'certificate', 'webhook-off'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** How pressing a notice is, the most pressing first; of an alarm its severity. */
export const urgencies = ['critical', 'high', 'medium', 'low'] as const
export type Urgency = (typeof urgencies)[number]

/** Ways by which a notice reaches somebody. portal: the list behind the bell */
export const channels = ['portal', 'mail', 'sms'] as const
export type Channel = (typeof channels)[number]
/** Those that leave the portal. */
export type OutsideChannel = Exclude<Channel, 'portal'>

/** The words of a notice. */
export interface NoticeContent {
  title: LocalizedText
  /** what it is about, by its name: a machine */
  where: string
  text: LocalizedText
  facts: readonly { label: LocalizedText; value: LocalizedText }[]
  /** ISO 8601, UTC: when what it tells of happened; shown in the reader's zone */
  happenedAt: string
  /** where it leads, for each side */
  paths: { customer: string; staff: string }
}
