import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { type FileFacts, type FileKind, type IncomingFile, isPictureKind, safeFileName } from '#platform/core'
import { boundedQueue } from './bounded-queue.ts'
import type { RequestContext } from './feature.ts'
import { type FileOnDisk, filesFolder } from './files.ts'
import { identifyFile } from './files-identify.ts'
import { rewritePicture } from './files-picture.ts'
import { fileRefused } from './files-refused.ts'
import { measureFile, spool, withSpool } from './files-spool.ts'
import { platformFailure } from './http-failures.ts'
import type { Platform } from './platform.ts'
import { networkOf } from './rate-limits.ts'
import { type FileState, type FileTables, hashToken, moveFile, nameContext, previewKey } from './stored-files.ts'

/** Who sends a file. */
type Sender = Pick<RequestContext, 'platform' | 'account' | 'address'>

export interface Receipt extends FileFacts {
  /** to attach the file to something, or to take it back */
  token: string
}

/** What a file is when its content has been looked at, and the bytes that will be kept. */
interface Checked {
  kind: FileKind
  whole: FileOnDisk
  preview: FileOnDisk | null
}

/** Bytes that may lie in the store without belonging to anything, of all and of one uploader: uploads that nobody sent off. */
const mostUnattached = 5_000_000_000
const mostOfOne = 300_000_000

/** Reading hostile files takes memory and time: two at once, and few that wait. */
export const fileQueue = boundedQueue({ atOnce: 2, waiting: 20 })

/**
 * Takes a file in: onto the disk as it arrives, then its content decides what it is, pictures are written anew, the virus scanner
 * looks at what will be kept, and only then it goes to the store. Whatever fails on the way leaves nothing behind.
 * Throws file-refused, body-too-large, rate-limited, store-away.
 */
export async function receiveFile(
  { platform, account, address }: Sender,
  incoming: IncomingFile,
  purpose: string,
): Promise<Receipt> {
  const uploader = platform.vault.digest(account?.id ?? networkOf(address), 'stored_file.uploader')
  await demandRoom(platform, uploader)
  return withSpool(filesFolder(platform.config), async folder => {
    const path = join(folder, 'given')
    await spool(incoming.content, path).catch(error => throwFull(platform, error))
    const checked = await fileQueue.run(() => check(path, incoming.name, folder))
    const state = await scanFile(platform, checked.whole)
    const name = safeFileName(incoming.name, checked.kind)
    const token = randomBytes(16).toString('base64url')
    await keep(platform, checked, { name, token, purpose, uploader, state })
    const { kind, whole, preview } = checked
    return { token, name, kind, bytes: whole.bytes, state, preview: preview !== null }
  })
}

async function demandRoom({ database }: Platform, uploader: string): Promise<void> {
  const { all, own } = await database
    .db<FileTables>()
    .selectFrom('stored_file')
    .select(eb => [
      eb.fn.sum<number | null>('bytes').as('all'),
      eb.fn.sum<number | null>('bytes').filterWhere('uploader', '=', uploader).as('own'),
    ])
    .where('attached_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(own) > mostOfOne) throw platformFailure('rate-limited', waitingTooMuch, { extensions: { retryAfter: 3600 } })
  if (Number(all) > mostUnattached) throw platformFailure('store-away')
}

const waitingTooMuch = {
  'zh-CN': '您上传的文件过多，尚未随询价发送。请先发送询价、移除文件，或稍后再试。',
  en: 'Too many files of yours wait for an inquiry. Send it, take files back, or try again later.',
}

async function check(path: string, name: string, folder: string): Promise<Checked> {
  const kind = await identifyFile(path, name)
  if (!isPictureKind(kind)) return { kind, whole: await measureFile(path), preview: null }
  const picture = await rewritePicture(path, kind, folder)
  return { kind, whole: await measureFile(picture.whole), preview: await measureFile(picture.preview) }
}

/** Throws file-refused for what the scanner finds; what it could not look at waits for it. */
export async function scanFile({ scanner, log }: Platform, { path }: FileOnDisk): Promise<'clean' | 'unscanned' | 'received'> {
  if (!scanner) return 'unscanned'
  const verdict = await scanner.scan(createReadStream(path)).catch(error => {
    log.warn({ error }, 'a file waits for the virus scanner')
    return null
  })
  if (!verdict) return 'received'
  if (verdict.clean) return 'clean'
  log.warn({ finding: verdict.found }, 'a file with a virus was refused')
  throw fileRefused('infected')
}

interface Entry {
  name: string
  token: string
  purpose: string
  uploader: string
  state: FileState
}

/** The row first, then the bytes: what a crash leaves between them is known and swept up. */
async function keep(platform: Platform, { kind, whole, preview }: Checked, entry: Entry): Promise<void> {
  const { database, files, vault, log } = platform
  const id = platform.newId()
  await database
    .db<FileTables>()
    .insertInto('stored_file')
    .values({
      id,
      purpose: entry.purpose,
      name: await vault.seal(entry.name, nameContext),
      kind,
      bytes: whole.bytes,
      sha256: whole.sha256,
      preview: preview !== null,
      state: 'arriving',
      finding: null,
      token_hash: hashToken(entry.token),
      uploader: entry.uploader,
      created_at: platform.now(),
      attached_at: null,
    })
    .execute()
  try {
    if (preview) await files.put(previewKey(id), preview)
    await files.put(id, whole)
  } catch (error) {
    log.error({ error }, 'a file could not be put into the store')
    await moveFile(database, id, 'leaving') // swept up once the store is back
    throw platformFailure('store-away')
  }
  await moveFile(database, id, entry.state)
}

function throwFull({ log }: Platform, error: NodeJS.ErrnoException): never {
  if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') throw error
  log.error({ error }, 'the disk that uploads pass through is full')
  throw platformFailure('store-away')
}
