import { z } from 'zod'
import { endpoint } from '#platform/core'
import { localizedText } from './plan-api.ts'
import { bearingFaults } from './signal/bearing.ts'
import { vibrationUnits } from './signal/measures.ts'
import { zones } from './zone.ts'

const device = z.object({ deviceId: z.uuid() })
const customer = { customer: 'device.read-own' } as const
const staff = { staff: 'device.read' } as const

const recordView = z.object({
  /** when its first sample was taken, by the machine's clock */
  at: z.string(),
  /** 1/min; null: nobody knows */
  speed: z.number().nullable(),
  /** mm/s, root mean square of 10 to 1000 Hz */
  velocity: z.number(),
  zone: z.enum(zones).nullable(),
  /** rms and peak in the unit of the point */
  rms: z.number(),
  peak: z.number(),
  crest: z.number(),
  kurtosis: z.number(),
})
export type RecordView = z.output<typeof recordView>

const pointView = z.object({
  key: z.string(),
  name: localizedText,
  unit: z.enum(vibrationUnits),
  component: localizedText.nullable(),
  /** mm/s; null: nobody entered any */
  boundaries: z.object({ name: localizedText, ab: z.number(), bc: z.number(), cd: z.number() }).nullable(),
  /** the most recent first, as many as are kept */
  records: z.array(recordView),
})
export type PointView = z.output<typeof pointView>

const deviceVibration = z.object({
  /** the owner keeps what it reports from the reader */
  withheld: z.boolean(),
  points: z.array(pointView),
})
export type DeviceVibration = z.output<typeof deviceVibration>

const lines = z.object({
  /** Hz between lines, the first at 0 */
  step: z.number(),
  values: z.array(z.number()),
})
const spectra = z.object({
  /** amplitudes, 0 to peak, in the unit of the point */
  spectrum: lines,
  envelope: lines,
  /** where damage of the bearing would show, in Hz, and how far it stands above its surroundings, in dB */
  faults: z.array(z.object({ fault: z.enum(bearingFaults), frequency: z.number(), score: z.number().nullable() })),
})
export type Spectra = z.output<typeof spectra>

const oneRecord = z.object({ point: z.string().max(40), at: z.iso.datetime({ offset: true }) })

export const getMyVibration = endpoint({
  id: 'vibration.getMine',
  method: 'GET',
  path: '/my/devices/{deviceId}/vibration',
  summary: 'Records of the vibration of a machine of the own company, with what they say',
  access: customer,
  params: device,
  result: deviceVibration,
})

export const getMySpectra = endpoint({
  id: 'vibration.getMySpectra',
  method: 'GET',
  path: '/my/devices/{deviceId}/vibration/spectra',
  summary: 'Spectrum and envelope spectrum of a record of a machine of the own company',
  access: customer,
  params: device,
  query: oneRecord,
  result: spectra,
})

export const getVibration = endpoint({
  id: 'vibration.get',
  method: 'GET',
  path: '/console/devices/{deviceId}/vibration',
  summary: 'Records of the vibration of a machine, with what they say',
  access: staff,
  params: device,
  result: deviceVibration,
})

export const getSpectra = endpoint({
  id: 'vibration.getSpectra',
  method: 'GET',
  path: '/console/devices/{deviceId}/vibration/spectra',
  summary: 'Spectrum and envelope spectrum of a record of a machine',
  access: staff,
  params: device,
  query: oneRecord,
  result: spectra,
})
