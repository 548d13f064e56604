import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Platform } from '#platform/server'

/** Encrypts what must be read again but never from a stolen table: AES-256-GCM, `nonce.tag.text` in base64url. */
export async function seal(platform: Platform, text: string): Promise<string> {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(platform), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return [nonce, cipher.getAuthTag(), sealed].map(part => part.toString('base64url')).join('.')
}

/** What seal encrypted; throws where it was altered. */
export async function unseal(platform: Platform, sealed: string): Promise<string> {
  const [nonce, tag, text] = sealed.split('.').map(part => Buffer.from(part, 'base64url'))
  const decipher = createDecipheriv('aes-256-gcm', keyOf(platform), nonce!)
  decipher.setAuthTag(tag!)
  return Buffer.concat([decipher.update(text!), decipher.final()]).toString('utf8')
}

const keyOf = ({ config }: Platform): Buffer => Buffer.from(hkdfSync('sha256', config.sessionSecret, '', 'fettle seal', 32))
