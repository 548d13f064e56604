import { expect, test } from 'vitest'
import { Failure } from './errors.ts'
import { decodeCursor, encodeCursor } from './http-cursors.ts'
import { requestLanguage } from './http-language.ts'
import { rateLimiter } from './http-limits.ts'

test('a cursor comes back as it was, and anything else is refused by name', () => {
  const cursor = encodeCursor({ at: '2026-01-01T00:00:00.000Z', id: '01a20074-4854-7191-b93c-19cecbfe89a6', key: null })
  const kinds = { at: 'time', id: 'uuid', key: 'string?' } as const
  expect(decodeCursor<{ at: string; id: string; key: string | null }>(cursor, kinds)).toMatchObject({ key: null })
  const garbage = [
    '',
    '%%%',
    'W10',
    'bnVsbA',
    encodeCursor({ at: 'soon', id: 'x', key: null }),
    encodeCursor({ at: '2026-02-31T00:00:00.000Z', id: '01a20074-4854-7191-b93c-19cecbfe89a6', key: null }),
    encodeCursor({ id: 'a\0' }),
    cursor.slice(4),
  ]
  for (const wrong of garbage) {
    expect(() => decodeCursor(wrong, kinds), wrong).toThrow(Failure)
  }
})

test.each([
  ['/api/v1/products?lang=en', { 'accept-language': 'zh-CN' }, 'en'],
  ['/api/v1/products', { 'accept-language': 'fr, en-GB;q=0.8, zh;q=0.5' }, 'en'],
  ['/api/v1/products', { 'accept-language': '*', cookie: 'a=1; lang=en' }, 'en'],
  ['/api/v1/products?lang=klingon', {}, 'zh-CN'],
  ['/products', { 'accept-language': 'en' }, 'zh-CN'],
  ['/en/products', { 'accept-language': 'zh-CN' }, 'en'],
  ['/en.data', {}, 'en'],
  ['/english', {}, 'zh-CN'],
])('%s with %o is answered in %s', (path, headers, language) => {
  expect(requestLanguage(new URL(path, 'http://portal.test'), new Headers(headers as Record<string, string>))).toBe(language)
})

test('an address may send its burst, then as many as time gives back; another address is not counted with it', () => {
  const limiter = rateLimiter({ burst: 3, perMinute: 60 })
  for (let sent = 0; sent < 3; sent++) limiter.take('a', 0)
  expect(() => limiter.take('a', 0)).toThrow(Failure)
  limiter.take('b', 0)
  limiter.take('a', 2000)
  expect(() => limiter.take('a', 2000)).not.toThrow()
  expect(() => limiter.take('a', 2000)).toThrow(Failure)
})

test.each([
  ['2001:db8::1', '2001:db8:0:0:ffff::2', true],
  ['2001:db8::1', '2001:db8:0:1::1', false],
  ['::ffff:192.0.2.7', '192.0.2.7', true],
  ['192.0.2.7', '192.0.2.8', false],
])('%s and %s count as one subscriber: %s', (one, other, same) => {
  const limiter = rateLimiter({ burst: 1, perMinute: 1 })
  limiter.take(one, 0)
  const second = () => limiter.take(other, 0)
  if (same) expect(second).toThrow(Failure)
  else expect(second).not.toThrow()
})
