import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { analyseRecords, type KeepReadings } from './analyse-records.ts'
import { personal } from './personal.ts'
import { changePlan, getPlan } from './plan.ts'
import { readSpectra, readVibration } from './read-vibration.ts'
import { analyseJobName, receiveRecords } from './receive-records.ts'

export { changePlan as changeVibrationPlan } from './plan.ts'
export { readSpectra, readVibration } from './read-vibration.ts'

/** Vibration of machines: records are kept, computed apart, and what they say becomes readings and spectra. */
export const vibration = (keepReadings: KeepReadings): ServerFeature => ({
  name: 'vibration',
  routes: [
    route(api.getVibrationPlan, ({ params }, { platform }) => getPlan(platform, params.typeId)),
    route(api.changeVibrationPlan, async ({ params, body, ifMatch }, { platform }) => {
      await changePlan(platform, { ...params, revision: ifMatch, fields: body })
      return getPlan(platform, params.typeId)
    }),
    route(api.getMyVibration, ({ params }, { platform, account }) => readVibration(platform, account, params.deviceId)),
    route(api.getVibration, ({ params }, { platform, account }) => readVibration(platform, account, params.deviceId)),
    route(api.getMySpectra, ({ params, query }, { platform, account }) => readSpectra(platform, account, params.deviceId, query)),
    route(api.getSpectra, ({ params, query }, { platform, account }) => readSpectra(platform, account, params.deviceId, query)),
  ],
  broker: { receive: receiveRecords },
  jobs: { [analyseJobName]: { outside: true, handle: (_, { platform }) => analyseRecords(platform, keepReadings) } },
  personal,
})
