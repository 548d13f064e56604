import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileStore } from './files.ts'
import { demandKey, isKey } from './files-key.ts'
import { StartFailure } from './start-failure.ts'
import { syncFolder } from './sync-folder.ts'

/**
 * Files in a folder: `<root>/<last two signs of the id>/<key>`. Written beside their place, synced, moved there, and the folder
 * synced too, so that power may fail at any moment. Several portal processes may share the folder.
 */
export function diskStore(root: string): FileStore {
  const placeOf = (key: string) => join(root, key.slice(34, 36), key)
  return {
    async put(key, { path }) {
      demandKey(key)
      const place = placeOf(key)
      const folder = dirname(place)
      if (await mkdir(folder, { recursive: true, mode: 0o700 })) await syncFolder(root)
      const beside = join(folder, `.${randomUUID()}`)
      try {
        await copyFile(path, beside, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
        const file = await open(beside, 'r+')
        try {
          await file.chmod(0o600)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(beside, place)
      } catch (error) {
        await rm(beside, { force: true })
        throw error
      }
      await syncFolder(folder)
    },

    async get(key, piece) {
      demandKey(key)
      try {
        const file = await open(placeOf(key), 'r')
        return file.createReadStream(piece ? { start: piece.first, end: piece.last } : {})
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },

    async remove(key) {
      demandKey(key)
      await rm(placeOf(key), { force: true })
    },

    async *list() {
      for (const part of await namesIn(root)) {
        if (!/^[0-9a-f]{2}$/.test(part)) continue
        for (const key of (await namesIn(join(root, part))).filter(isKey)) {
          const known = await stat(join(root, part, key)).catch(error => (isMissing(error) ? null : Promise.reject(error)))
          if (known) yield { key, at: known.mtime, bytes: known.size }
        }
      }
    },

    async check() {
      try {
        await mkdir(root, { recursive: true, mode: 0o700 })
      } catch (error) {
        throw new StartFailure(
          `DATA_DIR: "${root}" cannot be written (${(error as NodeJS.ErrnoException).code}). Set it to a folder this user may write.`,
        )
      }
    },
  }
}

const namesIn = (folder: string) => readdir(folder).catch(error => (isMissing(error) ? [] : Promise.reject(error)))

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'
