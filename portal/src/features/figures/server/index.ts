import { signedIn } from '#features/accounts/server'
import { type Platform, route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { readBefore, saveBefore } from './before.ts'
import { exportFigures } from './export-figures.ts'
import { followAccepted, followSent, followSubmitted } from './follow-amounts.ts'
import { countSaved, followAnswered, followMoved, followOpened } from './follow-lead.ts'
import { knownProducts, productOf } from './known-products.ts'
import { personal } from './personal.ts'
import { readFigures } from './read-figures.ts'
import { takeFact } from './take-fact.ts'
import { writeTally } from './tally.ts'
import { mailFigures, mailFiguresTo, setMail, wantsMail } from './weekly-mail.ts'

export { removeSampleFigures, seedSampleFigures } from './sample.ts'
export { mayCount } from './take-fact.ts'

/** Whether the portal pays: what visitors do, and what becomes of it. */
export const figures: ServerFeature = {
  name: 'figures',
  routes: [
    route(api.tellFact, async ({ body }, context) => {
      takeFact(context, body)
      return undefined
    }),
    route(api.getFigures, ({ query }, { platform, may }) => readFigures(platform, { ...query, seesAmounts: may('offer.read') })),
    route(api.exportFigures, ({ query }, { platform, language, may }) =>
      exportFigures(platform, language, { ...query, seesAmounts: may('offer.read') }),
    ),
    route(api.getBefore, ({ query }, { platform }) => before(platform, query.product)),
    route(api.saveBefore, async ({ query, body, ifMatch }, context) => {
      const { platform } = context
      const product = productOf(await knownProducts(platform.database), query.product)
      await saveBefore(platform, signedIn(context), { product, before: body, revision: ifMatch })
      return before(platform, query.product)
    }),
    route(api.getMail, async (_, context) => ({ weekly: await wantsMail(context.platform, signedIn(context)) })),
    route(api.saveMail, async ({ body }, context) => {
      await setMail(context.platform, signedIn(context), context.language, body.weekly)
      return body
    }),
    route(api.sendMailNow, async (_, context) => {
      await mailFiguresTo(context.platform, signedIn(context), context.language, context.may('offer.read'))
      return undefined
    }),
  ],
  on: {
    'configuration.saved': [countSaved],
    'inquiry.submitted': [followSubmitted],
    'offer.sent': [followSent],
    'offer.accepted': [followAccepted],
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

async function before({ database }: Platform, slug: string | undefined) {
  const { before, revision } = await readBefore(database, productOf(await knownProducts(database), slug))
  return { value: before, etag: String(revision) }
}
