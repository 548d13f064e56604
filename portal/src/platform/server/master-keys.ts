import { keyBytes } from './cipher.ts'

/** A key that wraps the keys in the database and is never there itself. name: stands beside what it wraps. */
export interface MasterKey {
  name: string
  key: Buffer
}

/** `name:base64,…` of 32 bytes each, as ENCRYPTION_KEYS says it; null where it does not read so. */
export function readMasterKeys(text: string): MasterKey[] | null {
  const keys = text.split(',').map(part => {
    const [, name, body] = /^\s*([a-z0-9-]{1,40}):([A-Za-z0-9+/_-]{43}=?)\s*$/.exec(part) ?? []
    return name && body ? { name, key: Buffer.from(body, 'base64') } : null
  })
  if (keys.some(one => one === null || one.key.length !== keyBytes)) return null
  const read = keys as MasterKey[]
  return new Set(read.map(({ name }) => name)).size === read.length ? read : null
}
