import type { Call } from './call.ts'
import { ownDevice } from './telemetry.ts'

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
      query: { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() },
    }),
    rows: 'company',
  },
  'embed.watchMachines': { call: async world => ({ query: { device: (await ownDevice(world)).deviceId } }), rows: 'company' },
}
