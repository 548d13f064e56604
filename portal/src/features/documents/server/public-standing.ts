import { latest, type Platform, type PublicPage } from '#platform/server'
import { offered } from './offered-documents.ts'

/** Asked with every page: remembered until a document changes, and for a minute, since one may be offered from a day on. */
const rememberMs = 60_000
const known = new WeakMap<Platform['database'], { any: boolean; at: number }>()

/** Whether there is a document that everybody sees. */
export async function hasPublicDocuments(platform: Platform): Promise<boolean> {
  const now = platform.now().getTime()
  const remembered = known.get(platform.database)
  if (remembered && Math.abs(now - remembered.at) < rememberMs) return remembered.any
  const row = await (await offered(platform, { kind: 'stranger' })).limit(1).executeTakeFirst()
  known.set(platform.database, { any: row !== undefined, at: now })
  return row !== undefined
}

/** A document changed. */
export const forgetPublicDocuments = ({ database }: Platform): void => void known.delete(database)

/** What a sitemap can hold of them; the newest come first. */
const mostPages = 10_000

/** The downloads and each document that everybody may have. */
export async function publicDocumentPages(platform: Platform): Promise<PublicPage[]> {
  const rows = await (await offered(platform, { kind: 'stranger' }))
    .select('d.updated_at')
    .where('d.audience', '=', 'everybody')
    .orderBy('v.id', 'desc')
    .limit(mostPages)
    .execute()
  if (rows.length === 0) return []
  return [
    { path: '/downloads', changedAt: latest(rows.map(({ updated_at }) => updated_at)) },
    ...rows.map(({ id, updated_at }) => ({ path: `/downloads/${id}`, changedAt: updated_at })),
  ]
}
