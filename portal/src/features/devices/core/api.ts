import { z } from 'zod'
import { endpoint } from '#platform/core'

const device = z.object({
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
export type DeviceView = z.output<typeof device>

const result = z.object({ items: z.array(device), nextCursor: z.string().nullable() })
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

export const listMyDevices = endpoint({
  id: 'devices.listMyDevices',
  method: 'GET',
  path: '/my/devices',
  summary: 'Machines the own company owns now, by serial number',
  access: { customer: 'company.read-own' },
  query,
  result,
})
