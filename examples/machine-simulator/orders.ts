import { demandFault, readHours } from './arguments.ts'
import type { FleetMachine } from './fleet.ts'
import { faults } from './machine.ts'

/** A machine of the fleet by the name people call it. */
export type NamedMachine = FleetMachine & { serial: string }

export const help = `  list                         the machines, and what is wrong with them
  fault KIND SERIAL [HOURS]    begins now, and is as bad as it gets after so many hours of work; the same again goes on at that pace
  heal SERIAL                  nothing is wrong with it any more
  update SERIAL REVISION       its software becomes that
  help                         this
KIND is one of:
${Object.entries(faults)
  .map(([fault, what]) => `  ${fault.padEnd(10)}${what}`)
  .join('\n')}`

/**
 * Does what a line says, and answers what to print. faultHours: where the line does not say. Throws, naming what is wrong and what may stand there.
 */
export function obey(line: string, machines: readonly NamedMachine[], faultHours: number): string {
  const [word = '', ...rest] = line.trim().split(/\s+/)
  const orders: Record<string, () => string> = {
    '': () => '',
    help: () => help,
    list: () => machines.map(lineOf).join('\n'),
    fault: () => {
      const [kind = '', serial = '', hours] = rest
      const fault = demandFault(kind)
      const machine = demandMachine(machines, serial)
      machine.fail(fault, hours === undefined ? faultHours : readHours('hours', hours))
      return `${serial}: ${fault} begins`
    },
    heal: () => {
      const [serial = ''] = rest
      demandMachine(machines, serial).heal()
      return `${serial}: healed`
    },
    update: () => {
      const [serial = '', revision] = rest
      const machine = demandMachine(machines, serial)
      if (revision === undefined) throw new Error('update: the revision is missing, as in update SN0001 4.3.0')
      machine.update(revision)
      return `${serial}: its software is ${revision}`
    },
  }
  if (!Object.hasOwn(orders, word)) throw new Error(`"${word}" is no order: there are list, fault, heal, update and help`)
  return orders[word]!()
}

/** Throws where there is none of that serial number. */
export function demandMachine(machines: readonly NamedMachine[], serial: string): NamedMachine {
  const machine = machines.find(one => one.serial === serial)
  if (machine) return machine
  const some = machines.slice(0, 5).map(one => one.serial)
  throw new Error(
    `"${serial}" is no machine here: there are ${some.join(', ')}${machines.length > 5 ? ' … (list shows all)' : ''}`,
  )
}

function lineOf({ serial, deviceId, wrong, turns }: NamedMachine): string {
  const now = wrong()
  return [serial, deviceId, turns() ? 'working' : 'idle', now ? `${now.fault} ${Math.round(now.damage * 100)} %` : 'sound'].join(
    '  ',
  )
}
