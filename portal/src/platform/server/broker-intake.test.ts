import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { DeviceMessage } from './broker.ts'
import { createIntake } from './broker-intake.ts'
import { brokerLimits } from './broker-limits.ts'
import { createLog } from './log.ts'

const limits = { ...brokerLimits, retryMs: [1, 2] as const, apartMs: [2, 10] as const, betweenBatchesMs: 1, turn: 2 }
const payload = Buffer.from('{}')
const message = (deviceId: string): DeviceMessage => ({
  ...{ deviceId, topic: 'readings', sparkplug: null, payload, qos: 1, retain: false, receivedAt: new Date() },
})

/** refuses: whether a batch fails that has something of this device */
function open(refuses: (deviceId: string) => boolean) {
  const acknowledged: string[] = []
  const intake = createIntake({
    limits,
    log: createLog('silent'),
    async receive(messages) {
      await delay(0)
      if (messages.some(({ deviceId }) => refuses(deviceId))) throw new Error('this cannot be written')
    },
  })
  const say = (deviceId: string, as = deviceId) => intake.add(message(deviceId), () => acknowledged.push(as))
  return { intake, acknowledged, say }
}

test('what one device says and nobody can write holds up nobody else, and is written once it can be', async () => {
  let broken = true
  const { intake, acknowledged, say } = open(deviceId => broken && deviceId === 'a')
  for (const deviceId of ['a', 'a', 'a', 'b', 'c', 'a', 'd']) say(deviceId)
  await vi.waitFor(() => expect(acknowledged.toSorted()).toEqual(['b', 'c', 'd']))
  say('a')
  say('b')
  await vi.waitFor(() => expect(acknowledged.toSorted()).toEqual(['b', 'b', 'c', 'd']))
  broken = false
  await vi.waitFor(() => expect(acknowledged).toHaveLength(9))
  expect(intake.waiting()).toBe(0)
  await intake.close()
})

test('one that says what nobody can write before anybody else speaks holds up nobody either', async () => {
  const { intake, acknowledged, say } = open(deviceId => deviceId === 'a')
  say('a')
  await delay(10)
  say('b')
  await vi.waitFor(() => expect(acknowledged).toEqual(['b']))
  expect(intake.waiting()).toBe(1)
})

test('whatever fails for a while, of any devices or of all, every message is acknowledged once in the end, those of a device in their order', async () => {
  const devices = fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f')
  const world = fc.record({ said: fc.array(devices, { minLength: 1, maxLength: 40 }), broken: fc.uniqueArray(devices) })
  await fc.assert(
    fc.asyncProperty(world, async ({ said, broken }) => {
      let broke = true
      const { intake, acknowledged, say } = open(deviceId => broke && broken.includes(deviceId))
      for (const [at, deviceId] of said.entries()) say(deviceId, `${deviceId}${at}`)
      await delay(15)
      broke = false
      await vi.waitFor(() => expect(intake.waiting()).toBe(0))
      const byDevice = (names: string[]) => names.toSorted((one, other) => one.charCodeAt(0) - other.charCodeAt(0))
      expect(byDevice(acknowledged)).toEqual(byDevice(said.map((deviceId, at) => `${deviceId}${at}`)))
    }),
    { numRuns: 30 },
  )
})
