import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { configuration } from './configuration.ts'
import { followRedirects } from './follow.ts'
import { personal } from './personal.ts'
import { checkRedirects, importRedirects, listRedirects, removeRedirect } from './redirects.ts'

export { pageMoved } from './page-moved.ts'

/** Addresses of the site before lead to what stands there now. */
export const redirects: ServerFeature = {
  name: 'redirects',
  routes: [
    route(api.listRedirects, ({ query }, { platform }) => listRedirects(platform, query)),
    route(api.checkRedirects, async ({ body }, { platform }) => (await checkRedirects(platform, body.text)).outcome),
    route(api.importRedirects, ({ body }, { platform }) => importRedirects(platform, body.text)),
    route(api.removeRedirect, async ({ params }, { platform }) => {
      await removeRedirect(platform, params.redirectId)
      return undefined
    }),
  ],
  problems: {
    'redirects-invalid': {
      status: 422,
      title: { 'zh-CN': '跳转列表有误', en: 'The list has errors' },
      explanation: {
        'zh-CN': 'errors 逐行列出问题：/text/12 是第 12 行。没有保存任何内容。',
        en: '`errors` names each wrong line: /text/12 is the 12th. Nothing was saved.',
      },
    },
    'too-many-redirects': {
      status: 409,
      title: { 'zh-CN': '跳转过多', en: 'Too many redirects' },
      explanation: {
        'zh-CN': '跳转数量有上限。请只保留仍有人访问的旧地址。',
        en: 'There is a limit. Keep the old addresses that somebody still comes by.',
      },
    },
  },
  mount: followRedirects,
  configuration,
  personal,
}
