import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { StartFailure } from '#platform/server'

/** mode: who may read it, as in `chmod`. Throws StartFailure where the file is there already or cannot be written. */
export async function writeNewFile(file: string, content: string | AsyncIterable<Uint8Array>, mode = 0o666): Promise<void> {
  const source = typeof content === 'string' ? [content] : content
  await pipeline(source, createWriteStream(file, { flags: 'wx', mode })).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new StartFailure(`${file} exists already. Name a new file.`)
    throw error.syscall ? new StartFailure(`${file} cannot be written (${error.code}).`) : error
  })
}
