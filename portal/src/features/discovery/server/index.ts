import { route, type ServerFeature } from '#platform/server'
import * as api from '../core/index.ts'
import { changeSettings } from './change-settings.ts'
import { personal } from './personal.ts'
import { push } from './push.ts'
import { pushAll } from './pushes.ts'
import { readDiscovery, readHead, readWechat } from './read-discovery.ts'
import { addRootFile, removeRootFile } from './root-files.ts'
import { mountRoot } from './root-routes.ts'
import { signForWechat } from './sign-for-wechat.ts'
import { fetchNow } from './wechat-ticket.ts'

export { pagesChanged } from './pages-changed.ts'

/** How the portal is found by search engines, and how its links look where they are shared. */
export const discovery: ServerFeature = {
  name: 'discovery',
  routes: [
    route(api.getDiscovery, (_, { platform }) => readDiscovery(platform)),
    route(api.saveDiscovery, async ({ body, ifMatch }, { platform }) => {
      await changeSettings(platform, { ...body, revision: ifMatch })
      return readDiscovery(platform)
    }),
    route(api.addRootFile, async ({ body }, { platform }) => {
      await addRootFile(platform, body)
      return undefined
    }),
    route(api.removeRootFile, async ({ params }, { platform }) => {
      await removeRootFile(platform, params.name)
      return undefined
    }),
    route(api.pushAllPages, (_, { platform }) => pushAll(platform)),
    route(api.tryWechat, async (_, { platform }) => {
      await fetchNow(platform)
      return readWechat(platform)
    }),
    route(api.getDiscoveryHead, (_, { platform }) => readHead(platform)),
    route(api.signForWechat, async ({ query }, { platform, origin }) => ({
      signature: await signForWechat(platform, query.url, [origin, platform.config.publicUrl]),
    })),
  ],
  problems: {
    'too-many-root-files': {
      status: 409,
      title: { 'zh-CN': '验证文件过多', en: 'Too many verification files' },
      explanation: {
        'zh-CN': '根目录的验证文件数量有限。请先删除不再需要的文件。',
        en: 'There is a limit to the files at the root. Remove one that is no longer needed.',
      },
    },
    'nobody-to-tell': {
      status: 409,
      title: { 'zh-CN': '没有可推送的渠道', en: 'Nobody to tell' },
      explanation: {
        'zh-CN': '没有开启任何推送，或门户对搜索引擎隐藏。',
        en: 'No channel is on, or the portal is hidden from search engines.',
      },
    },
  },
  jobs: { 'discovery.push': push },
  mount: mountRoot,
  personal,
}
