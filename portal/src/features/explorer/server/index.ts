import type { ServerFeature } from '#platform/server'
import { texts } from '../core/index.ts'

const path = '/explorer'

/** The page on which files of models are explored; all of it happens in the browser. */
export const explorer: ServerFeature = {
  name: 'explorer',
  publicPages: async () => [{ path, changedAt: null }],
  reference: [{ path, title: { 'zh-CN': texts['zh-CN'].page.title, en: texts.en.page.title } }],
}
