import { z } from 'zod'
import { attackModes, endpoint } from '#platform/core'

export const healthStates = ['fine', 'unknown', 'warning', 'failing'] as const
export type HealthState = (typeof healthStates)[number]

const fact = z.object({
  label: z.string(),
  value: z.union([z.string(), z.number()]),
  /** of a number: bytes, seconds, milliseconds, perSecond, count, percent; time: ISO 8601, UTC; text: as it stands */
  unit: z.enum(['bytes', 'seconds', 'milliseconds', 'perSecond', 'count', 'percent', 'time', 'text']),
})
export type HealthFact = z.output<typeof fact>

const state = z.enum(healthStates)
const check = z.object({
  /** 'database', 'certificate' … */
  id: z.string(),
  title: z.string(),
  state,
  /** how it stands, in one sentence */
  says: z.string(),
  /** what to do; null: nothing */
  advice: z.string().nullable(),
  facts: z.array(fact),
  /** each listener, each queue */
  parts: z.array(z.object({ name: z.string(), state, facts: z.array(fact) })),
})
export type HealthCheck = z.output<typeof check>

export const readHealth = endpoint({
  id: 'operations.readHealth',
  method: 'GET',
  path: '/operations/health',
  summary:
    'How the portal stands: database, listeners, jobs, storage, versions, certificate, backup, advisories. Words in the language asked for',
  access: { staff: 'operations.read' },
  result: z.object({ state, at: z.string(), checks: z.array(check) }),
})

const attackMode = z.object({ mode: z.enum(attackModes), strict: z.boolean() })

export const readAttackMode = endpoint({
  id: 'operations.readAttackMode',
  method: 'GET',
  path: '/operations/attack-mode',
  summary: 'The switch of the stricter mode under attack, and whether that mode holds',
  access: { staff: 'operations.read' },
  result: attackMode,
})

export const switchAttackMode = endpoint({
  id: 'operations.switchAttackMode',
  method: 'POST',
  path: '/operations/attack-mode',
  summary: 'Set the switch of the stricter mode under attack, for every process of the portal',
  access: { staff: 'operations.write' },
  confirm: true,
  audit: 'attack-mode.switched',
  body: z.strictObject({ mode: z.enum(attackModes) }),
  result: attackMode,
})

export const letterKinds = ['event', 'job', 'mail'] as const
export type LetterKind = (typeof letterKinds)[number]

const name = z.string().min(1).max(200)
const letterName = z.strictObject({
  kind: z.enum(letterKinds),
  /** the listener, the queue; 'mail' for a mail */
  source: name,
  /** of the event, the job, the mail */
  id: z.uuid(),
})
export type LetterName = z.output<typeof letterName>

const letter = letterName.extend({
  /** the event's name; else the same as source */
  what: z.string(),
  /** without what looks like an address or a telephone number */
  error: z.string(),
  attempts: z.number().int().nullable(),
  /** when it happened or was queued */
  since: z.string(),
  /** when it was given up last */
  at: z.string(),
  /** ids it speaks of, by name: { leadId: '…' } */
  ids: z.record(z.string(), z.string()),
  setAside: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
})
export type DeadLetter = z.output<typeof letter>

export const listDeadLetters = endpoint({
  id: 'operations.listDeadLetters',
  method: 'GET',
  path: '/operations/dead-letters',
  summary: 'What was given up after its last try: events per listener, jobs, refused mails; given up last, first',
  access: { staff: 'operations.read' },
  query: z.object({
    kind: z.enum(letterKinds).optional(),
    source: name.optional(),
    /** those that somebody has set aside, instead of those that wait for a decision */
    setAside: z.enum(['true', 'false']).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  result: z.object({
    items: z.array(letter),
    nextCursor: z.string().nullable(),
    /** what waits for a decision, by where it comes from */
    sources: z.array(z.object({ kind: z.enum(letterKinds), source: z.string(), count: z.number().int() })),
  }),
})

/** handled: done now. queued: it will be tried within seconds. gone: it is not in the list any more. */
export const replayOutcomes = ['handled', 'queued', 'failed', 'gone'] as const

const letters = z.array(letterName).min(1).max(100)

export const replayDeadLetters = endpoint({
  id: 'operations.replayDeadLetters',
  method: 'POST',
  path: '/operations/dead-letters/replay',
  summary: 'Try letters once more: those named, or the oldest hundred from one source. What succeeds leaves the list',
  access: { staff: 'operations.write' },
  audit: { sometimes: 'dead-letter.replayed' },
  body: z.union([z.strictObject({ letters }), z.strictObject({ from: letterName.omit({ id: true }) })]),
  result: z.object({
    results: z.array(letterName.extend({ outcome: z.enum(replayOutcomes), error: z.string().nullable() })),
    /** letters of the same source that still wait for a decision */
    left: z.number().int(),
  }),
})

export const setLettersAside = endpoint({
  id: 'operations.setLettersAside',
  method: 'POST',
  path: '/operations/dead-letters/set-aside',
  summary: 'Leave letters as they are, with a reason; they stay in the list of those set aside',
  access: { staff: 'operations.write' },
  audit: { sometimes: 'dead-letter.set-aside' },
  body: z.strictObject({ letters, reason: z.string().trim().min(3).max(500) }),
  result: z.object({ changed: z.number().int() }),
})

export const takeLettersBack = endpoint({
  id: 'operations.takeLettersBack',
  method: 'POST',
  path: '/operations/dead-letters/take-back',
  summary: 'Let letters that were set aside wait for a decision again',
  access: { staff: 'operations.write' },
  audit: { sometimes: 'dead-letter.taken-back' },
  body: z.strictObject({ letters }),
  result: z.object({ changed: z.number().int() }),
})
