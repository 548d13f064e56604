import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createDeviceType } from '#features/devices/core'
import { readHealth } from '#features/operations/core'
import { getMyHistory } from '#features/telemetry/core'
import { connectableMachine } from '../connectable-machine.ts'
import { until } from '../device-wire.ts'
import { openDoors, withBroker } from '../embedded-broker.ts'
import { connectRaw, publishPacket } from '../raw-device.ts'
import { testPortal } from '../test-portal.ts'
import { twoCompanies } from '../two-companies.ts'

/** A disk of its own, in memory; null where this user may not mount one. */
const disk = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-full-warehouse-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=755', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    console.warn('Not tested: a full disk under the warehouse (only root may mount a small one)')
    return null
  }
})()
afterAll(() => {
  if (!disk) return
  execFileSync('umount', ['--lazy', disk])
  rmSync(disk, { recursive: true })
})
const portal = disk ? await testPortal({ config: { dataDir: disk, ...withBroker() } }) : null

/** To the last byte. */
function fill(): void {
  const file = openSync(join(disk!, 'ballast'), 'w')
  for (const size of [2 ** 20, 4096, 1])
    try {
      for (;;) if (writeSync(file, new Uint8Array(size)) < size) break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  closeSync(file)
}

test.skipIf(!disk)(
  'while the disk under the warehouse is full nothing is acknowledged; with space again everything is written, and health says it',
  { timeout: 120_000 },
  async () => {
    const world = await twoCompanies(portal!)
    const { platform } = world
    const url = await openDoors(world)
    const text = (words: string) => ({ 'zh-CN': words, en: words })
    const { id: typeId } = await (await world.api('product')).call(createDeviceType, {
      body: {
        ...{ key: 'full', name: text('Machine') },
        metrics: [{ key: 'speed', name: text('Speed'), unit: '1/min', min: 0, max: 20_000, decimals: 0 }],
      },
    })
    const { id, token } = await connectableMachine(world, typeId, world.own.id)
    const device = await connectRaw(url, id, { token })
    const begin = Date.now() - 60_000
    const say = (number: number) => {
      const payload = JSON.stringify({ at: begin + number * 100, values: { speed: number } })
      device.socket.write(publishPacket(`fettle/${id}/readings`, number, Buffer.from(payload)))
    }
    say(1)
    await until(() => device.acknowledged() === 1, 30_000)

    fill()
    for (let number = 2; number <= 40; number++) say(number)
    await until(() => platform.broker.state().kind === 'embedded' && (platform.broker.state() as { waiting: number }).waiting > 0)
    const row = { device_id: id, metric: ['speed'], at: [begin], scaled: [0] }
    await expect(platform.warehouse.insert('readings_taken', [row], { batchId: platform.newId() })).rejects.toThrow()
    expect(device.acknowledged()).toBe(1)
    const admin = await world.api('admin')
    /** Bytes that are free where least is, as the health page says it. */
    const leastFree = async () => {
      const { parts } = (await admin.call(readHealth, {})).checks.find(check => check.id === 'storage')!
      return Math.min(...parts.map(({ facts }) => Number(facts[0]!.value)))
    }
    expect(await leastFree()).toBeLessThan(2 ** 20)

    rmSync(join(disk!, 'ballast'))
    await until(() => device.acknowledged() === 40, 60_000)
    const query = { from: new Date(begin).toISOString(), to: new Date(begin + 10_000).toISOString(), points: 1000 }
    const { points } = await world.own.member.api.call(getMyHistory, { params: { deviceId: id, metric: 'speed' }, query })
    expect(points.map(({ mean }) => mean)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    expect(await leastFree()).toBeGreaterThan(2 ** 20)
    device.socket.destroy()
  },
)
