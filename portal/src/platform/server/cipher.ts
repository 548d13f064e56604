import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

export const keyBytes = 32
const ivBytes = 12
const tagBytes = 16

/** A random key for everything below. */
export const newKey = (): Buffer => randomBytes(keyBytes)

/**
 * AES-256-GCM (NIST SP 800-38D): 12 random bytes of nonce, the ciphertext, 16 bytes of tag. `context` is authenticated, not hidden:
 * what was encrypted for one place does not open at another.
 */
export function encrypt(key: Buffer, plain: Buffer, context: Buffer, iv: Buffer = randomBytes(ivBytes)): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
  cipher.setAAD(context)
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** What `encrypt` was given. Throws where a bit of key, nonce, ciphertext, tag or context differs. */
export function decrypt(key: Buffer, sealed: Buffer, context: Buffer): Buffer {
  if (sealed.length < ivBytes + tagBytes) throw new Error('This is shorter than anything encrypted.')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
  decipher.setAAD(context)
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()])
}

/** HMAC-SHA-256 (RFC 2104). */
export const keyedHash = (key: Buffer | string, text: string | Buffer): Buffer => createHmac('sha256', key).update(text).digest()
