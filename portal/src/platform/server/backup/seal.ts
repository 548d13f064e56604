import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import { Duplex, Transform } from 'node:stream'
import { StartFailure } from '../start-failure.ts'

/**
 * A stream under AES-256-GCM in chunks of 64 kB, as age does it (STREAM construction, Hoang et al. 2015): the nonce counts the
 * chunks and marks the last, so that none can be dropped, doubled, moved or cut off. The key is derived per file from the secret.
 */
const magic = Buffer.from('fettle sealed 1\n')
const saltBytes = 16
const chunkBytes = 65_536
const tagBytes = 16

/** Whether the file was sealed, whatever the settings say now. */
export async function isSealed(path: string): Promise<boolean> {
  const file = await open(path)
  const { buffer } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0).finally(() => file.close())
  return buffer.equals(magic)
}

export function seal(secret: string): Transform {
  const salt = randomBytes(saltBytes)
  const key = deriveKey(secret, salt)
  const chunks = inChunks(chunkBytes, (chunk, number, last) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(number, last))
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()])
  })
  chunks.push(Buffer.concat([magic, salt]))
  return chunks
}

/** Emits StartFailure where the secret is another, or the file was changed or cut off. */
export function unseal(secret: string): Duplex {
  let head = Buffer.alloc(0)
  let key: Buffer | null = null
  const chunks = inChunks(chunkBytes + tagBytes, (chunk, number, last) => {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key!, nonce(number, last))
      decipher.setAuthTag(chunk.subarray(-tagBytes))
      return Buffer.concat([decipher.update(chunk.subarray(0, -tagBytes)), decipher.final()])
    } catch {
      throw new StartFailure(
        'A part of the backup cannot be decrypted: BACKUP_SECRET is not the one it was made with, or it was changed.',
      )
    }
  })
  const header = new Transform({
    transform(piece: Buffer, _, done) {
      if (key) return done(null, piece)
      head = Buffer.concat([head, piece])
      if (head.length < magic.length + saltBytes) return done()
      if (!head.subarray(0, magic.length).equals(magic))
        return done(new StartFailure('A part of the backup is not encrypted as its manifest says.'))
      key = deriveKey(secret, head.subarray(magic.length, magic.length + saltBytes))
      done(null, head.subarray(magic.length + saltBytes))
    },
  })
  header.on('error', error => chunks.destroy(error))
  header.pipe(chunks)
  return Duplex.from({ writable: header, readable: chunks })
}

/** Tells secrets apart and says nothing of them: 12 signs. */
export const secretMark = (secret: string): string =>
  Buffer.from(hkdfSync('sha256', secret, '', 'fettle backup pool', 6)).toString('hex')

const deriveKey = (secret: string, salt: Buffer): Buffer => Buffer.from(hkdfSync('sha256', secret, salt, 'fettle backup', 32))

function nonce(number: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUIntBE(number, 5, 6)
  bytes[11] = last ? 1 : 0
  return bytes
}

/** Regroups a stream into chunks of `size`; the last may be shorter, and there always is one. */
function inChunks(size: number, change: (chunk: Buffer, number: number, last: boolean) => Buffer): Transform {
  let waiting = Buffer.alloc(0)
  let number = 0
  const attempt = (done: (error?: Error | null) => void, work: () => void) => {
    try {
      work()
    } catch (error) {
      return done(error as Error)
    }
    done()
  }
  return new Transform({
    transform(piece: Buffer, _, done) {
      attempt(done, () => {
        waiting = Buffer.concat([waiting, piece])
        let from = 0
        // one chunk is held back: only the end tells which is the last
        for (; waiting.length - from > size; from += size) this.push(change(waiting.subarray(from, from + size), number++, false))
        waiting = waiting.subarray(from)
      })
    },
    flush(done) {
      attempt(done, () => this.push(change(waiting, number, true)))
    },
  })
}
