import { route, type ServerFeature } from '#platform/server'
import { getMail, listMail } from '../core/index.ts'
import { mountAttachments } from './attachment-route.ts'
import { getCaught, listCaught } from './read-caught.ts'

/** Mail and text messages that the demo caught, readable in the console. */
export const mailbox: ServerFeature = {
  name: 'mailbox',
  routes: [
    route(listMail, ({ query }, { platform, language }) => listCaught(platform, query, language)),
    route(getMail, ({ params }, { platform, language }) => getCaught(platform, params.mailId, language)),
  ],
  mount: mountAttachments,
}
