import { z } from 'zod'
import { endpoint } from '#platform/core'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })

const asBuilt = z.object({
  /** the order it was built for, as long as whoever had the machine first owns it; null: not known, or another's */
  orderNumber: z.string().nullable(),
  /** what was chosen, module by module, without prices; null: not known */
  configuration: z
    .object({
      product: localizedText,
      modules: z.array(
        z.object({
          name: localizedText,
          items: z.array(
            z.object({
              name: localizedText,
              quantity: z.number().optional(),
              /** of a number that was chosen */
              value: z.number().optional(),
              unit: z.string().optional(),
              code: z.string().optional(),
            }),
          ),
        }),
      ),
    })
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
