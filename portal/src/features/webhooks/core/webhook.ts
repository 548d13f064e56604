/** What a webhook can be told of, by the type its messages carry. */
export const webhookKinds = [
  'alarm.raised',
  'alarm.cleared',
  'alarm.acknowledged',
  'alarm.escalated',
  'finding.opened',
  'finding.closed',
  'maintenance.due',
  'service.requested',
  'service.moved',
  'package.granted',
  'package.ended',
] as const
export type WebhookKind = (typeof webhookKinds)[number]

/** Types of messages that nobody chooses: many in one, and the one by which a receiver is tried. */
export const ownKinds = ['webhook.bundle', 'webhook.test'] as const
export type MessageKind = WebhookKind | (typeof ownKinds)[number]

/** What a company and the manufacturer deal with each other: both know of it, whatever of the machine's readings is kept from one of them. */
export const isDealing = (kind: MessageKind): boolean => /^(service|package)\./.test(kind)

/**
 * More than so many messages within so many ms are a flood, and come as one. A program reads more quickly than a person, whose bound is that of
 * notices, but its server is not ours to flood.
 */
export const webhookFlood = { most: 30, windowMs: 60_000 } as const

/** ms between the tries of a message, as Standard Webhooks proposes: about a day in all. */
export const retryWaits = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600].map(seconds => seconds * 1000)

/** When a message is tried again after so many tries that failed, at least one; null: it is given up. */
export function nextTry(tries: number, now: Date): Date | null {
  const wait = retryWaits[tries - 1]
  return wait === undefined ? null : new Date(now.getTime() + wait)
}

/** A webhook that takes nothing for so long is switched off. */
export const longestFailing = 5 * 86_400_000

/** Whether a try that failed now ends a webhook: its receiver says that it is gone, or has taken nothing for days. */
export const isGivenUp = (failingSince: Date | null, status: number | null, now: Date): boolean =>
  status === 410 || (failingSince !== null && now.getTime() - failingSince.getTime() >= longestFailing)

/** A secret signs beside its successor for so long, so that a receiver may change to the new one at its ease. */
export const overlapMs = 24 * 3_600_000
