import type { Call } from './call.ts'
import { ownDevice } from './telemetry.ts'

export const fleetCalls: Record<string, Call> = {
  'fleet.getMyFleet': {
    call: async world => {
      await ownDevice(world)
      return {}
    },
  },
  'fleet.getFleet': { call: () => ({}) },
  'fleet.getMyStanding': { call: async world => ({ params: await ownDevice(world) }), rows: 'company' },
  'fleet.getStanding': { call: async world => ({ params: await ownDevice(world) }) },
}
