import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const shape = /^(fettle_[0-9A-Za-z]{8})_[0-9A-Za-z]{38}$/

/**
 * `fettle_<8>_<38>`: a name that scanners for secrets find, a prefix by which its owner recognises it, 32 random characters (190 bits),
 * and 6 of checksum over what stands before, so that nobody takes for a key what is none.
 */
export function newKeyToken(): { token: string; prefix: string } {
  const prefix = `fettle_${randomText(8)}`
  const body = `${prefix}_${randomText(32)}`
  return { token: body + checksum(body), prefix }
}

/** Whether a text can be a key at all. */
export const isKeyShaped = (text: string): boolean => shape.test(text) && checksum(text.slice(0, -6)) === text.slice(-6)

const randomText = (length: number) => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')

/** CRC-32 in base 62, as GitHub's tokens have it. */
function checksum(text: string): string {
  let rest = crc32(text)
  let digits = ''
  for (let place = 0; place < 6; place++) {
    digits = letters[rest % letters.length] + digits
    rest = Math.floor(rest / letters.length)
  }
  return digits
}
