import { type OpenTo, openToAll } from '#features/devices/server'
import { route, type ServerFeature } from '#platform/server'
import { getMyOutcomes, getOutcomes } from '../core/index.ts'
import { readOutcomes } from './read-outcomes.ts'

/** What was warned of, and what came of it. openTo: at which machines a reader is told what is found */
export const outcomes = (openTo: OpenTo = openToAll): ServerFeature => ({
  name: 'outcomes',
  routes: [
    route(getMyOutcomes, (_, { platform, account }) => readOutcomes(platform, { account, openTo })),
    route(getOutcomes, ({ query }, { platform, account }) => readOutcomes(platform, { account, openTo, ...query })),
  ],
})

export { outcomeIn } from './read-outcomes.ts'
