import { type OpenTo, openToAll } from '#features/devices/server'
import { route, type ServerFeature } from '#platform/server'
import { getHealth, getMyHealth, relearnHealth } from '../core/index.ts'
import { assessInPassing } from './assess-machines.ts'
import { learnVerdict } from './learn-verdict.ts'
import { personal } from './personal.ts'
import { readHealth } from './read-health.ts'
import { relearnByStaff, relearnReplaced } from './relearn.ts'

/**
 * How machines are: what is usual at each is learned from itself, what deviates is found, and told.
 * openTo: at which machines a reader is told
 */
export const diagnosis = (openTo: OpenTo = openToAll): ServerFeature => ({
  name: 'diagnosis',
  routes: [
    route(getMyHealth, ({ params }, { platform, account }) => readHealth(platform, account, { ...params, openTo })),
    route(getHealth, ({ params }, { platform, account }) => readHealth(platform, account, { ...params, openTo })),
    route(relearnHealth, async ({ params }, { platform, account }) => {
      await relearnByStaff(platform, params.deviceId)
      return readHealth(platform, account, { ...params, openTo })
    }),
  ],
  on: {
    'alarm.judged': [{ name: 'diagnosis.learn-verdict', handle: learnVerdict }],
    'device.component-replaced': [{ name: 'diagnosis.relearn-replaced', handle: relearnReplaced }],
  },
  jobs: { 'diagnosis.assess': { outside: true, retries: 2, handle: (_, { platform }) => assessInPassing(platform) } },
  schedules: { 'diagnosis.assess': '* * * * *' },
  topics: { 'device-health': { staff: 'device.read' } },
  personal,
})

export { type Doubt, doubtsOf } from './doubts.ts'
export {
  componentHealthOf,
  type DeviceHealth,
  findingFacts,
  findingsOf,
  type HealthPoint,
  healthHistory,
  healthOf,
  type KnownFinding,
} from './health.ts'
export { healthCourse } from './health-course.ts'
export { isOfSensor } from './keep-assessment.ts'
export { readHealth } from './read-health.ts'
export { type WatchedTime, watchedTimes } from './watched-times.ts'
