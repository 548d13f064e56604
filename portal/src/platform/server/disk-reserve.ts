import { statfs } from 'node:fs/promises'

export interface DiskReserve {
  /** bytes that stay free; default 256 MB */
  bytes?: number
  /** ms between looks; default 1000 */
  every?: number
}

/**
 * Stops all writing while little space is left in the folder of the embedded database, and lets it go on when there is space again.
 * A PostgreSQL whose log has no space left goes down, and cannot be read either until somebody makes room; one that stops before
 * that goes on answering. The server itself refuses: SQLSTATE 25006 to every writer, the portal's own jobs included.
 * query: runs a statement in the server as its owner
 */
export function keepReserve(
  folder: string,
  query: (statement: string) => Promise<unknown>,
  onChange: (sentence: string) => void,
  { bytes = 256 * 2 ** 20, every = 1000 }: DiskReserve = {},
): { look(): Promise<void>; stop(): Promise<void> } {
  let refusing: boolean | null = null // not known at the first look: the setting outlives the server
  let looking = Promise.resolve()

  async function look(): Promise<void> {
    const { bavail, bsize } = await statfs(folder)
    const short = bavail * bsize < bytes
    if (short === refusing) return
    await query(`alter system ${short ? 'set default_transaction_read_only = on' : 'reset default_transaction_read_only'}`)
    await query('select pg_reload_conf()')
    if (short)
      onChange(`${megabytes(bavail * bsize)} MB are left in ${folder}: nothing is written until ${megabytes(bytes)} MB are free`)
    else if (refusing) onChange(`there is space in ${folder} again: writing goes on`)
    refusing = short
  }

  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => {}) // the server is away, which others tell; the next look tries again
  }, every)
  return {
    look,
    stop() {
      clearInterval(timer)
      return looking
    },
  }
}

const megabytes = (bytes: number) => Math.floor(bytes / 2 ** 20)
