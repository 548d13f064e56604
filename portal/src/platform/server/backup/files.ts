import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { pack } from 'tar-stream'
import { syncFolder } from '../sync-folder.ts'
import { type Part, writePart } from './parts.ts'
import { addEntry } from './tar.ts'

/**
 * What of DATA_DIR belongs into a backup: uploaded files, in `files/`. Secrets beside them do not: whoever finds the backup shall not
 * find the keys. Files in a bucket are taken by bucket-files.ts.
 */
export const filesFolder = 'files'

export interface FilesBackup {
  part: Part | null
  files: { count: number; bytes: number }
}

/** After the database, so that every file it names is there. */
export async function backUpFiles(dataDir: string, folder: string, secret: string | null): Promise<FilesBackup> {
  const root = join(dataDir, filesFolder)
  if (!existsSync(root)) return { part: null, files: { count: 0, bytes: 0 } }
  const entries = (await readdir(root, { recursive: true, withFileTypes: true })).filter(
    entry => entry.isFile() && !entry.name.startsWith('.') && !entry.parentPath.startsWith(join(root, 'incoming')), // on their way
  )
  const archive = pack()
  const files = { count: 0, bytes: 0 }
  const fill = async () => {
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
      const size = await stat(path).then(
        found => found.size,
        () => null,
      )
      if (size === null) continue // deleted meanwhile
      const name = path.slice(dataDir.length + 1).replaceAll(sep, '/')
      await addEntry(archive, { name, size }, size > 0 ? createReadStream(path, { end: size - 1 }) : nothing())
      files.count++
      files.bytes += size
    }
    archive.finalize()
  }
  const [part] = await Promise.all([writePart(folder, 'files.tar.zst', archive, secret), fill()])
  return { part, files }
}

async function* nothing(): AsyncGenerator<Buffer> {}

/**
 * `DATA_DIR/journal/`: what must outlive a restore, such as which personal data was erased. Files of lines that only grow; every line
 * that is in one of the two folders stands in `to` afterwards.
 */
export async function mergeJournals(from: string, to: string): Promise<void> {
  const names = existsSync(from) ? (await readdir(from, { withFileTypes: true })).filter(entry => entry.isFile()) : []
  for (const { name } of names) {
    await mkdir(to, { recursive: true, mode: 0o700 })
    const [there, here] = [await linesOf(join(to, name)), await linesOf(join(from, name))]
    const known = new Set(there)
    const lacking = here.filter(line => !known.has(line))
    if (lacking.length > 0) await replaceDurably(to, name, [...there, ...lacking])
  }
}

async function linesOf(path: string): Promise<string[]> {
  const text = existsSync(path) ? await readFile(path, 'utf8') : ''
  return text.split('\n').slice(0, -1) // what follows the last line's end is being written
}

async function replaceDurably(folder: string, name: string, lines: string[]): Promise<void> {
  const handle = await open(join(folder, `${name}.new`), 'w', 0o600)
  await handle.writeFile(`${lines.join('\n')}\n`)
  await handle.sync()
  await handle.close()
  await rename(join(folder, `${name}.new`), join(folder, name))
  await syncFolder(folder)
}
