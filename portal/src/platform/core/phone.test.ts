import { expect, test } from 'vitest'
import { normalizePhone } from './phone.ts'

test.each([
  ['138 0013 8000', '+8613800138000'],
  ['+86 138-0013-8000', '+8613800138000'],
  ['0086 13800138000', '+8613800138000'],
  ['0512-6767 8888', '+8651267678888'],
  ['(0512) 67678888', '+8651267678888'],
  ['+49 (89) 1234-5678', '+498912345678'],
])('%s is read as %s', (text, expected) => expect(normalizePhone(text)).toBe(expected))

test.each(['', '12345', '23800138000', 'call me', '+0123456789', '+1234567890123456', '138001380001'])(
  '%s is no phone number',
  text => expect(normalizePhone(text)).toBeNull(),
)
