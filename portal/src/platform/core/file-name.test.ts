import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FileKind, fileKinds } from './file-kinds.ts'
import { safeFileName } from './file-name.ts'

test.each([
  ['图纸 A3.pdf', 'pdf', '图纸 A3.pdf'],
  ['Drawing.PDF', 'pdf', 'Drawing.PDF'],
  ['../../etc/passwd', 'text', 'passwd.txt'],
  ['C:\\Users\\wang\\Desktop\\bracket.stp', 'step', 'bracket.stp'],
  ['invoice\u202egnp.exe', 'png', 'invoicegnp.exe.png'],
  ['a\u0000b\r\nc\u200b.csv', 'csv', 'abc.csv'],
  ['cafe\u0301.pdf', 'pdf', 'café.pdf'],
  ['drawing.dwg', 'pdf', 'drawing.dwg.pdf'],
  ['what?<is>"it"|*.txt', 'text', 'what__is__it___.txt'],
  ['NUL.txt', 'text', '_NUL.txt'],
  ['con.tar.zip', 'zip', '_con.tar.zip'],
  ['.htaccess', 'text', 'htaccess.txt'],
  ['.pdf', 'pdf', 'pdf.pdf'],
  ['photo.jpeg . ', 'jpeg', 'photo.jpeg'],
  ['', 'zip', 'file.zip'],
  ['\ud800.png', 'png', 'png.png'],
] as const)('%j of a %s is kept as %j', (given, kind, kept) => {
  expect(safeFileName(given, kind)).toBe(kept)
})

test('whatever it is called, the name is short, plain and ends as its kind does', () => {
  const kinds = fc.constantFrom(...(Object.keys(fileKinds) as FileKind[]))
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), kinds, (given, kind) => {
      const name = safeFileName(given, kind)
      expect([...name].length).toBeLessThanOrEqual(121)
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\<>:"|?*]/u)
      expect(name).toMatch(new RegExp(`^[^.].*\\.(${fileKinds[kind].extensions.join('|')})$`, 'iu'))
      expect(safeFileName(name, kind)).toBe(name)
    }),
    { numRuns: 200 },
  )
})
