import { parseArgs } from 'node:util'
import { type Fault, faults, usualFaultHours } from './machine.ts'

export interface SimulatorArguments {
  url: string
  /** file with serial numbers, ids and tokens */
  machines: string
  /** how many of them; null: all */
  devices: number | null
  /** times as fast as the clock */
  speed: number
  /** s between reports */
  every: number
  /** days before the first start of which they report */
  past: number
  /** which moment of their lives it is at their first start; null: now */
  begin: Date | null
  folder: string
  /** file of the authority that vouches for the broker */
  ca: string | null
  records: boolean
  faults: { fault: Fault; serial: string }[]
  faultHours: number
}

export const usage = `node examples/machine-simulator.ts --url mqtt://HOST:1883 --machines FILE [options]

  --url URL             of the portal's broker: mqtt://, mqtts://, ws:// or wss://
  --machines FILE       .xlsx of a list that was handed out, or .csv with serial number, id and token in each line
  --devices N           the first N of them; all where it is left out
  --speed N             they live N times as fast as the clock, 1 to 600 (1)
  --every S             seconds between reports, 1 to 3600 (10)
  --past DAYS           of which they report at their first start, 0 to 60 (0)
  --begin TIME          which moment of their lives it is at their first start, as in 2026-11-02T09:00+08:00 (now)
  --fault KIND@SERIAL   begins at once: ${Object.keys(faults).join(', ')}; may be given several times
  --fault-hours H       of work until a fault is as bad as it gets, 0.1 to 10000 (${usualFaultHours})
  --vibration           their front bearing has a sensor of acceleration, whose records are sent
  --ca FILE             authority of the broker's certificate, PEM
  --folder DIR          where readings wait and lives are kept (machine-data)`

/** Throws with the value that is wrong and what may stand there. */
export function readArguments(args: readonly string[]): SimulatorArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string' },
      machines: { type: 'string' },
      devices: { type: 'string' },
      speed: { type: 'string', default: '1' },
      every: { type: 'string', default: '10' },
      begin: { type: 'string' },
      past: { type: 'string', default: '0' },
      fault: { type: 'string', multiple: true, default: [] },
      'fault-hours': { type: 'string', default: String(usualFaultHours) },
      vibration: { type: 'boolean', default: false },
      ca: { type: 'string' },
      folder: { type: 'string', default: 'machine-data' },
    },
  })
  const { url, machines, devices, begin, ca } = values
  if (url === undefined || machines === undefined) throw new Error(`--url and --machines are needed:\n\n${usage}`)
  if (!/^(mqtts?|wss?):\/\/[^/]+/.test(url)) throw new Error(`--url ${url}: it begins with mqtt://, mqtts://, ws:// or wss://`)
  return {
    ...{ url, machines, folder: values.folder, records: values.vibration, ca: ca ?? null },
    devices: devices === undefined ? null : whole('--devices', devices, 1, 5000),
    speed: numberOf('--speed', values.speed, 1, 600),
    every: whole('--every', values.every, 1, 3600),
    past: numberOf('--past', values.past, 0, 60),
    begin: begin === undefined ? null : readMoment(begin),
    faults: values.fault.map(readFault),
    faultHours: readHours('--fault-hours', values['fault-hours']),
  }
}

function readMoment(text: string): Date {
  const moment = new Date(/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : Number.NaN)
  if (Number.isNaN(moment.getTime())) throw new Error(`--begin ${text}: it is a time with its zone, as in 2026-11-02T09:00+08:00`)
  return moment
}

function readFault(text: string): { fault: Fault; serial: string } {
  const [, fault = '', serial = ''] = /^([^@]*)@(.+)$/.exec(text) ?? []
  if (serial === '') throw new Error(`--fault ${text}: it is a kind and a serial number, as in bearing@SN0001`)
  return { fault: demandFault(fault), serial }
}

export function demandFault(text: string): Fault {
  if (!Object.hasOwn(faults, text)) throw new Error(`"${text}" is no fault: there are ${Object.keys(faults).join(', ')}`)
  return text as Fault
}

export const readHours = (name: string, text: string): number => numberOf(name, text, 0.1, 10_000)

function numberOf(name: string, text: string, least: number, most: number): number {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (!(number >= least && number <= most)) throw new Error(`${name} ${text}: it is a number from ${least} to ${most}`)
  return number
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = numberOf(name, text, least, most)
  if (!Number.isInteger(number)) throw new Error(`${name} ${text}: it is a whole number`)
  return number
}
