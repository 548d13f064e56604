import { signedIn } from '#features/accounts/server'
import { readManufacturer } from '#features/manufacturer/server'
import { route } from '#platform/server'
import * as api from '../core/index.ts'
import { createPage, discardDraft, removePage, restoreVersion, saveDraft } from './edit-page.ts'
import { menusToEdit, saveMenus, showMenus } from './menus.ts'
import { addPicture } from './pictures.ts'
import { publishPage, unpublishPage } from './publish-page.ts'
import { listPages, readPage } from './read-pages.ts'
import { asShown, findShown, listArticles, showPage } from './show-page.ts'

export const contentRoutes = [
  route(api.showPage, ({ params }, { platform }) => showPage(platform.database, params.kind, params.slug)),
  route(api.showHome, async (_, { platform }) => ({ page: await findShown(platform.database, 'home', '') })),
  route(api.listArticles, ({ params, query }, { platform }) => listArticles(platform.database, params.kind, query)),
  route(api.showMenus, (_, { platform }) => showMenus(platform)),
  route(api.listPages, async ({ query }, { platform: { database } }) => ({
    items: await listPages(database, query),
    timeZone: (await readManufacturer(database)).timeZone,
  })),
  route(api.createPage, async ({ body }, context) => ({
    pageId: await createPage(context.platform, signedIn(context), body),
  })),
  route(api.getPage, ({ params }, { platform }) => readPage(platform.database, params.pageId)),
  route(api.saveDraft, async ({ params, body, ifMatch }, context) => {
    await saveDraft(context.platform, signedIn(context), { ...params, ...body, revision: ifMatch })
    return readPage(context.platform.database, params.pageId)
  }),
  route(api.discardDraft, async ({ params, ifMatch }, context) => {
    await discardDraft(context.platform, signedIn(context), { ...params, revision: ifMatch })
    return readPage(context.platform.database, params.pageId)
  }),
  route(api.restoreVersion, async ({ params, ifMatch }, context) => {
    await restoreVersion(context.platform, signedIn(context), { ...params, revision: ifMatch })
    return readPage(context.platform.database, params.pageId)
  }),
  route(api.publishPage, async ({ params, body, ifMatch }, context) => {
    const at = (time: string | null) => (time ? new Date(time) : null)
    const times = { from: at(body.from), until: at(body.until) }
    await publishPage(context.platform, signedIn(context), { ...params, ...times, revision: ifMatch })
    return readPage(context.platform.database, params.pageId)
  }),
  route(api.unpublishPage, async ({ params, ifMatch }, context) => {
    await unpublishPage(context.platform, signedIn(context), { ...params, revision: ifMatch })
    return readPage(context.platform.database, params.pageId)
  }),
  route(api.removePage, async ({ params, ifMatch }, { platform }) => {
    await removePage(platform, { ...params, revision: ifMatch })
    return undefined
  }),
  route(api.previewPage, async ({ params }, { platform: { database } }) => {
    const { value } = await readPage(database, params.pageId)
    return asShown(database, value.kind, value.document, { firstShownAt: null, changedAt: new Date(value.changedAt) })
  }),
  route(api.uploadPicture, ({ body }, { platform }) => addPicture(platform, body)),
  route(api.getMenus, (_, { platform }) => menusToEdit(platform.database)),
  route(api.saveMenus, async ({ body, ifMatch }, context) => {
    await saveMenus(context.platform, signedIn(context), { ...body, revision: ifMatch })
    return menusToEdit(context.platform.database)
  }),
]
