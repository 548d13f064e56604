import { expect, test } from 'vitest'
import { Failure } from './errors.ts'
import { decodeCursor, encodeCursor } from './http-cursors.ts'
import { requestLanguage } from './http-language.ts'

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
