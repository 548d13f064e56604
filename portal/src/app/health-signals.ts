import type { SignalSource } from '#features/advisory/server'
import { healthOf } from '#features/diagnosis/server'

/** The health index of machines as what may ask for work on them, where it is known, as of when it was last reckoned. */
export const healthSignals: SignalSource = async (platform, deviceIds) =>
  new Map(
    [...(await healthOf(platform, deviceIds))].map(([deviceId, { index, asOf }]) => [
      deviceId,
      index === null || asOf === null
        ? []
        : [
            {
              kind: 'health',
              code: '',
              name: { 'zh-CN': '健康指数', en: 'Health index' },
              since: asOf.toISOString(),
              value: index,
            },
          ],
    ]),
  )
