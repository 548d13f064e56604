import { expect, test } from 'vitest'
import { withoutPersons } from './without-persons.ts'

test.each([
  ['550 5.1.1 <wang.jianguo@hongyuan.example>: Recipient address rejected', '550 5.1.1 <…>: Recipient address rejected'],
  ['550 王建国@宏远.example unknown', '550 … unknown'],
  ['cannot reach +86 139 5740 0042 now', 'cannot reach … now'],
  ['手机 13957400042 无效', '手机 … 无效'],
  ['GET https://portal.example/verify?token=abc123 failed', 'GET https://portal.example/verify?token=… failed'],
])('%s is shown as %s', (text, shown) => expect(withoutPersons(text)).toBe(shown))

test.each([
  'lead 01a213ed-ef74-706e-b49c-0e8bc894a013 is gone',
  'connect ECONNREFUSED 127.0.0.1:5432',
  'code 57P01 at 2026-11-25T18:18:10Z',
])('%s says nothing of a person and stays', text => expect(withoutPersons(text)).toBe(text))
