import type { Signal } from '#features/advisory/core'
import type { SignalSource } from '#features/advisory/server'
import { componentHealthOf, healthOf } from '#features/diagnosis/server'

const name = { 'zh-CN': '健康指数', en: 'Health index' }

/** The health index of machines and of their components as what may ask for work on them, where it is known, as of when it last changed. */
export const healthSignals: SignalSource = async (platform, deviceIds) => {
  const [machines, components] = await Promise.all([healthOf(platform, deviceIds), componentHealthOf(platform, deviceIds)])
  const signal = (code: string, at: Date, value: number): Signal => ({
    kind: 'health',
    code,
    name,
    since: at.toISOString(),
    value,
    found: true,
  })
  return new Map(
    [...machines].map(([deviceId, { index, asOf }]) => [
      deviceId,
      index === null || asOf === null
        ? []
        : [signal('', asOf, index), ...(components.get(deviceId) ?? []).map(one => signal(one.component, one.at, one.index))],
    ]),
  )
}
