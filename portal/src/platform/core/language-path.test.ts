import { expect, test } from 'vitest'
import { barePath, languageOfPath, pathIn } from './language-path.ts'

test('a page keeps its address, query and fragment when the language changes', () => {
  expect(pathIn('en', '/products/vmc-850?c=1#price')).toBe('/en/products/vmc-850?c=1#price')
  expect(pathIn('zh-CN', '/en/products/vmc-850?c=1#price')).toBe('/products/vmc-850?c=1#price')
  expect(pathIn('en', '/')).toBe('/en')
  expect(pathIn('en', '/?utm_source=x')).toBe('/en?utm_source=x')
  expect(pathIn('zh-CN', '/en')).toBe('/')
  expect(pathIn('en', '/en/products')).toBe('/en/products')
})

test('only a whole first segment is a language', () => {
  expect(languageOfPath('/english-wheels')).toBe('zh-CN')
  expect(languageOfPath('/en')).toBe('en')
  expect(barePath('/entry')).toBe('/entry')
})
