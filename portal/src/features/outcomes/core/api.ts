import { z } from 'zod'
import { endpoint } from '#platform/core'

const share = z.object({ value: z.number(), lower: z.number(), upper: z.number() })
export const outcome = z.object({
  warnings: z.number().int(),
  confirmed: z.number().int(),
  noFault: z.number().int(),
  unjudged: z.number().int(),
  precision: share.nullable(),
  /** days */
  lead: z.object({ count: z.number().int(), median: z.number(), shortest: z.number(), longest: z.number() }).nullable(),
  machineMonths: z.number(),
  falsePerMonth: z.number().nullable(),
  missed: z.object({ failures: z.number().int(), unwarned: z.number().int() }).nullable(),
})

const row = z.object({
  device: z.object({ id: z.string(), serial: z.string(), model: z.string() }),
  /** who owns it; null: nobody, or it is not told */
  company: z.object({ id: z.string(), name: z.string() }).nullable(),
  outcome,
})
export type OutcomeRow = z.output<typeof row>

const outcomes = z.object({
  from: z.string(),
  until: z.string(),
  /** of all machines that were looked at */
  all: outcome,
  /** machine by machine, those with most warnings first: 200 at most */
  machines: z.array(row),
  more: z.boolean(),
})
export type Outcomes = z.output<typeof outcomes>

export const getMyOutcomes = endpoint({
  id: 'outcomes.getMyOutcomes',
  method: 'GET',
  path: '/my/outcomes',
  summary: 'What was warned of at the machines of the own company in a year, and what came of it',
  access: { customer: 'device.read-own' },
  result: outcomes,
})

export const getOutcomes = endpoint({
  id: 'outcomes.getOutcomes',
  method: 'GET',
  path: '/console/outcomes',
  summary: 'What was warned of at all machines in a year, or at those of one company, and what came of it',
  access: { staff: 'device.read' },
  query: z.object({ company: z.uuid().optional() }),
  result: outcomes,
})
