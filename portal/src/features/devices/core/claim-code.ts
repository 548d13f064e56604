/** Crockford's alphabet: neither I, L, O nor U, so that nothing on a label is read as something else. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Random bytes in a code: 128 bits, so that guessing is hopeless and a plain hash of it is enough. */
export const claimCodeBytes = 16

/** A code from random bytes, as it is written: ABCD-EFGH-…, 26 signs. */
export function writeClaimCode(bytes: Uint8Array): string {
  let bits = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n) << 2n // 128 bits in 26 signs of 5
  let code = ''
  for (let place = 0; place < 26; place++) {
    code = signs[Number(bits & 31n)] + code
    bits >>= 5n
  }
  return code.match(/.{1,4}/g)!.join('-')
}

/** A code as it is compared, whatever was typed in it: no dashes, O for 0, I and L for 1. null: it cannot be one */
export function plainClaimCode(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—]+/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return plain.length === 26 && [...plain].every(sign => signs.includes(sign)) ? plain : null
}
