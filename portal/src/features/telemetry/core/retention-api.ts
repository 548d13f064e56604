import { z } from 'zod'
import { endpoint } from '#platform/core'
import { retentionLimits } from './retention.ts'

const access = { staff: 'manufacturer.manage' } as const
const months = z.number().int().min(retentionLimits.least).max(retentionLimits.most)

const retention = z.object({
  /** for how long readings are kept as they were measured; null: without end */
  months: months.nullable(),
  /** a shorter term, and the nightly run from which it holds; until then it can be taken back by setting `months` again */
  next: z.object({ months, from: z.string() }).nullable(),
  /** before it there are values by the hour alone; null: nowhere yet */
  hourlyUntil: z.string().nullable(),
  /** of machines: as they were measured, and by the hour */
  kept: z.object({ readings: z.number().int(), hours: z.number().int() }),
})
export type Retention = z.output<typeof retention>

const effect = z.object({
  /** that would become values by the hour with the next nightly run */
  readings: z.number().int(),
  /** the first of them, and the moment before which all lie; null: there are none */
  from: z.string().nullable(),
  until: z.string().nullable(),
})
export type RetentionEffect = z.output<typeof effect>

export const getRetention = endpoint({
  id: 'telemetry.getRetention',
  method: 'GET',
  path: '/console/retention',
  summary: 'How long readings of machines are kept as they were measured',
  access,
  concurrency: 'etag',
  result: retention,
})

export const weighRetention = endpoint({
  id: 'telemetry.weighRetention',
  method: 'GET',
  path: '/console/retention/effect',
  summary: 'Which readings would be kept by the hour alone if they were kept for so many months',
  access,
  query: z.object({ months: z.coerce.number().pipe(months) }),
  result: effect,
})

export const saveRetention = endpoint({
  id: 'telemetry.saveRetention',
  method: 'PUT',
  path: '/console/retention',
  summary:
    'Say how long readings are kept as they were measured. A longer term holds at once; a shorter one from the next nightly run, needs a second confirmation, and is taken back by setting the term before',
  access,
  confirm: true,
  concurrency: 'if-match',
  audit: 'retention.changed',
  body: z.object({ months: months.nullable() }),
  result: retention,
})
