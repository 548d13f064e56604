import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { IClientOptions } from 'mqtt'
import { type Device, type Nameplate, openDevice } from '../device-client/device-client.ts'
import { createControls, type MachineControls } from './controls.ts'
import { createMachine, type Fault, type Machine, type MachineOptions } from './machine.ts'

export interface FleetOptions {
  /** of the broker */
  url: string
  /** readings that wait, and since when each machine lives */
  folder: string
  /** records: its front bearing has a sensor of acceleration. nameplate: what it says of itself, until it is updated */
  machines: (Omit<MachineOptions, 'begin'> & { deviceId: string; token: string; records?: boolean; nameplate?: Nameplate })[]
  /** seconds between what a machine reports, until it is set otherwise; default 10 */
  every?: number
  /** days of which it reports when it is started first; default 7 */
  pastDays?: number
  /** which moment of its life it is when one is started first; default now. They work from 7:30 to 22:00 in China, not on Sundays */
  begin?: Date
  /** how many times as fast as the clock they live from now on; default 1. What they measure has the clock's time */
  speed?: number
  /** more for the connections: ca … */
  connection?: IClientOptions
  /** aborted, it reports no more of the past: the next start goes on with it */
  ending?: AbortSignal
  onTrouble?(error: Error, deviceId: string): void
}

export interface Fleet {
  /** In the order they were given. */
  machines: readonly FleetMachine[]
  stop(): Promise<void>
}

/** One of them, to be made ill and well while it runs. What was done to it is part of its life, also after a restart. */
export interface FleetMachine extends Pick<Machine, 'fail' | 'heal' | 'wrong' | 'turns'> {
  deviceId: string
  /** Its software becomes another. */
  update(softwareRevision: string): void
}

/** minutes between what a machine reports of the time in which it was not running */
const pastEvery = 2
const dayMs = 86_400_000
/** ms between records of vibration, which wait for the spindle to turn fast */
const recordEvery = 3_600_000
const tickMs = 1000
/** readings and records of the past that are made in one breath */
const atOnce = 100

/** Moments are in ms since 1970, by the clock, or of its life. */
interface Life {
  began: number
  reported: number
  /** of its life, when it reported last */
  lived: number
  /** what its software became; absent: it was never updated */
  software?: string
  /** what was done to it, and when in its life */
  done: ({ at: number } & ({ fault: Fault; hours: number } | { fault: null }))[]
}

/**
 * Machines that report by MQTT as real ones would, by the device client of examples/device-client. Each has a life of its own, which a restart
 * goes on with: what it measured meanwhile is reported late, and as fast as the clock goes.
 */
export async function runFleet({
  url,
  folder,
  machines,
  every = 10,
  pastDays = 7,
  begin,
  speed = 1,
  connection,
  ending,
  onTrouble,
}: FleetOptions): Promise<Fleet> {
  const opened = Date.now()
  const running = await Promise.all(
    machines.map(async ({ deviceId, token, records = false, nameplate, ...options }) => {
      const own = join(folder, deviceId)
      await mkdir(own, { recursive: true })
      const first = opened - pastDays * dayMs
      const life = await readLife(own, first, begin ? begin.getTime() - pastDays * dayMs : first)
      const machine = createMachine({ ...options, begin: new Date(life.began) })
      for (const { at, ...what } of life.done) {
        machine.step(new Date(at))
        if (what.fault === null) machine.heal()
        else machine.fail(what.fault, what.hours)
      }
      const controls = await createControls(machine, own, every)
      const trouble = (error: Error) => onTrouble?.(error, deviceId)
      const device = await openDevice({
        url,
        deviceId,
        token,
        folder: own,
        nameplate: { ...nameplate, ...(life.software ? { softwareRevision: life.software } : {}) },
        controls,
        ...(connection ? { connection } : {}),
        onTrouble: trouble,
      })
      const livedAtOpening = life.lived + opened - life.reported
      const lifeAt = (at: number) => livedAtOpening + (at - opened) * (at > opened ? speed : 1)
      life.reported = Math.max(life.reported, first)
      return { deviceId, machine, device, own, controls, records, recorded: life.reported, life, lifeAt, trouble }
    }),
  )
  for (const one of running) await catchUp(one, ending)
  let reporting: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    const now = Date.now()
    const due = running.filter(({ life, controls }) => now - life.reported >= controls.reportEvery() * 1000 - tickMs / 2)
    reporting = reporting.then(() => Promise.all(due.map(one => report(one, new Date(now)).catch(one.trouble))))
  }, tickMs)
  return {
    machines: running.map(operable),
    async stop() {
      clearInterval(timer)
      await reporting
      await Promise.all(running.map(({ device }) => device.close()))
    },
  }
}

interface Running {
  deviceId: string
  machine: Machine
  device: Device
  own: string
  controls: MachineControls
  records: boolean
  /** when it recorded last, in ms since 1970 */
  recorded: number
  life: Life
  /** which moment of its life it is at a time by the clock */
  lifeAt(at: number): number
  trouble(error: Error): void
}

function operable({ deviceId, machine, device, life, lifeAt }: Running): FleetMachine {
  const doNow = (what: { fault: Fault; hours: number } | { fault: null }) => {
    const at = lifeAt(Date.now())
    machine.step(new Date(at))
    life.done.push({ at, ...what })
  }
  return {
    deviceId,
    wrong: machine.wrong,
    turns: machine.turns,
    fail(fault, hours) {
      doNow({ fault, hours })
      machine.fail(fault, hours)
    },
    update(softwareRevision) {
      life.software = softwareRevision
      device.identify({ softwareRevision })
    },
    heal() {
      doNow({ fault: null })
      machine.heal()
    },
  }
}

async function catchUp(one: Running, ending: AbortSignal | undefined): Promise<void> {
  const moments: Promise<unknown>[] = []
  for (let at = one.life.reported + pastEvery * 60_000; at < Date.now(); at += pastEvery * 60_000) {
    moments.push(one.device.report({ ...one.machine.step(new Date(one.lifeAt(at))) }, new Date(at)), record(one, at))
    if (moments.length % atOnce > 0) continue
    await new Promise(resolve => setImmediate(resolve)) // others, such as whoever ends it, come in between
    if (ending?.aborted) return void Promise.allSettled(moments)
  }
  await Promise.all(moments)
  await report(one, new Date())
}

async function report(one: Running, at: Date): Promise<void> {
  const { machine, device, own, life, lifeAt } = one
  const lived = lifeAt(at.getTime())
  await device.report({ ...machine.step(new Date(lived)) }, at)
  void record(one, at.getTime()) // it may wait for a connection, which readings do not
  Object.assign(life, { reported: at.getTime(), lived })
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

/** Of before, or one that begins now. */
async function readLife(folder: string, first: number, began: number): Promise<Life> {
  try {
    const life = JSON.parse(await readFile(join(folder, 'life'), 'utf8')) as Pick<Life, 'began' | 'reported'> & Partial<Life>
    return { lived: life.reported, done: [], ...life }
  } catch {
    return { began, reported: first, lived: began, done: [] }
  }
}
