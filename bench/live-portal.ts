/**
 * The portal with machines that report, for the benchmark of live pages, in a process of its own: without rate limits, and everybody who
 * comes is somebody of the service, by the number in his cookie. A rule watches metric_0 of all of them. Says its addresses and machines, and how it
 * stands when it is sent something; ends with its parent.
 * Arguments: number of machines, of metrics.
 */

import { features } from '../portal/src/app/features.ts'
import { startPortal } from '../portal/src/app/portal.ts'
import { ruleFields } from '../portal/src/features/alarms/core/index.ts'
import { enterAlarmRule } from '../portal/src/features/alarms/server/index.ts'
import { addDeviceToken, createDevice, createDeviceType } from '../portal/src/features/devices/server/index.ts'
import { readConfig } from '../portal/src/platform/server/config.ts'

const [machines = 160, metrics = 13] = process.argv.slice(2).map(Number)
const portal = await startPortal(readConfig(process.env), {
  features,
  http: {
    rateLimits: null,
    resolveAccount: async ({ headers }) => {
      const number = /visitor=(\d+)/.exec(headers.get('cookie') ?? '')?.[1]
      if (!number) return null
      const id = `00000000-0000-7000-8000-${number.padStart(12, '0')}`
      return {
        ...{ id, kind: 'staff', name: 'Visitor', email: 'visitor@visitor.example', roles: ['service'], companyId: null },
        ...{ emailVerified: true, via: { kind: 'session' }, sessionId: id },
      }
    },
  },
  attackMode: { sampleMs: 86_400_000 }, // the load is no attack
})
const { platform } = portal
const name = (text: string) => ({ 'zh-CN': text, en: text })
const typeId = await createDeviceType(platform, {
  ...{ key: 'live', name: name('Machine'), productId: null, models: [], components: [], settings: [], commands: [] },
  metrics: Array.from({ length: metrics }, (_, n) => ({
    ...{
      key: `metric_${n}`,
      name: name(`Metric ${n}`),
      unit: '1',
      min: 0,
      max: 100_000,
      decimals: 2,
      maxRate: null,
      tells: null,
      component: null,
    },
  })),
})
const devices: { id: string; token: string }[] = []
for (let n = 0; n < machines; n++) {
  const id = await createDevice(platform, {
    ...{ serial: `LIVE-${n}`, model: 'LIVE', typeCode: null, orderNumber: null, typeId, builtYear: null, deliveredOn: null },
    ...{ warrantyUntil: null, site: null, configuration: null, replaced: [] },
  })
  devices.push({ id, token: await addDeviceToken(platform, id, 'bench') })
}
// metric_0 is never so high by itself; entered last, so that the watch hears of it when all machines are there
await enterAlarmRule(
  platform,
  typeId,
  ruleFields.parse({
    name: name('Too high'),
    severity: 'high',
    raise: { kind: 'group', join: 'all', parts: [{ kind: 'threshold', metric: 'metric_0', op: 'gt', value: 50_000 }] },
  }),
)
const address = await portal.listen()
const broker = platform.broker.state()
process.send!({ address, broker: broker.kind === 'embedded' ? broker.address : null, devices })

process.on('message', () => {
  globalThis.gc!()
  const { user, system } = process.cpuUsage()
  process.send!({ rss: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 })
})
process.on('disconnect', () => void portal.stop().then(() => process.exit(0)))
