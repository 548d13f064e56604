import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { server as modbusServers } from 'jsmodbus'
import { afterAll, expect, test } from 'vitest'
import { createDeviceType } from '#features/devices/core'
import { runGateway } from '../../../../../examples/gateway/gateway.ts'
import { readMapping } from '../../../../../examples/gateway/mapping.ts'
import { startAgent } from '../../../../../examples/gateway/test-agent.ts'
import { connectableMachine } from '../../../../test/connectable-machine.ts'
import { openDoors, withBroker } from '../../../../test/embedded-broker.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { twoCompanies } from '../../../../test/two-companies.ts'
import { getMyMetrics } from '../core/index.ts'

const world = await twoCompanies(await testPortal({ config: withBroker() }))
const url = await openDoors(world)
const folder = await mkdtemp(join(tmpdir(), 'fettle-gateway-'))
afterAll(() => rm(folder, { recursive: true }))

test('a gateway reads a controller by Modbus and an agent of MTConnect, and the customer sees both at his machine', async () => {
  const name = (text: string) => ({ 'zh-CN': text, en: text })
  const metric = (key: string, decimals: number) => ({ key, name: name(key), unit: '1', min: 0, max: 20_000, decimals })
  const { id: typeId } = await (await world.api('product')).call(createDeviceType, {
    body: { key: 'behind_a_gateway', name: name('Machine'), metrics: [metric('pressure', 2), metric('load', 1)] },
  })
  const { id: deviceId, token } = await connectableMachine(world, typeId, world.own.id)
  const input = Buffer.alloc(20)
  input.writeUInt16BE(612, 0)
  const controller = createServer()
  new modbusServers.TCP(controller, { input, holding: input, coils: input, discrete: input })
  await new Promise<void>(resolve => controller.listen(0, '127.0.0.1', resolve))
  const agent = await startAgent()
  agent.say('Samples', 'load', '31.5', 5)
  const { port } = controller.address() as AddressInfo
  const troubles: string[] = []
  const mapping = readMapping(
    JSON.stringify({
      portal: url,
      folder,
      machines: [
        {
          ...{ deviceId, token },
          sources: [
            {
              kind: 'modbus',
              host: '127.0.0.1',
              port,
              every: 0.2,
              registers: [{ metric: 'pressure', table: 'input', address: 0, scale: 0.01 }],
            },
            { kind: 'mtconnect', url: agent.url, every: 0.2, items: [{ item: 'load', metric: 'load' }] },
          ],
        },
      ],
    }),
  )
  const gateway = await runGateway({ mapping, onTrouble: (source, error) => troubles.push(`${source}: ${error.message}`) })
  const latest = async () => {
    const { metrics } = await world.own.member.api.call(getMyMetrics, { params: { deviceId } })
    return Object.fromEntries(metrics.map(({ key, latest: last }) => [key, last?.value]))
  }
  await expect.poll(latest, { timeout: 10_000 }).toEqual({ pressure: 6.12, load: 31.5 })
  input.writeUInt16BE(598, 0)
  agent.say('Samples', 'load', '44.5')
  await expect.poll(latest, { timeout: 10_000 }).toEqual({ pressure: 5.98, load: 44.5 })
  expect(troubles).toEqual([])
  await agent.stop()
  await expect.poll(() => troubles.length, { timeout: 10_000 }).toBe(1) // and Modbus goes on
  input.writeUInt16BE(601, 0)
  await expect.poll(latest, { timeout: 10_000 }).toEqual({ pressure: 6.01, load: 44.5 })
  await gateway.stop()
  await new Promise(resolve => controller.close(resolve))
})
