import { z } from 'zod'
import { endpoint, fileBody } from '#platform/core'
import { pageKinds } from './address.ts'
import { pictureFacts, shownPage } from './api.ts'
import { pageDocument } from './document.ts'
import { menus } from './menu.ts'

const access = { staff: 'content.manage' } as const
const params = z.object({ pageId: z.uuid() })
const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() })
const problems = ['page-address-taken', 'page-incomplete']

const standing = z.object({
  id: z.string(),
  kind: z.enum(pageKinds),
  title: localizedText,
  slug: z.string(),
  /** where it is shown, without language; null: it is not */
  shownPath: z.string().nullable(),
  /** the draft says something else than what is shown */
  changed: z.boolean(),
  /** ISO 8601, UTC */
  publishAt: z.string().nullable(),
  unpublishAt: z.string().nullable(),
  changedAt: z.string(),
})
export type PageStanding = z.output<typeof standing>

const version = z.object({
  id: z.string(),
  number: z.number().int(),
  title: localizedText,
  madeAt: z.string(),
  madeBy: z.string(),
  shownAt: z.string().nullable(),
  standing: z.enum(['shown', 'waiting', 'past']),
})

const detail = standing.extend({
  document: pageDocument,
  pictures: z.record(z.string(), pictureFacts),
  /** newest first */
  versions: z.array(version),
  /** IANA: of the manufacturer, in which the times below are meant */
  timeZone: z.string(),
})
export type PageDetail = z.output<typeof detail>

export const listPages = endpoint({
  id: 'content.listPages',
  method: 'GET',
  path: '/content/pages',
  summary: 'Pages of the manufacturer with what becomes of them, those changed last first',
  access,
  query: z.object({ kind: z.enum(pageKinds).optional(), search: z.string().trim().max(100).optional() }),
  result: z.object({ items: z.array(standing), timeZone: z.string() }),
})

export const createPage = endpoint({
  id: 'content.createPage',
  method: 'POST',
  path: '/content/pages',
  summary: 'Begin a page. Nobody sees it until it is published',
  access,
  audit: 'page.created',
  status: 201,
  body: z.strictObject({
    kind: z.enum(pageKinds),
    title: z.strictObject({ 'zh-CN': z.string().trim().max(120), en: z.string().trim().max(120) }),
    slug: z.string().trim().max(60),
    /** a page whose content it begins with */
    like: z.uuid().optional(),
  }),
  result: z.object({ pageId: z.string() }),
  problems: [...problems, 'too-many-pages'],
})

export const getPage = endpoint({
  id: 'content.getPage',
  method: 'GET',
  path: '/content/pages/{pageId}',
  summary: 'A page to be edited, with its history',
  access,
  params,
  concurrency: 'etag',
  result: detail,
})

const edit = { access, params, concurrency: 'if-match' } as const

export const saveDraft = endpoint({
  ...edit,
  id: 'content.saveDraft',
  method: 'PUT',
  path: '/content/pages/{pageId}/draft',
  summary: 'Keep what is being written. What visitors see stays as it is',
  audit: 'page.changed',
  body: z.strictObject({ document: pageDocument }),
  bodyLimit: 2_000_000,
  result: detail,
  problems,
})

export const discardDraft = endpoint({
  ...edit,
  id: 'content.discardDraft',
  method: 'POST',
  path: '/content/pages/{pageId}/discard',
  summary: 'Go back to what is shown, or to the last version there was',
  audit: 'page.changed',
  result: detail,
  problems,
})

export const restoreVersion = endpoint({
  ...edit,
  id: 'content.restoreVersion',
  method: 'POST',
  path: '/content/pages/{pageId}/versions/{versionId}/restore',
  summary: 'Let the draft say what a version said. It is shown once it is published',
  params: z.object({ pageId: z.uuid(), versionId: z.uuid() }),
  audit: 'page.changed',
  result: detail,
  problems,
})

export const publishPage = endpoint({
  ...edit,
  id: 'content.publishPage',
  method: 'POST',
  path: '/content/pages/{pageId}/publish',
  summary: 'Show the page as it is written, at once or from a time on. The version is fixed now: later changes are not in it',
  audit: 'page.published',
  body: z.strictObject({
    /** ISO 8601, UTC; null: now */
    from: z.iso.datetime().nullable().default(null),
    /** when it is shown no more; null: it stays */
    until: z.iso.datetime().nullable().default(null),
  }),
  result: detail,
  problems,
})

export const unpublishPage = endpoint({
  ...edit,
  id: 'content.unpublishPage',
  method: 'POST',
  path: '/content/pages/{pageId}/unpublish',
  summary: 'Show the page no more, and forget what it was waiting for. The draft stays',
  audit: 'page.unpublished',
  result: detail,
})

export const removePage = endpoint({
  ...edit,
  id: 'content.removePage',
  method: 'DELETE',
  path: '/content/pages/{pageId}',
  summary: 'Remove a page that is not shown, with its history',
  audit: 'page.removed',
  problems: ['page-shown'],
})

export const previewPage = endpoint({
  id: 'content.previewPage',
  method: 'GET',
  path: '/content/pages/{pageId}/preview',
  summary: 'The draft as visitors would see it',
  access,
  params,
  result: shownPage,
})

/** Bytes of a picture that may be uploaded. */
export const mostPictureBytes = 15_000_000

export const uploadPicture = endpoint({
  id: 'content.uploadPicture',
  method: 'POST',
  path: '/content/pictures',
  summary: 'Upload a picture for pages: PNG, JPEG or WebP. It is written anew, in the widths that pages show',
  access,
  transfers: 'upload',
  body: fileBody,
  bodyLimit: mostPictureBytes,
  limit: 'upload',
  audit: 'page.picture-added',
  result: pictureFacts.extend({ id: z.string() }),
  problems: ['file-refused', 'too-many-pictures'],
})

const editedMenus = z.object({
  menus,
  /** nobody has changed them yet: they are those the portal has by itself */
  usual: z.boolean(),
  pages: z.array(z.object({ id: z.string(), title: localizedText, shown: z.boolean() })),
  products: z.array(z.object({ slug: z.string(), name: localizedText })),
})
export type EditedMenus = z.output<typeof editedMenus>

export const getMenus = endpoint({
  id: 'content.getMenus',
  method: 'GET',
  path: '/content/menus/edit',
  summary: 'Header and footer to be edited, and where an entry may lead',
  access,
  concurrency: 'etag',
  result: editedMenus,
})

export const saveMenus = endpoint({
  id: 'content.saveMenus',
  method: 'PUT',
  path: '/content/menus',
  summary: 'Say what stands in header and footer; null: what the portal has by itself',
  access,
  concurrency: 'if-match',
  audit: 'menus.changed',
  body: z.strictObject({ menus: menus.nullable() }),
  result: editedMenus,
})
