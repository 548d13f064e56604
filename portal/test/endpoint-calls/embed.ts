import type { Call } from './call.ts'
import { ownDevice } from './telemetry.ts'
import { vibrationCalls } from './vibration.ts'

const lastHour = () => ({ from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() })

export const embedCalls: Record<string, Call> = {
  'embed.makeToken': {
    call: async world => ({ body: { origin: 'https://intranet.example.com', machines: [(await ownDevice(world)).deviceId] } }),
    rows: 'company',
  },
  'embed.listMachines': { call: () => ({}) },
  'embed.getMachine': { call: async world => ({ params: await ownDevice(world) }), rows: 'company' },
  'embed.getHistory': {
    call: async world => ({
      params: { ...(await ownDevice(world)), metric: 'load' },
      query: lastHour(),
    }),
    rows: 'company',
  },
  'embed.getMarks': { call: async world => ({ params: await ownDevice(world), query: lastHour() }), rows: 'company' },
  'embed.getOutlook': { call: async world => ({ params: await ownDevice(world) }), rows: 'company' },
  'embed.getVibration': { call: async world => ({ params: await ownDevice(world) }), rows: 'company' },
  'embed.getSpectra': vibrationCalls['vibration.getMySpectra']!,
  'embed.listAlarms': { call: async world => ({ params: await ownDevice(world) }), rows: 'company' },
  'embed.watchMachines': { call: async world => ({ query: { device: (await ownDevice(world)).deviceId } }), rows: 'company' },
}
