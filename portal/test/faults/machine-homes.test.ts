import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MqttClient } from 'mqtt'
import { afterAll, expect, test } from 'vitest'
import { enterAlarmRule } from '#features/alarms/server'
import { homeOf } from '../../src/features/alarms/core/index.ts'
import { startEmbeddedWarehouse } from '../../src/platform/server/warehouse-embedded.ts'
import { connectDevice, deviceId } from '../device-wire.ts'
import { openDoors, withBroker } from '../embedded-broker.ts'
import { registerMachines } from '../register-machines.ts'
import { freePort, testPortal } from '../test-portal.ts'
import { startPortalProcess } from './portal-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'fettle-homes-'))
const warehouse = await startEmbeddedWarehouse(folder)
afterAll(async () => {
  await warehouse.stop()
  rmSync(folder, { recursive: true, force: true })
})
const { url, username, password, database: name } = warehouse.address
const clickhouseUrl = Object.assign(new URL(url), { username, password, pathname: `/${name}` }).href
const lease = 3000
const { portal, platform, database } = await testPortal({
  config: { clickhouseUrl, ...withBroker() },
  portals: { beat: lease / 10, lease },
})
const address = await openDoors({ portal, platform })

const port = await freePort()
const other = startPortalProcess({
  DATA_DIR: platform.config.dataDir,
  DATABASE_URL: database.pool.options.connectionString!,
  DATABASE_POOL: '4',
  CLICKHOUSE_URL: clickhouseUrl,
  MQTT_PORT: String(port),
  FAULTS_LEASE: String(lease),
})
const clients: MqttClient[] = []
afterAll(async () => {
  for (const client of clients) await client.endAsync(true)
  await other.stop()
})
await other.ready

test('a portal that is killed leaves its machines to the other, with the alarm that was building up in what both had heard', async () => {
  const metric = { unit: '1', min: -1000, max: 1000, decimals: 1 }
  await registerMachines(database.pool, 50, [
    { key: 'heat', ...metric },
    { key: 'load', ...metric },
  ])
  const { rows: types } = await database.pool.query(`select id from device_type where key = 'registered_machine'`)
  const none = { 'zh-CN': '', en: '' }
  await enterAlarmRule(platform, types[0].id, {
    ...{ name: { 'zh-CN': '热', en: 'hot' }, severity: 'high', faultCode: null, component: null, escalateAfter: null, tells: [] },
    ...{ cause: none, remedy: none, clear: null },
    raise: {
      ...{ kind: 'group', join: 'all', lasting: 30 },
      parts: [
        { kind: 'threshold', metric: 'heat', op: 'gt', value: 80 },
        { kind: 'threshold', metric: 'load', op: 'lt', value: 20 },
      ],
    },
  })
  await expect.poll(() => platform.portals.living()?.length).toBe(2)
  const { self } = platform.portals
  const id = Array.from({ length: 50 }, (_, n) => deviceId(n)).find(one => homeOf(one, platform.portals.living()!) !== self)!
  const [here, there] = [await connectDevice(address, id), await connectDevice(`mqtt://127.0.0.1:${port}`, id)]
  clients.push(here, there)
  there.on('error', () => {}) // its broker is killed
  const start = Date.now()
  const say = (client: MqttClient, second: number, values: object) =>
    client.publishAsync(`fettle/${id}/readings`, JSON.stringify({ at: start + second * 1000, values }), { qos: 1 })
  await say(here, -20, { heat: 90 })
  await say(there, -18, { load: 10 })
  await other.kill()
  await say(here, 15, { heat: 91 })
  const alarms = async () => {
    const { rows } = await database.pool.query('select started_at, raises, active from alarm where device_id = $1', [id])
    return rows.map(({ started_at, raises, active }) => [(started_at.getTime() - start) / 1000, raises, active])
  }
  await expect.poll(alarms, { timeout: 20_000 }).toEqual([[12, 1, true]])
  expect(platform.portals.living()).toEqual([self])
}, 60_000)
