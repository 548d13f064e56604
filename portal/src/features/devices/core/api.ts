import { z } from 'zod'
import { endpoint } from '#platform/core'

/** What is on a machine's nameplate, and where it stands. */
export const devicePlate = z.object({
  id: z.string(),
  serial: z.string(),
  /** the product's or an older model's name */
  model: z.string(),
  typeCode: z.string().nullable(),
  /** days as YYYY-MM-DD; null: not known */
  deliveredOn: z.string().nullable(),
  warrantyUntil: z.string().nullable(),
  site: z.string().nullable(),
})
export type DeviceView = z.output<typeof devicePlate>

const result = z.object({ items: z.array(devicePlate), nextCursor: z.string().nullable() })
const query = z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(50) })

export const listDevicesOf = endpoint({
  id: 'devices.listDevicesOf',
  method: 'GET',
  path: '/companies/{companyId}/devices',
  summary: 'Machines a company owns now, by serial number',
  access: { staff: 'company.read' },
  params: z.object({ companyId: z.uuid() }),
  query,
  result,
})
