import { z } from 'zod'
import { proofMethod } from './proof.ts'

/** waiting: for a second person. ready, approved: may be used once while it is fresh. */
export const confirmationStatuses = ['ready', 'waiting', 'approved', 'declined', 'used'] as const
export type ConfirmationStatus = (typeof confirmationStatuses)[number]

/** Where a confirmation may go from where. */
export const confirmationMoves: Readonly<Record<ConfirmationStatus, readonly ConfirmationStatus[]>> = {
  ready: ['used'],
  waiting: ['approved', 'declined'],
  approved: ['used'],
  declined: [],
  used: [],
}

/** From the proof, or from the second person's word where that came later. */
export const confirmationMinutes = 5
/** A second person has so long to answer. */
export const approvalHours = 24

/** What the problem confirmation-needed says under `confirmation`. */
export const confirmationNeeded = z.object({
  /** to hand to POST /auth/confirmations; for fifteen minutes */
  request: z.string(),
  operation: z.string(),
  target: z.string(),
  /** what will be done, in the reader's language */
  what: z.string(),
  /** by what this person can prove himself, the most convenient first */
  methods: z.array(proofMethod),
  /** nobody-else: a second person would have to approve, and there is none who could */
  secondPerson: z.enum(['not-needed', 'needed', 'nobody-else']),
  /** of the same call, asked for before: a second person's answer is kept for a day */
  earlier: z.enum(['waiting', 'approved', 'declined']).nullable(),
})
export type ConfirmationNeeded = z.output<typeof confirmationNeeded>
