/** More than so many messages to one reader within so many ms are a flood [EEMUA 191, ISA-18.2: more than 10 alarms in 10 minutes]. */
export const floodLimits = { most: 10, windowMs: 10 * 60_000 } as const

/** What a reader was sent lately on one way. */
export interface SentLately {
  /** when messages about single things were sent */
  singles: readonly number[]
  /** when the last summary was; null: never */
  summary: number | null
}

/** By deliveries of one reader and way that went out: sent by themselves, or bundled into a summary. */
export function sentBy(deliveries: readonly { state: string; settled_at: Date | null }[]): SentLately {
  const times = (state: string) => deliveries.filter(one => one.state === state).map(one => one.settled_at!.getTime())
  const summaries = times('bundled')
  return { singles: times('sent'), summary: summaries.length > 0 ? Math.max(...summaries) : null }
}

/** each: one message for each. summary: one for all. wait: until then, since a summary was sent lately. */
export type Sending = { as: 'each' } | { as: 'summary' } | { as: 'wait'; until: number }

/**
 * How what waits for a reader is sent now. Within any window he gets ten single messages (or `most`) and one summary at most, and nothing waits longer than
 * a window. waiting: how many there are, at least one; limits: of a reader who is no person
 */
export function sendingOf(
  { singles, summary }: SentLately,
  waiting: number,
  now: number,
  { most, windowMs }: { most: number; windowMs: number } = floodLimits,
): Sending {
  if (summary !== null && now < summary + windowMs) return { as: 'wait', until: summary + windowMs }
  const lately = singles.filter(at => at > now - windowMs).length
  return { as: lately + waiting > most ? 'summary' : 'each' }
}
