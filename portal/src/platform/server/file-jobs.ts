import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobHandler } from './feature.ts'
import { filesFolder } from './files.ts'
import type { Platform } from './platform.ts'
import { finishLeaving, removeBytes } from './remove-files.ts'
import { ScannerAway } from './scanner.ts'
import { type FileState, type FileTables, moveFile } from './stored-files.ts'

/** What the file store needs done by itself. */
export const fileJobs: { handlers: Record<string, JobHandler>; schedules: Record<string, string> } = {
  handlers: {
    'platform.scan-files': { handle: (_, { platform }) => scanFiles(platform), retries: 0 },
    'platform.sweep-files': { handle: (_, { platform }) => sweepFiles(platform), retries: 0 },
  },
  schedules: { 'platform.scan-files': '* * * * *', 'platform.sweep-files': '17 * * * *' },
}

const pageSize = 50
const scanForMs = 4 * 60 * 1000
const dayMs = 24 * 60 * 60 * 1000
const hourMs = 60 * 60 * 1000

/**
 * Has the virus scanner look at what it could not look at before: files that came while it was away, or before there was one.
 * Where there is none any more, files that waited for it are let go, and marked so.
 */
export async function scanFiles(platform: Platform): Promise<void> {
  const { database, scanner, log } = platform
  const until = Date.now() + scanForMs
  let waiting: { id: string }[] = []
  do {
    waiting = await database
      .db<FileTables>()
      .selectFrom('stored_file')
      .select('id')
      .where('state', 'in', scanner ? ['received', 'unscanned'] : ['received'])
      .$if(waiting.length > 0, query => query.where('id', '>', waiting.at(-1)!.id))
      .orderBy('id')
      .limit(pageSize)
      .execute()
    for (const { id } of waiting) {
      try {
        await scanFile(platform, id)
      } catch (error) {
        if (!(error instanceof ScannerAway)) throw error
        log.warn({ error }, 'files wait for the virus scanner')
        return
      }
    }
  } while (waiting.length > 0 && Date.now() < until)
}

async function scanFile(platform: Platform, id: string): Promise<void> {
  const { scanner, files, log } = platform
  if (!scanner) return void (await judge(platform, id, 'unscanned'))
  const content = await files.get(id)
  if (!content) return log.error({ fileId: id }, 'the file store does not have a file that the database knows')
  try {
    const verdict = await scanner.scan(content)
    if (verdict.clean) await judge(platform, id, 'clean')
    else await refuse(platform, id, verdict.found)
  } finally {
    content.destroy()
  }
}

/** The row stays, to say what became of the file; the bytes go. */
async function refuse(platform: Platform, id: string, finding: string): Promise<void> {
  platform.log.warn({ fileId: id, finding }, 'a file with a virus was removed')
  if (await judge(platform, id, 'refused', { finding })) await removeBytes(platform, id)
}

/** Whoever shows the file hears of it. False where it was judged, or left, meanwhile. */
async function judge(platform: Platform, id: string, state: FileState, more: { finding?: string } = {}): Promise<boolean> {
  return platform.database.transaction(async () => {
    const moved = await moveFile(platform.database, id, state, more)
    if (moved) await platform.record('file.judged', { fileId: id })
    return moved
  })
}

/**
 * Removes what was uploaded a day ago and never attached, finishes removals that were interrupted, and clears away what uploads left
 * on this machine when a process was killed. What lies in the store and is not known here is only reported: it may be another's.
 */
export async function sweepFiles(platform: Platform): Promise<void> {
  const { database, now } = platform
  await database
    .db<FileTables>()
    .updateTable('stored_file')
    .set({ state: 'leaving', token_hash: null })
    .where('attached_at', 'is', null)
    .where('state', '<>', 'leaving')
    .where('created_at', '<', new Date(now().getTime() - dayMs))
    .execute()
  const gone = await database
    .db<FileTables>()
    .selectFrom('stored_file')
    .select(['id', 'state'])
    .where('state', 'in', ['leaving', 'refused'])
    .execute()
  for (const { id, state } of gone) await (state === 'leaving' ? finishLeaving(platform, id) : removeBytes(platform, id))
  await sweepSpool(platform)
  await reportUnknown(platform)
}

async function sweepSpool({ config, now }: Platform): Promise<void> {
  const incoming = join(filesFolder(config), 'incoming')
  for (const name of await readdir(incoming).catch(() => [])) {
    const folder = join(incoming, name)
    const begun = await stat(folder).catch(() => null)
    if (begun && now().getTime() - begun.mtimeMs > hourMs) await rm(folder, { recursive: true, force: true })
  }
}

async function reportUnknown({ database, files, log, now }: Platform): Promise<void> {
  let unknown = 0
  let page: string[] = []
  const countPage = async () => {
    if (page.length === 0) return
    const rows = await database.db<FileTables>().selectFrom('stored_file').select('id').where('id', 'in', page).execute()
    const known = new Set(rows.map(({ id }) => id))
    unknown += page.filter(id => !known.has(id)).length
    page = []
  }
  for await (const { key, at } of files.list()) {
    if (now().getTime() - at.getTime() > hourMs) page.push(key.slice(0, 36))
    if (page.length >= 500) await countPage()
  }
  await countPage()
  if (unknown > 0) log.warn({ unknown }, 'the file store holds files that the database does not know')
}
