import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileStore } from '../files.ts'
import { diskStore } from '../files-disk.ts'
import { demandStopped, type EmbeddedPostgresOptions, startPostgres, unfinishedRestore } from '../postgres.ts'
import { StartFailure } from '../start-failure.ts'
import { restoreBase } from './base-restore.ts'
import { restoreBucket } from './bucket-files.ts'
import { filesFolder, mergeJournals } from './files.ts'
import { finishRestore, restoreLogical } from './logical-restore.ts'
import { type Backup, backupName } from './manifest.ts'
import { readPart } from './parts.ts'
import { extractTar } from './tar.ts'
import { restoreWarehouse } from './warehouse-backup.ts'
import { demandWholeParts } from './warehouse-parts.ts'

export interface RestoreOrder {
  backup: Backup
  /** null: to the end of the log */
  at: Date | null
  /** keep what is there aside, instead of refusing */
  replace: boolean
  /** of the backup; null: it is not encrypted */
  secret: string | null
  /** of the log's archive, as far as that is encrypted */
  logSecret: string | null
  dataDir: string
  /** the bucket for uploaded files; null: they lie in `dataDir` */
  bucket: FileStore | null
  /** whether the warehouse is the embedded one, in `dataDir`: only that takes the readings */
  embeddedWarehouse: boolean
  /** null: into the embedded server of the folder below */
  databaseUrl: string | null
  postgresFolder: string
  archive?: EmbeddedPostgresOptions['archive']
  /** survives a power cut; false is for throw-away databases in tests */
  durable?: boolean
  /** what must be done before a portal may start on the restored database: it gets the address */
  afterwards(url: string): Promise<void>
}

export interface Restored {
  /** when the last transaction was made; null where the log does not say */
  lastTransaction: string | null
  /** where what was there before lies now */
  aside: string[]
}

/** What stands in its place now, with where what was there before lies, until it is undone. */
export interface Exchanged {
  aside: string[]
  undo(): Promise<void>
}

/** Restores database, files, readings and journals. Throws StartFailure, with everything as it was before. */
export async function restore(order: RestoreOrder): Promise<Restored> {
  const { backup, dataDir, databaseUrl } = order
  if (order.at && backup.manifest.kind === 'logical')
    throw new StartFailure('A logical backup is of one moment: leave --at out, or restore a base backup.')
  if (databaseUrl !== null && backup.manifest.kind === 'base')
    throw new StartFailure('A base backup is of the embedded database: unset DATABASE_URL, or restore a logical backup.')
  if (order.bucket && backup.manifest.files.count > 0 && backup.manifest.pool === undefined)
    throw new StartFailure('The uploaded files of this backup lay in DATA_DIR: unset FILES_URL, and restore them there.')
  const hasReadings = order.embeddedWarehouse && backup.manifest.warehouse !== undefined
  if (hasReadings) await demandWholeParts(backup)
  if (databaseUrl === null) await demandPlace(order)
  await mergeJournals(join(dirname(backup.folder), 'journal'), join(dataDir, 'journal'))
  const files = await exchangeFiles(order)
  let warehouse: Exchanged | null = null
  try {
    if (hasReadings) warehouse = await restoreWarehouse(backup, dataDir, order.secret)
    const asideToo = [...files.aside, ...(warehouse?.aside ?? [])]
    const folder = join(dataDir, filesFolder)
    await restoreBucket(backup, order.bucket ?? diskStore(folder), order.secret, folder)
    if (databaseUrl === null) {
      const { lastTransaction, aside } = await intoFolder(order)
      return { lastTransaction, aside: [...aside, ...asideToo] }
    }
    await restoreLogical(backup, databaseUrl, order.secret, order.replace)
    await order.afterwards(databaseUrl)
    await finishRestore(databaseUrl)
    return { lastTransaction: null, aside: asideToo }
  } catch (error) {
    await warehouse?.undo()
    await files.undo()
    throw error
  }
}

async function demandPlace({ postgresFolder, replace }: RestoreOrder): Promise<void> {
  await demandStopped(postgresFolder)
  if (existsSync(join(postgresFolder, 'data')) && !replace)
    throw new StartFailure(
      `There is a database in ${postgresFolder} already: restore with --replace, which keeps it aside, or set DATA_DIR to another folder.`,
    )
}

/** Builds the database beside the one that is there, and exchanges them when all has been done. */
async function intoFolder(order: RestoreOrder): Promise<Restored> {
  const { backup, at, secret, postgresFolder, archive, durable = true } = order
  const place = join(postgresFolder, 'restoring')
  await rm(place, { recursive: true, force: true })
  try {
    const options = { durable, ...(archive ? { archive } : {}) }
    const { lastTransaction } =
      backup.manifest.kind === 'base'
        ? await restoreBase(backup, place, at ? { kind: 'time', at } : { kind: 'end' }, secret, {
            ...options,
            logSecret: order.logSecret,
          })
        : { lastTransaction: null }
    const server = await startPostgres(place, options)
    try {
      if (backup.manifest.kind === 'logical') await restoreLogical(backup, server.url, secret, false)
      await order.afterwards(server.url)
      if (backup.manifest.kind === 'logical') await finishRestore(server.url)
    } finally {
      await server.stop()
    }
    return { lastTransaction, aside: await exchange(place, postgresFolder) }
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

async function exchange(place: string, postgresFolder: string): Promise<string[]> {
  const mark = join(postgresFolder, unfinishedRestore)
  const aside = join(postgresFolder, `data.before-${backupName(new Date())}`)
  await writeFile(mark, '', { flush: true })
  const kept = existsSync(join(postgresFolder, 'data'))
  if (kept) await rename(join(postgresFolder, 'data'), aside)
  await rename(join(place, 'password'), join(postgresFolder, 'password'))
  await rename(join(place, 'data'), join(postgresFolder, 'data'))
  await rm(mark)
  return kept ? [aside] : []
}

async function exchangeFiles({ backup, dataDir, secret }: RestoreOrder): Promise<Exchanged> {
  const place = join(dataDir, filesFolder)
  const aside = join(dataDir, `${filesFolder}.before-${backupName(new Date())}`)
  const restoring = join(dataDir, `${filesFolder}.restoring`)
  await rm(restoring, { recursive: true, force: true })
  if (backup.manifest.parts.some(({ file }) => file === 'files.tar.zst'))
    await readPart(join(backup.folder, 'files.tar.zst'), secret, content => extractTar(content, restoring, async () => {}))
  const kept = existsSync(place)
  if (kept) await rename(place, aside)
  if (existsSync(join(restoring, filesFolder))) await rename(join(restoring, filesFolder), place)
  await rm(restoring, { recursive: true, force: true })
  return {
    aside: kept ? [aside] : [],
    async undo() {
      await rm(place, { recursive: true, force: true })
      if (kept) await rename(aside, place)
    },
  }
}
