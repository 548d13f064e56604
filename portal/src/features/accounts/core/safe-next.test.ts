import { expect, test } from 'vitest'
import { safeNext } from './safe-next.ts'

test.each([
  ['/account', '/account'],
  ['/en/console/leads?status=new#top', '/en/console/leads?status=new#top'],
])('%s is a place to go on to', (wish, target) => expect(safeNext(wish)).toBe(target))

test.each([
  null,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  'account',
])('%s is not', wish => expect(safeNext(wish)).toBeNull())

test('steps upwards stay on this portal too', () =>
  expect(new URL(safeNext('/..//evil.example')!, 'https://portal.example').host).toBe('portal.example'))
