import type { IncomingFile } from '#platform/core'
import type { Platform } from '#platform/server'
import { menus as menusSchema, type PageDocument, type PageKind, pageDocument } from '../core/index.ts'
import { createPage } from './edit-page.ts'
import { writeMenus } from './menus.ts'
import { addPicture } from './pictures.ts'
import { publishPage } from './publish-page.ts'
import type { ContentTables } from './tables.ts'

/** Pages as a file holds them: pictures by name instead of id, menu entries with the address of a page instead of its id. */
export interface ContentFile {
  pages: { kind: PageKind; document: unknown }[]
  /** `page` of a target: 'about', 'news/new-works' */
  menus: unknown
}

/** Publishes pages and menus where there are none yet. pictures: PNG by name */
export async function seedContent(platform: Platform, file: ContentFile, pictures: Record<string, Uint8Array>): Promise<void> {
  const db = platform.database.db<ContentTables>()
  if (await db.selectFrom('content_page').select('id').limit(1).executeTakeFirst()) return
  const ids: Record<string, string> = {}
  for (const [name, png] of Object.entries(pictures)) ids[`picture:${name}`] = (await addPicture(platform, fileOf(name, png))).id
  // all of it or nothing: a start that was broken off begins again
  await platform.database.transaction(async () => {
    for (const { kind, document: written } of file.pages) {
      const document = pageDocument.parse(replaced(written, ids))
      const pageId = await createPage(platform, null, { kind, title: document.title, slug: document.slug })
      await writeDocument(platform, pageId, document)
      await publishPage(platform, null, { pageId, revision: '1', from: null, until: null })
      ids[`page:${kind === 'page' ? '' : `${kind}/`}${document.slug}`] = pageId
    }
    await writeMenus(platform, menusSchema.parse(replaced(file.menus, ids)))
  })
}

async function writeDocument({ database }: Platform, pageId: string, document: PageDocument): Promise<void> {
  await database
    .db<ContentTables>()
    .updateTable('content_page')
    .set({ draft: JSON.stringify(document) })
    .where('id', '=', pageId)
    .execute()
}

/** 'picture:works' and 'page:about' become ids. */
function replaced(value: unknown, ids: Record<string, string>): unknown {
  if (typeof value === 'string') return ids[value] ?? value
  if (Array.isArray(value)) return value.map(one => replaced(one, ids))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, replaced(part, ids)]))
}

const fileOf = (name: string, png: Uint8Array): IncomingFile => ({
  name: `${name}.png`,
  content: (async function* () {
    yield png
  })(),
})
