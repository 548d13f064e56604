import type { Platform } from '#platform/server'
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

/** Addresses of the documents that everybody may have, for the sitemap, without language. */
export async function publicDocumentPaths(platform: Platform): Promise<string[]> {
  const rows = await (await offered(platform, { kind: 'stranger' })).where('d.audience', '=', 'everybody').limit(1000).execute()
  return rows.length > 0 ? ['/downloads', ...rows.map(({ id }) => `/downloads/${id}`)] : []
}
