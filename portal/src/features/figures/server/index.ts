import { signedIn } from '#features/accounts/server'
import { type Platform, route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { readBefore, saveBefore } from './before.ts'
import { exportFigures } from './export-figures.ts'
import { countSaved, followAnswered, followMoved, followOpened } from './follow-lead.ts'
import { personal } from './personal.ts'
import { readFigures } from './read-figures.ts'
import { takeFact } from './take-fact.ts'
import { writeTally } from './tally.ts'
import { mailFigures, mailFiguresTo, setMail, wantsMail } from './weekly-mail.ts'

export { removeSampleFigures, seedSampleFigures } from './sample.ts'

/** Whether the portal pays: what visitors do, and what becomes of it. */
export const figures: ServerFeature = {
  name: 'figures',
  routes: [
    route(api.tellFact, async ({ body }, context) => {
      takeFact(context, body)
      return undefined
    }),
    route(api.getFigures, ({ query }, { platform }) => readFigures(platform, query)),
    route(api.exportFigures, ({ query }, { platform, language }) => exportFigures(platform, language, query)),
    route(api.getBefore, (_, { platform }) => before(platform)),
    route(api.saveBefore, async ({ body, ifMatch }, context) => {
      await saveBefore(context.platform, signedIn(context), { before: body, revision: ifMatch })
      return before(context.platform)
    }),
    route(api.getMail, async (_, context) => ({ weekly: await wantsMail(context.platform, signedIn(context)) })),
    route(api.saveMail, async ({ body }, context) => {
      await setMail(context.platform, signedIn(context), context.language, body.weekly)
      return body
    }),
    route(api.sendMailNow, async (_, context) => {
      await mailFiguresTo(context.platform, signedIn(context), context.language)
      return undefined
    }),
  ],
  on: {
    'configuration.saved': [countSaved],
    'lead.opened': [followOpened],
    'lead.status-changed': [followMoved],
    'lead.answered': [followAnswered],
  },
  jobs: { 'figures.weekly-mail': { handle: (_, { platform }) => mailFigures(platform) } },
  schedules: { 'figures.weekly-mail': '5 * * * *' },
  topics: { 'figure-exports': { staff: 'figures.read' } },
  personal,
  stop: writeTally,
}

async function before({ database }: Platform) {
  const { before, revision } = await readBefore(database)
  return { value: before, etag: String(revision) }
}
