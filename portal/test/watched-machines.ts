import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll } from 'vitest'
import { createAlarmRule, listAlarms, switchAlarmRule, tryAlarmRule } from '#features/alarms/core'
import { addCredential, createDevice, createDeviceType, transferDevice } from '#features/devices/core'
import { type Api, ProblemError } from '#platform/core'
import { features } from '../src/app/features.ts'
import { passTime, stopWatching } from '../src/features/alarms/server/watch/watch-alarms.ts'
import { confirmingApi } from './confirming.ts'
import { openDoors, withBroker } from './embedded-broker.ts'
import { testPortal } from './test-portal.ts'
import { twoCompanies } from './two-companies.ts'

/** What tests of alarms share: a portal whose time passes when a test says so, machines of two companies that report, and a rule that watches them. */
export async function watchedMachines() {
  const world = await twoCompanies(
    await testPortal({
      config: withBroker(),
      features: features.map(feature => (feature.name === 'alarms' ? { ...feature, schedules: {} } : feature)),
    }),
  )
  const { own, other, platform, portal, database } = world
  const url = await openDoors(world)
  const service = await world.api('service')
  const staff = await confirmingApi(world, 'admin')
  const clients: MqttClient[] = []
  afterAll(async () => {
    for (const client of clients) await client.endAsync(true)
  })

  const type = await service.call(createDeviceType, {
    body: {
      key: 'watched_machine',
      name: text('Machine'),
      metrics: [
        { key: 'heat', name: text('Heat'), unit: '°C', min: -40, max: 150, decimals: 1 },
        { key: 'load', name: text('Load'), unit: '%', min: 0, max: 200, decimals: 0 },
      ],
    },
  })

  /** A machine that reports heat and load, of a company for a year. */
  async function newMachine(companyId: string | null = own.id) {
    const { value: device, etag } = await service.callWithEtag(createDevice, {
      body: { serial: crypto.randomUUID().slice(0, 13), model: 'WM-1', typeId: type.id },
    })
    const { token } = await service.call(addCredential, {
      params: { deviceId: device.id },
      body: { kind: 'token', label: 'PLC' },
    })
    if (companyId)
      await staff.call(transferDevice, { params: { deviceId: device.id }, body: { companyId, reason: 'sold' }, ifMatch: etag })
    await world.database.pool.query(`update device_ownership set from_at = now() - interval '1 year' where device_id = $1`, [
      device.id,
    ])
    const client = await connectAsync(url, { username: device.id, password: token!, clientId: device.id, reconnectPeriod: 0 })
    clients.push(client)
    return {
      id: device.id,
      /** ago: seconds */
      say: (values: object, ago = 0) =>
        client.publishAsync(`fettle/${device.id}/readings`, JSON.stringify({ at: Date.now() - ago * 1000, values }), { qos: 1 }),
    }
  }

  /** A rule of whoever asks that has been tried and watches; it watches when this resolves. */
  async function activeRule(api: Api, deviceId: string, fields: ReturnType<typeof hot> = hot()) {
    const { value, etag } = await api.callWithEtag(createAlarmRule, { body: { ...fields, deviceId } })
    const { readings } = await api.call(tryAlarmRule, { params: { ruleId: value.id }, body: { deviceId, days: 7 } })
    const body = { state: 'active' as const, untried: readings === 0 }
    await api.call(switchAlarmRule, { params: { ruleId: value.id }, body, ifMatch: etag })
    await stopWatching(platform) // so that it need not be waited for until it hears of the rule
    await passTime(platform)
    return value.id
  }

  return { world, own, other, platform, portal, database, service, staff, newMachine, activeRule }
}

export const text = (said: string) => ({ 'zh-CN': said, en: said })

/** Heat above a value. */
export const above = (value: number, more: object = {}) => ({
  kind: 'threshold' as const,
  metric: 'heat',
  op: 'gt' as const,
  value,
  ...more,
})
/** A rule that raises above 80 °C and is over below 75. */
export const hot = (more: object = {}) => ({
  ...{ name: text('Too hot'), severity: 'high' as const, faultCode: 'E17', cause: text('Coolant'), remedy: text('Fill it up') },
  raise: { kind: 'group' as const, join: 'all' as const, parts: [above(80, { hysteresis: 5 })] },
  ...more,
})

export const alarmsFor = async (api: Api, deviceId: string) => (await api.call(listAlarms, { query: { deviceId } })).items
/** What a call is refused with. */
export const refused = (call: Promise<unknown>) =>
  call.then(
    () => 'nothing',
    error => (error instanceof ProblemError ? error.problem.status : String(error)),
  )
