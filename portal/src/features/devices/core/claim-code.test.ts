import fc from 'fast-check'
import { expect, test } from 'vitest'
import { claimCodeBytes, plainClaimCode, writeClaimCode } from './claim-code.ts'

const bytes = fc.uint8Array({ minLength: claimCodeBytes, maxLength: claimCodeBytes })

test('a code keeps every bit, and is read back however it is typed', () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      const code = writeClaimCode(a)
      expect(code).toMatch(/^(\w{4}-){6}\w\w$/)
      expect(code === writeClaimCode(b)).toBe(Buffer.from(a).equals(Buffer.from(b)))
      const plain = plainClaimCode(code)
      expect(plain).toBe(code.replaceAll('-', ''))
      const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
      expect(plainClaimCode(` ${typed} `)).toBe(plain)
    }),
  )
})

test('what cannot be a code is none', () => {
  for (const text of ['', 'x', '0'.repeat(25), '0'.repeat(27), `${'0'.repeat(25)}U`, '../'.repeat(9)])
    expect(plainClaimCode(text)).toBeNull()
})
