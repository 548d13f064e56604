import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { readFleet, readStanding } from './read-fleet.ts'
import type { StateSources } from './sources.ts'

export { readFleet, readStanding } from './read-fleet.ts'
export type { DeviceHealth, OpenAlarm, StateSources } from './sources.ts'

/** How machines stand, by what other features know of them. */
export const fleet = (sources: StateSources): ServerFeature => ({
  name: 'fleet',
  routes: [
    route(api.getMyFleet, ({ query }, { platform, account }) => readFleet(platform, account, sources, query)),
    route(api.getFleet, ({ query }, { platform, account }) => readFleet(platform, account, sources, query)),
    route(api.getMyStanding, ({ params }, { platform, account }) => readStanding(platform, account, sources, params.deviceId)),
    route(api.getStanding, ({ params }, { platform, account }) => readStanding(platform, account, sources, params.deviceId)),
  ],
})
