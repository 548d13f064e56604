import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { type FileAnswer, type FileFacts, type FileKind, fileKinds } from '#platform/core'
import type { Database } from './database.ts'
import { notFound } from './errors.ts'
import type { Piece } from './files.ts'
import { platformFailure } from './http-failures.ts'
import { askedPiece } from './http-ranges.ts'
import type { Platform } from './platform.ts'

export type FileState = 'arriving' | 'received' | 'clean' | 'unscanned' | 'refused' | 'leaving'

/** From each state the ones a file may come to. Refused and leaving files have no bytes any more, or soon none. */
export const fileTransitions: Record<FileState, readonly FileState[]> = {
  arriving: ['received', 'clean', 'unscanned', 'leaving'],
  received: ['clean', 'unscanned', 'refused', 'leaving'],
  unscanned: ['clean', 'refused', 'leaving'],
  clean: ['leaving'],
  refused: ['leaving'],
  leaving: [],
}

export interface FileTables {
  stored_file: {
    id: string
    purpose: string
    /** sealed */
    name: string
    kind: FileKind
    bytes: number
    sha256: string
    preview: boolean
    state: FileState
    finding: string | null
    token_hash: string | null
    /** keyed hash of who sent it, while it is not attached */
    uploader: string | null
    created_at: Date
    attached_at: Date | null
  }
}

export type FileRow = Selectable<FileTables['stored_file']>

/** A file as features see it. */
export interface StoredFile extends FileFacts {
  id: string
  /** hexadecimal */
  sha256: string
}

export const nameContext = 'stored_file.name'
export const previewKey = (id: string) => `${id}.preview`
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex')
export const noSuchFile = () => notFound({ 'zh-CN': '文件', en: 'file' })

/** Moves a file to another state along the table; false where it is in none that allows it. */
export async function moveFile(
  database: Database,
  id: string,
  to: FileState,
  more: Partial<Pick<FileRow, 'finding'>> = {},
): Promise<boolean> {
  const from = (Object.keys(fileTransitions) as FileState[]).filter(state => fileTransitions[state].includes(to))
  const { numUpdatedRows } = await database
    .db<FileTables>()
    .updateTable('stored_file')
    .set({ state: to, ...more })
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The files of these ids that are there, by id. */
export async function findFiles(platform: Platform, ids: readonly string[]): Promise<Map<string, StoredFile>> {
  if (ids.length === 0) return new Map()
  const rows = await platform.database
    .db<FileTables>()
    .selectFrom('stored_file')
    .selectAll()
    .where('id', 'in', ids)
    .where('state', 'not in', ['arriving', 'leaving'])
    .execute()
  const files = await Promise.all(rows.map(row => toStoredFile(platform, row)))
  return new Map(files.map(file => [file.id, file]))
}

export async function toStoredFile({ vault }: Platform, row: FileRow): Promise<StoredFile> {
  const { id, kind, bytes, state, preview, sha256 } = row
  return { id, sha256, kind, bytes, state: state as FileFacts['state'], preview, name: await vault.open(row.name, nameContext) }
}

/**
 * The file itself, or its small picture, for whoever the caller let through. Throws file-waiting while the virus scanner has not seen
 * it, 404 where it was refused.
 */
export async function openFile(platform: Platform, id: string, part: 'whole' | 'preview' = 'whole'): Promise<FileAnswer> {
  const file = await findReadable(platform, id)
  if (part === 'preview' && !file.preview) throw noSuchFile()
  const content = await demandContent(platform, part === 'preview' ? previewKey(id) : id)
  if (part === 'preview') return { name: `${file.name}.webp`, mediaType: 'image/webp', bytes: null, content, inline: true }
  return { name: file.name, mediaType: fileKinds[file.kind].mediaType, bytes: file.bytes, content }
}

/**
 * The file, or the piece of it that the headers Range and If-Range ask for. Throws as `openFile` does, and range-not-satisfiable where the
 * piece lies behind its end.
 */
export async function openPieces(
  platform: Platform,
  id: string,
  headers: { get(name: string): string | null },
): Promise<FileAnswer> {
  const file = await findReadable(platform, id)
  const { name, kind, bytes, sha256 } = file
  const tag = sha256.slice(0, 32)
  const piece = askedPiece(headers, { bytes, tag })
  const content = await demandContent(platform, id, piece ?? undefined)
  const { first, last } = piece ?? { first: 0, last: bytes - 1 }
  return { name, mediaType: fileKinds[kind].mediaType, bytes: last - first + 1, content, pieces: { tag, from: first, of: bytes } }
}

async function findReadable(platform: Platform, id: string): Promise<StoredFile> {
  const file = (await findFiles(platform, [id])).get(id)
  if (!file || file.state === 'refused') throw noSuchFile()
  if (file.state === 'received') throw platformFailure('file-waiting')
  return file
}

async function demandContent(platform: Platform, key: string, piece?: Piece) {
  const content = await readStore(platform, key, piece)
  if (content) return content
  platform.log.error({ key }, 'the file store does not have a file that the database knows')
  throw noSuchFile()
}

async function readStore({ files, log }: Platform, key: string, piece?: Piece) {
  try {
    return await files.get(key, piece)
  } catch (error) {
    log.error({ error }, 'the file store could not be read')
    throw platformFailure('store-away')
  }
}
