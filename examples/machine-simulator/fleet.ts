import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Device, openDevice } from '../device-client/device-client.ts'
import { createControls, type MachineControls } from './controls.ts'
import { createMachine, type Machine, type MachineOptions } from './machine.ts'

export interface FleetOptions {
  /** of the broker */
  url: string
  /** readings that wait, and since when each machine lives */
  folder: string
  /** records: its front bearing has a sensor of acceleration */
  machines: (Omit<MachineOptions, 'begin'> & { deviceId: string; token: string; records?: boolean })[]
  /** seconds between what a machine reports, until it is set otherwise; default 10 */
  every?: number
  /** days of which it reports when it is started first; default 7 */
  pastDays?: number
  /** aborted, it reports no more of the past: the next start goes on with it */
  ending?: AbortSignal
  onTrouble?(error: Error): void
}

/** minutes between what a machine reports of the time in which it was not running */
const pastEvery = 2
const dayMs = 86_400_000
/** ms between records of vibration, which wait for the spindle to turn fast */
const recordEvery = 3_600_000
const tickMs = 1000
/** readings and records of the past that are made in one breath */
const atOnce = 100

interface Life {
  began: number
  reported: number
}

/**
 * Machines that report by MQTT as real ones would, by the device client of examples/device-client. Each has a life of its own, which a restart
 * goes on with: what it measured meanwhile is reported late.
 */
export async function runFleet({
  url,
  folder,
  machines,
  every = 10,
  pastDays = 7,
  ending,
  onTrouble,
}: FleetOptions): Promise<{ stop(): Promise<void> }> {
  const running = await Promise.all(
    machines.map(async ({ deviceId, token, records = false, ...options }) => {
      const own = join(folder, deviceId)
      await mkdir(own, { recursive: true })
      const now = Date.now()
      const first = now - pastDays * dayMs
      const life = await readLife(own, { began: first, reported: first })
      const machine = createMachine({ ...options, begin: new Date(life.began) })
      const controls = await createControls(machine, own, every)
      const device = await openDevice({ url, deviceId, token, folder: own, controls, ...(onTrouble ? { onTrouble } : {}) })
      const reported = Math.max(life.reported, first)
      return { machine, device, own, controls, records, recorded: reported, life: { ...life, reported } }
    }),
  )
  for (const one of running) await catchUp(one, ending)
  let reporting: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    const now = Date.now()
    const due = running.filter(({ life, controls }) => now - life.reported >= controls.reportEvery() * 1000 - tickMs / 2)
    reporting = reporting.then(() => Promise.all(due.map(one => report(one, new Date(now))))).catch(error => onTrouble?.(error))
  }, tickMs)
  return {
    async stop() {
      clearInterval(timer)
      await reporting
      await Promise.all(running.map(({ device }) => device.close()))
    },
  }
}

interface Running {
  machine: Machine
  device: Device
  own: string
  controls: MachineControls
  records: boolean
  /** when it recorded last, in ms since 1970 */
  recorded: number
  life: Life
}

async function catchUp(one: Running, ending: AbortSignal | undefined): Promise<void> {
  const moments: Promise<unknown>[] = []
  for (let at = one.life.reported + pastEvery * 60_000; at < Date.now(); at += pastEvery * 60_000) {
    moments.push(one.device.report({ ...one.machine.step(new Date(at)) }, new Date(at)), record(one, at))
    if (moments.length % atOnce > 0) continue
    await new Promise(resolve => setImmediate(resolve)) // others, such as whoever ends it, come in between
    if (ending?.aborted) return void Promise.allSettled(moments)
  }
  await Promise.all(moments)
  await report(one, new Date())
}

async function report(one: Running, at: Date): Promise<void> {
  const { machine, device, own, life } = one
  await device.report({ ...machine.step(at) }, at)
  void record(one, at.getTime()) // it may wait for a connection, which readings do not
  life.reported = at.getTime()
  await writeFile(join(own, 'life.new'), JSON.stringify(life))
  await rename(join(own, 'life.new'), join(own, 'life'))
}

async function record(one: Running, at: number): Promise<void> {
  if (!one.records || at < one.recorded + recordEvery) return
  const made = one.machine.record()
  if (!made) return
  one.recorded = at
  await one.device.record({ point: 'front_bearing', at: new Date(at), ...made })
}

async function readLife(folder: string, fresh: Life): Promise<Life> {
  try {
    return JSON.parse(await readFile(join(folder, 'life'), 'utf8')) as Life
  } catch {
    return fresh
  }
}
