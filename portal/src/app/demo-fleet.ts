import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDeviceToken, devicesBySerial } from '#features/devices/server'
import type { Platform } from '#platform/server'
import { runFleet } from '../../../examples/machine-simulator/fleet.ts'
import type { MachineOptions } from '../../../examples/machine-simulator/machine.ts'

/** Days of which the machines have reported when the portal is started first: enough to learn what is usual, and for a fault to begin. */
const pastDays = 20

/** What they say of themselves. */
const nameplate = { hardwareRevision: 'C', softwareRevision: '4.2.1' }

/** Machines of the demo's customers that report, by serial number. One of them has a bearing that is wearing out. */
export const demoFleet: Record<string, Omit<MachineOptions, 'begin'> & { nameplate: typeof nameplate; records?: boolean }> = {
  '00119042': {
    nameplate,
    seed: 119042,
    spindle: { speed: 12_000, power: 15 },
    fault: 'bearing',
    faultHours: 80,
    soundHours: 135,
    records: true,
  },
  '00121507': { nameplate, seed: 121507, spindle: { speed: 15_000, power: 22 }, hall: 23, records: true },
  '00120815': { nameplate, seed: 120815, spindle: { speed: 12_000, power: 15 } },
  '00118203': {
    nameplate,
    seed: 118203,
    spindle: { speed: 18_000, power: 18 },
    fault: 'coolant',
    faultHours: 260,
    soundHours: 150,
    hall: 24,
  },
}

/**
 * Lets the demo's machines run and report by MQTT, each with a token of its own. Nothing where devices cannot connect to this process.
 * Where a token was revoked in the console, that machine is let in no more.
 */
export async function runDemoFleet(platform: Platform, ending: AbortSignal): Promise<{ stop(): Promise<void> } | null> {
  const broker = platform.broker.state()
  if (broker.kind !== 'embedded') return null
  const folder = join(platform.config.dataDir, 'demo-machines')
  const machines = []
  for (const [serial, options] of Object.entries(demoFleet)) {
    const [device] = await devicesBySerial(platform.database, serial)
    if (device)
      machines.push({
        ...options,
        deviceId: device.id,
        token: await tokenOf(platform, device.id, join(folder, device.id)),
      })
  }
  return runFleet({
    url: broker.address,
    folder,
    machines,
    pastDays,
    ending,
    onTrouble: error => platform.log.info({ error }, 'a machine of the demo has trouble'),
  })
}

async function tokenOf(platform: Platform, deviceId: string, folder: string): Promise<string> {
  const file = join(folder, 'token')
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const token = await addDeviceToken(platform, deviceId, 'Demo')
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, token, { mode: 0o600 })
  return token
}
