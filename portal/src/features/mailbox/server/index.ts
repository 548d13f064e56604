import { route, type ServerFeature } from '#platform/server'
import { getMail, listMail } from '../core/index.ts'
import { mountAttachments } from './attachment-route.ts'
import { getCaughtMail, listCaughtMail } from './read-mail.ts'

/** Mail that the demo caught, readable in the console. */
export const mailbox: ServerFeature = {
  name: 'mailbox',
  routes: [
    route(listMail, ({ query }, { platform }) => listCaughtMail(platform, query)),
    route(getMail, ({ params }, { platform }) => getCaughtMail(platform, params.mailId)),
  ],
  mount: mountAttachments,
}
