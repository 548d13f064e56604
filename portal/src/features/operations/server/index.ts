import { keepFailedJobs, route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { listDeadLetters } from './read-dead-letters.ts'
import { readHealth } from './read-health.ts'
import { replayLetters } from './replay.ts'
import { setAside, takeBack } from './set-aside.ts'
import { readAttackMode, switchAttackMode, switches } from './switch-attack-mode.ts'

/** How the portal runs, and what was given up on the way. */
export const operations: ServerFeature = {
  name: 'operations',
  routes: [
    route(api.readHealth, (_, { platform, language }) => readHealth(platform, language)),
    route(api.readAttackMode, (_, { platform }) => readAttackMode(platform)),
    route(
      api.switchAttackMode,
      ({ body }, { platform, account, confirmed }) => switchAttackMode(platform, body.mode, account!.id, confirmed!.reason),
      async ({ body }) => ({ what: switches[body.mode], target: 'attack-mode' }),
    ),
    route(api.listDeadLetters, ({ query }, { platform }) => listDeadLetters(platform, query)),
    route(api.replayDeadLetters, ({ body }, { platform }) => replayLetters(platform, body)),
    route(api.setLettersAside, async ({ body }, { platform, account }) => ({
      changed: await setAside(platform, body.letters, body.reason, account!.id),
    })),
    route(api.takeLettersBack, async ({ body }, { platform }) => ({ changed: await takeBack(platform, body.letters) })),
  ],
  jobs: { 'operations.keep-failed-jobs': { handle: (_, { platform }) => keepFailedJobs(platform.database) } },
  schedules: { 'operations.keep-failed-jobs': '10 * * * *' },
}

export { advisoryFile, makeAdvisories } from './advisories.ts'
