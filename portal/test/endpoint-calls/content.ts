import { createPage, getMenus, getPage, publishPage, saveDraft } from '#features/content/core'
import type { World } from '../two-companies.ts'
import { type Call, none } from './call.ts'

export const contentCalls: Record<string, Call> = {
  'content.showPage': {
    call: async world => {
      const { slug } = await newPage(world, { published: true })
      return { params: { kind: 'page', slug } }
    },
  },
  'content.showHome': none,
  'content.listArticles': { call: () => ({ params: { kind: 'news' } }) },
  'content.showMenus': none,
  'content.listPages': none,
  'content.createPage': {
    call: () => ({ body: { kind: 'page', title: { 'zh-CN': '页面', en: 'Page' }, slug: freshSlug() } }),
  },
  'content.getPage': { call: async world => ({ params: { pageId: (await newPage(world)).pageId } }) },
  'content.previewPage': { call: async world => ({ params: { pageId: (await newPage(world)).pageId } }) },
  'content.saveDraft': {
    call: async world => {
      const { pageId, document, etag } = await newPage(world)
      return { params: { pageId }, body: { document: { ...document, day: '2026-05-01' } }, ifMatch: etag }
    },
  },
  'content.discardDraft': { call: world => pageSeen(world) },
  'content.restoreVersion': {
    call: async world => {
      const { pageId, versionId, etag } = await newPage(world, { published: true })
      return { params: { pageId, versionId: versionId! }, ifMatch: etag }
    },
  },
  'content.publishPage': { call: async world => ({ ...(await pageSeen(world)), body: {} }) },
  'content.unpublishPage': { call: world => pageSeen(world, { published: true }) },
  'content.removePage': { call: world => pageSeen(world) },
  // a file that is no picture gets as far as being looked at
  'content.uploadPicture': { call: () => ({ file: '%PDF-1.7' }), answers: 422 },
  'content.getMenus': none,
  'content.saveMenus': {
    async call(world) {
      const { etag } = await (await world.api('marketing')).callWithEtag(getMenus, {})
      return { body: { menus: null }, ifMatch: etag }
    },
  },
}

const freshSlug = () => `page-${crypto.randomUUID().slice(0, 8)}`

/** A page of the manufacturer with one block, and the revision it stands at. */
async function newPage({ api }: World, { published = false } = {}) {
  const marketing = await api('marketing')
  const slug = freshSlug()
  const title = { 'zh-CN': '页面', en: 'Page' }
  const { pageId } = await marketing.call(createPage, { body: { kind: 'page', title, slug } })
  const params = { pageId }
  const begun = await marketing.callWithEtag(getPage, { params })
  const heading = { 'zh-CN': '', en: '' }
  const blocks = [{ id: 'a', kind: 'text' as const, values: { heading, text: title } }]
  const document = { ...begun.value.document, blocks }
  const saved = await marketing.callWithEtag(saveDraft, { params, body: { document }, ifMatch: begun.etag })
  const seen = published ? await marketing.callWithEtag(publishPage, { params, body: {}, ifMatch: saved.etag }) : saved
  return { pageId, slug, document, etag: seen.etag, versionId: seen.value.versions[0]?.id }
}

async function pageSeen(world: World, wish: { published?: boolean } = {}) {
  const { pageId, etag } = await newPage(world, wish)
  return { params: { pageId }, ifMatch: etag }
}
