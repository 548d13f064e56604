import type { Call } from './call.ts'
import { ownDevice } from './telemetry.ts'

export const diagnosisCalls: Record<string, Call> = {
  'diagnosis.getMyHealth': { call: async world => ({ params: await ownDevice(world) }), rows: 'company' },
  'diagnosis.relearn': { call: async world => ({ params: await ownDevice(world) }) },
  'diagnosis.getHealth': { call: async world => ({ params: await ownDevice(world) }) },
}
