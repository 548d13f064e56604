import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { deliverJob, type StillWaiting } from './deliver.ts'
import { countUnread, listNotices, readNotices } from './list-notices.ts'
import { personal } from './personal.ts'
import { changeMySettings, readMySettings } from './settings.ts'

export type { StillWaiting } from './deliver.ts'
export { tell } from './tell.ts'
export { peopleWhoSee } from './who-is-told.ts'

/** What people are told, and how. waiting: who says whether a thing still waits for somebody when a mail about it is due */
export const notices = (waiting: StillWaiting): ServerFeature => ({
  name: 'notices',
  routes: [
    route(api.listMyNotices, ({ query }, context) => listNotices(context, query)),
    route(api.countMyNotices, async (_, context) => ({ unread: await countUnread(context) })),
    route(api.readMyNotices, async ({ body }, context) => {
      await readNotices(context, body.ids ?? null)
      return { unread: await countUnread(context) }
    }),
    route(api.getMyNoticeSettings, (_, context) => readMySettings(context)),
    route(api.changeMyNoticeSettings, async ({ body, ifMatch }, context) => {
      await changeMySettings(context, body, ifMatch)
      return readMySettings(context)
    }),
  ],
  jobs: { 'notices.deliver': deliverJob(waiting) },
  personal,
})
