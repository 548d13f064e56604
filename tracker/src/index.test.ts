import { expect, test } from 'vitest'
import { readSource } from './index.ts'

const at = (search: string) => `https://portal.example/configure/vmc-850${search}`

test('campaign parameters, printed code and the host of the referring page are the source', () => {
  expect(readSource(at('?utm_source=fair&utm_campaign=CIMT+2027&qr=stand-4&c=abc'), 'https://news.example/article?id=7')).toEqual(
    {
      utm_source: 'fair',
      utm_campaign: 'CIMT 2027',
      qr: 'stand-4',
      referrer: 'news.example',
    },
  )
})

test('the own pages and a broken referrer are no source', () => {
  expect(readSource(at(''), 'https://portal.example/products')).toEqual({})
  expect(readSource(at('?utm_source='), 'nonsense')).toEqual({})
})

test('values stay short and without control characters', () => {
  const source = readSource(at(`?utm_term=a%00b${'x'.repeat(500)}`), '')
  expect(source.utm_term).toHaveLength(200)
  expect(source.utm_term).toMatch(/^abx+$/)
})
