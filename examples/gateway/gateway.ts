import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Device, openDevice } from '../device-client/device-client.ts'
import type { Mapping, ModbusSource, MtconnectSource } from './mapping.ts'
import { modbusClient } from './modbus.ts'
import { followAgent } from './mtconnect.ts'
import { spansOf, valuesIn } from './registers.ts'

type Machine = Mapping['machines'][number]

export interface GatewayOptions {
  mapping: Mapping
  /** what goes wrong, once until it goes well again. source: modbus://…, an agent’s address, or the portal’s */
  onTrouble(source: string, error: Error): void
  /** what is lost for good */
  onGap?(source: string, what: string): void
}

/** Reads all machines of the mapping and reports what they measure. Each signs in to the portal as itself. */
export async function runGateway({ mapping, onTrouble, onGap = () => {} }: GatewayOptions): Promise<{ stop(): Promise<void> }> {
  const { portal, folder } = mapping
  const ca = mapping.ca && (await readFile(mapping.ca))
  const told = tellOnce(onTrouble)
  const stops = await Promise.all(
    mapping.machines.map(async machine => {
      const own = join(folder, machine.deviceId)
      await mkdir(own, { recursive: true })
      const device = await openDevice({
        ...{ url: portal, deviceId: machine.deviceId, folder: own, ...signInOf(machine) },
        ...(ca ? { connection: { ca } } : {}),
        onTrouble: error => told.badly(portal, error),
      })
      const loops = await Promise.all(
        machine.sources.map(async (source, number) => {
          const name = source.kind === 'modbus' ? `modbus://${source.host}:${source.port}/${source.unit}` : source.url
          const { step, close } =
            source.kind === 'modbus'
              ? readModbus(source, device)
              : await readAgent(source, device, join(own, `agent-${number}`), what => onGap(name, what))
          const stop = repeat(source.every * 1000, () =>
            step().then(
              () => told.well(name),
              error => told.badly(name, error),
            ),
          )
          return async () => {
            await stop()
            close()
          }
        }),
      )
      return async () => {
        for (const stop of loops) await stop()
        await device.close()
      }
    }),
  )
  return {
    async stop() {
      await Promise.all(stops.map(stop => stop()))
    },
  }
}

function signInOf({ token, cert, key }: Machine) {
  if (cert !== undefined && key !== undefined) return { certificate: { cert, key } }
  return token === undefined ? {} : { token }
}

function readModbus({ registers, ...address }: ModbusSource, device: Device) {
  const client = modbusClient(address)
  const spans = spansOf(registers)
  return {
    async step() {
      const at = new Date()
      const values: Record<string, number | boolean> = {}
      try {
        for (const span of spans) Object.assign(values, valuesIn(span, await client.read(span.table, span.address, span.count)))
      } finally {
        if (Object.keys(values).length > 0) await device.report(values, at) // what was read before the trouble is true
      }
    },
    close: () => client.close(),
  }
}

async function readAgent(source: MtconnectSource, device: Device, file: string, onGap: (what: string) => void) {
  const { step } = await followAgent(source, file, {
    report: async moments => void (await Promise.all(moments.map(({ at, values }) => device.report(values, at)))),
    onGap,
  })
  return { step, close: () => {} }
}

/** Calls again and again, so many ms from beginning to beginning, never two at a time. Answers how to stop. */
function repeat(everyMs: number, work: () => Promise<void>): () => Promise<void> {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let working = run()
  async function run(): Promise<void> {
    const began = Date.now()
    await work()
    if (stopped) return
    timer = setTimeout(
      () => {
        working = run()
      },
      Math.max(0, everyMs - (Date.now() - began)),
    )
  }
  return () => {
    stopped = true
    clearTimeout(timer)
    return working
  }
}

/** A controller that is switched off for the weekend fills no log. */
function tellOnce(tell: (source: string, error: Error) => void) {
  const last = new Map<string, string>()
  return {
    well: (source: string) => void last.delete(source),
    badly(source: string, error: Error): void {
      if (last.get(source) === error.message) return
      last.set(source, error.message)
      tell(source, error)
    },
  }
}
