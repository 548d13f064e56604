import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPublicData } from '../../../test/public-data.ts'
import { decrypt, encrypt, keyBytes, keyedHash, newKey } from './cipher.ts'

const bytes = (hex: string) => Buffer.from(hex, 'hex')

interface Vectors<Group> {
  testGroups: Group[]
}
interface GcmGroup {
  ivSize: number
  keySize: number
  tagSize: number
  tests: {
    tcId: number
    key: string
    iv: string
    aad: string
    msg: string
    ct: string
    tag: string
    result: 'valid' | 'invalid'
  }[]
}
interface HmacGroup {
  tagSize: number
  tests: { tcId: number; key: string; msg: string; tag: string; result: 'valid' | 'invalid' }[]
}

const gcm = readPublicData('service/crypto/wycheproof-aes_gcm_test.json')
const hmac = readPublicData('service/crypto/wycheproof-hmac_sha256_test.json')

test.skipIf(!gcm)('every Wycheproof vector of AES-256-GCM with a 96 bit nonce is answered as it says', () => {
  const groups = (JSON.parse(gcm!) as Vectors<GcmGroup>).testGroups.filter(
    group => group.keySize === 256 && group.ivSize === 96 && group.tagSize === 128,
  )
  const vectors = groups.flatMap(group => group.tests)
  expect(vectors.length).toBeGreaterThan(50)
  for (const { tcId, key, iv, aad, msg, ct, tag, result } of vectors) {
    const sealed = bytes(iv + ct + tag)
    const open = () => decrypt(bytes(key), sealed, bytes(aad)).toString('hex')
    if (result === 'invalid') expect(open, `vector ${tcId}`).toThrow()
    else {
      expect(open(), `vector ${tcId}`).toBe(msg)
      expect(encrypt(bytes(key), bytes(msg), bytes(aad), bytes(iv)).equals(sealed), `vector ${tcId}`).toBe(true)
    }
  }
})

test.skipIf(!hmac)('every Wycheproof vector of HMAC-SHA-256 with a full tag is answered as it says', () => {
  const groups = (JSON.parse(hmac!) as Vectors<HmacGroup>).testGroups.filter(group => group.tagSize === 256)
  const vectors = groups.flatMap(group => group.tests)
  expect(vectors.length).toBeGreaterThan(50)
  for (const { tcId, key, msg, tag, result } of vectors)
    expect(keyedHash(bytes(key), bytes(msg)).toString('hex') === tag, `vector ${tcId}`).toBe(result === 'valid')
})

test('what was encrypted opens again, and not with another key, context or bit', () => {
  const anyBytes = fc.uint8Array({ maxLength: 200 }).map(array => Buffer.from(array))
  fc.assert(
    fc.property(anyBytes, anyBytes, fc.nat(), (plain, context, place) => {
      const key = newKey()
      const sealed = encrypt(key, plain, context)
      expect(decrypt(key, sealed, context).equals(plain)).toBe(true)
      expect(() => decrypt(newKey(), sealed, context)).toThrow()
      expect(() => decrypt(key, sealed, Buffer.concat([context, Buffer.from('x')]))).toThrow()
      const bent = Buffer.from(sealed)
      bent[place % bent.length]! ^= 1 << (place % 8)
      expect(() => decrypt(key, bent, context)).toThrow()
    }),
  )
})

test('the same text encrypts to another ciphertext each time', () => {
  const key = newKey()
  const once = encrypt(key, Buffer.from('same'), Buffer.alloc(0))
  expect(once.equals(encrypt(key, Buffer.from('same'), Buffer.alloc(0)))).toBe(false)
  expect(key).toHaveLength(keyBytes)
})
