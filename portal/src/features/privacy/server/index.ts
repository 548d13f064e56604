import { z } from 'zod'
import type { ServerFeature } from '#platform/server'
import { collectForRequest } from './collect.ts'
import { configuration } from './configuration.ts'
import { eraseAgain } from './erase-person.ts'
import { remind, retire } from './nightly.ts'
import { mountOptOut } from './opt-out.ts'
import { personal } from './personal.ts'
import { privacyProblems } from './problems.ts'
import { resealAll } from './reseal.ts'
import { privacyRoutes } from './routes.ts'

const request = z.object({ requestId: z.string() })

/** What people may ask about their own data, what they consented to, and how long it is kept. */
export const privacy: ServerFeature = {
  name: 'privacy',
  routes: privacyRoutes,
  problems: privacyProblems,
  mount: mountOptOut,
  publicPages: async () => [{ path: '/privacy', changedAt: null }],
  configuration,
  personal,
  jobs: {
    'privacy.collect': { handle: (data, { platform }) => collectForRequest(platform, request.parse(data).requestId) },
    'privacy.reseal': { handle: async (_, { platform }) => void (await resealAll(platform)), outside: true },
    'privacy.retire': { handle: (_, { platform }) => retire(platform), outside: true },
    'privacy.remind': { handle: (_, { platform }) => remind(platform) },
  },
  schedules: { 'privacy.retire': '50 3 * * *', 'privacy.reseal': '10 4 * * *', 'privacy.remind': '0 0 * * 1-5' },
  afterRestore: eraseAgain,
}

export { giveConsent } from './consents.ts'
export { keptText } from './declarations.ts'
export { resealProgress, rotateKeys } from './reseal.ts'
