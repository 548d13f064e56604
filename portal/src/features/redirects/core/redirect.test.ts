import fc from 'fast-check'
import { expect, test } from 'vitest'
import { destinationOf, oldAddress, readRedirects } from './redirect.ts'

test('an old address is the same however its server would have taken it', () => {
  expect(oldAddress('/Product.asp?id=12&lang=CN')).toBe('/product.asp?id=12&lang=cn')
  expect(oldAddress('https://www.old.example/product.asp?lang=cn&id=12#price')).toBe('/product.asp?id=12&lang=cn')
  expect(oldAddress('/about/')).toBe('/about')
  expect(oldAddress('/%E4%BA%A7%E5%93%81/')).toBe('/产品')
})

test('lists are read as people paste them', () => {
  const text = '# the old shop\n/a.html\t/products/a\r\n/b.html, /products/b\nhttp://old.example/c   https://new.example/c\n\n'
  expect(readRedirects(text)).toEqual({
    redirects: [
      { old: '/a.html', target: '/products/a' },
      { old: '/b.html', target: '/products/b' },
      { old: '/c', target: 'https://new.example/c' },
    ],
    errors: [],
  })
})

test('every wrong line is named with its number', () => {
  const { errors } = readRedirects('/a\n/b /c /d\n/ /products\n/e javascript:alert(1)\n/f //evil.example\n/g /x\n/g /y')
  expect(errors.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 7])
  expect(errors.at(-1)?.message.en).toBe('Line 6 leads this old address elsewhere.')
})

test('a ring is refused with its way, also over what stands already', () => {
  expect(readRedirects('/a /b\n/b /c\n/c /a').errors[0]).toMatchObject({ line: 1, value: '/a → /b → /c → /a' })
  expect(readRedirects('/b /a', [{ old: '/a', target: '/b' }]).errors).toHaveLength(1)
  expect(readRedirects('/a /a/').errors).toHaveLength(1)
})

test('an address is led to the end of its way, with a parameter it does not know too', () => {
  const list = new Map([
    ['/a', '/b'],
    ['/b', '/products/x'],
    ['/p?id=1', '/products/one'],
  ])
  expect(destinationOf('/A/?utm_source=baidu', list)).toBe('/products/x')
  expect(destinationOf('/p?id=1', list)).toBe('/products/one')
  expect(destinationOf('/p?id=2', list)).toBeNull()
})

test('whatever a list without errors says, no address goes round for ever', () => {
  const address = fc.constantFrom('/a', '/b', '/c', '/d', '/e')
  fc.assert(
    fc.property(fc.array(fc.tuple(address, address), { maxLength: 8 }), lines => {
      const { redirects, errors } = readRedirects(lines.map(pair => pair.join(' ')).join('\n'))
      if (errors.length > 0) return
      const list = new Map(redirects.map(({ old, target }) => [old, target]))
      for (const { old } of redirects) expect(list.has(destinationOf(old, list)!)).toBe(false)
    }),
  )
})
