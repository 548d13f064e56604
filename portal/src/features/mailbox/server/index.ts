import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { mountAttachments } from './attachment-route.ts'
import { configuration } from './configuration.ts'
import {
  changeMailServer,
  describeChange,
  describeRemoval,
  forgetMailServer,
  sendTestMail,
  showMailServer,
} from './mail-server.ts'
import { getCaught, listCaught } from './read-caught.ts'

/** Mail and text messages that stayed here, and the server by which mail leaves. */
export const mailbox: ServerFeature = {
  name: 'mailbox',
  routes: [
    route(api.listMail, ({ query }, { platform, language }) => listCaught(platform, query, language)),
    route(api.getMail, ({ params }, { platform, language }) => getCaught(platform, params.mailId, language)),
    route(api.getMailServer, (_, { platform }) => showMailServer(platform)),
    route(
      api.saveMailServer,
      async ({ body, ifMatch }, { platform }) => {
        await changeMailServer(platform, { typed: body, revision: ifMatch })
        return showMailServer(platform)
      },
      ({ body }, { platform }) => describeChange(platform, body),
    ),
    route(
      api.removeMailServer,
      async (_, { platform }) => {
        await forgetMailServer(platform)
        return undefined
      },
      describeRemoval,
    ),
    route(api.tryMailServer, ({ body }, { platform, language }) => sendTestMail(platform, language, body)),
  ],
  mount: mountAttachments,
  configuration,
  problems: {
    'mail-server-fixed': {
      status: 409,
      title: { 'zh-CN': '邮件服务器由环境变量指定', en: 'The environment names the mail server' },
      explanation: {
        'zh-CN': '设置了 SMTP_URL 时，以它为准，控制台中不能更改。',
        en: 'Where SMTP_URL is set it counts, and the console cannot change the server.',
      },
    },
  },
}
