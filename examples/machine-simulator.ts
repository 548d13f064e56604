// node examples/machine-simulator.ts --url mqtt://localhost:1883 --machines machines.csv: a fleet of machining centres that report, and fall ill when told to.
// See examples/machine-simulator/README.md.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { readArguments } from './machine-simulator/arguments.ts'
import { runFleet } from './machine-simulator/fleet.ts'
import { demandMachine, help, type NamedMachine, obey } from './machine-simulator/orders.ts'
import { readMachines } from './machine-simulator/read-machines.ts'

const { wish, signings } = await readWish().catch((error: Error) => {
  console.error(error.message)
  process.exit(2)
})
const serials = new Map(signings.map(({ deviceId, serial }) => [deviceId, serial]))

/** Each of them has a spindle and a seed of its own, by its serial number. */
const built = signings.map(({ serial, deviceId, token }) => {
  const seed = createHash('sha256').update(serial).digest().readUInt32BE()
  const spindle = [
    { speed: 12_000, power: 15 },
    { speed: 15_000, power: 22 },
    { speed: 18_000, power: 18 },
  ][seed % 3]!
  const nameplate = { hardwareRevision: 'C', softwareRevision: '4.2.1' }
  return { deviceId, token, seed, spindle, nameplate, hall: 20 + (seed % 5), records: wish.records }
})
const ending = new AbortController()
const lastTrouble = new Map<string, string>()
const starting = runFleet({
  ...{ url: wish.url, folder: wish.folder, machines: built, every: wish.every, pastDays: wish.past, speed: wish.speed },
  ...(wish.begin ? { begin: wish.begin } : {}),
  ...(wish.ca === null ? {} : { connection: { ca: await readFile(wish.ca) } }),
  ending: ending.signal,
  onTrouble(error, deviceId) {
    const serial = serials.get(deviceId)!
    if (lastTrouble.get(serial) === error.message) return // a broker that is away fills no screen
    lastTrouble.set(serial, error.message)
    console.error(`${serial}: ${error.message}`)
  },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    ending.abort()
    void starting.then(({ stop }) => stop()).then(() => process.exit(0))
  })

const fleet = await starting
const machines: NamedMachine[] = fleet.machines.map(machine => ({ ...machine, serial: serials.get(machine.deviceId)! }))
for (const { fault, serial } of wish.faults) demandMachine(machines, serial).fail(fault, wish.faultHours)
console.log(`${machines.length} machines report to ${wish.url} every ${wish.every} s and live ${wish.speed} times as fast as the clock.
${help}`)
createInterface({ input: process.stdin }).on('line', line => {
  try {
    const answer = obey(line, machines, wish.faultHours)
    if (answer) console.log(answer)
  } catch (error) {
    console.error((error as Error).message)
  }
})

async function readWish() {
  const wish = readArguments(process.argv.slice(2))
  const known = await readMachines(wish.machines)
  if (wish.devices !== null && wish.devices > known.length)
    throw new Error(
      `--devices ${wish.devices}: ${wish.machines} has ${known.length} machines; ask for so many at most, or add to the file`,
    )
  const signings = known.slice(0, wish.devices ?? known.length)
  for (const { fault, serial } of wish.faults)
    if (!signings.some(one => one.serial === serial))
      throw new Error(`--fault ${fault}@${serial}: no machine that takes part has this serial number`)
  return { wish, signings }
}
