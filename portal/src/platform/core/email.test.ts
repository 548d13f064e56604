import { expect, test } from 'vitest'
import { normalizeEmail } from './email.ts'

test('one mailbox has one spelling', () => {
  expect(normalizeEmail('  Li.Lei@Example.COM ')).toBe('li.lei@example.com')
  expect(normalizeEmail('ｌｉ＠example.com')).toBe('li@example.com')
})
