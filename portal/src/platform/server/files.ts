import type { Readable } from 'node:stream'
import type { Config } from './config.ts'
import { diskStore } from './files-disk.ts'
import { s3Store } from './files-s3.ts'

/** Where the bytes of files lie: a folder of DATA_DIR, or by FILES_URL any store that speaks the S3 protocol. */
export interface FileStore {
  /** Keeps the bytes under a key, in place of what was there. When it answers they are there to stay; until then none of them. */
  put(key: string, content: FileOnDisk): Promise<void>
  /** The bytes, or those of a piece, to be read or destroyed; null where there are none. */
  get(key: string, piece?: Piece): Promise<Readable | null>
  /** Nothing under the key is as good as removed. */
  remove(key: string): Promise<void>
  list(): AsyncIterable<StoredObject>
  /** Whether this store can be used as it is configured. Throws StartFailure where it refuses, and goes on where it is away. */
  check(): Promise<void>
}

/** Some bytes of a file: the places of the first and the last, counted from 0. */
export interface Piece {
  first: number
  last: number
}

/** A whole file on this machine, on its way into the store. */
export interface FileOnDisk {
  path: string
  bytes: number
  /** hexadecimal */
  sha256: string
}

export interface StoredObject {
  key: string
  /** when it was put */
  at: Date
  bytes: number
}

export function openFileStore(config: Config): FileStore {
  return config.filesUrl === null ? diskStore(filesFolder(config)) : s3Store(config.filesUrl)
}

/** Below it lie the files of the disk store, and what is on its way into either store. */
export const filesFolder = (config: Pick<Config, 'dataDir'>): string => `${config.dataDir}/files`
