import { z } from 'zod'
import { getConfiguration } from '#features/configurator/core'
import { endpoint } from '#platform/core'

/** Of a saved configuration. */
const sheet = getConfiguration.result!
const group = sheet.shape.groups.element

const asBuilt = z.object({
  /** the order it was built for, as long as whoever had the machine first owns it; null: not known, or another's */
  orderNumber: z.string().nullable(),
  /** what was chosen, module by module, without prices; null: not known */
  configuration: sheet
    .pick({ productName: true })
    .extend({ modules: z.array(group.pick({ name: true, items: true })) })
    .nullable(),
})
export type AsBuilt = z.output<typeof asBuilt>

export const getMyAsBuilt = endpoint({
  id: 'devices.getMyAsBuilt',
  method: 'GET',
  path: '/my/devices/{deviceId}/as-built',
  summary: 'What a machine of the own company was built as: modules and options without prices, and the order',
  access: { customer: 'device.read-own' },
  params: z.object({ deviceId: z.uuid() }),
  result: asBuilt,
})
