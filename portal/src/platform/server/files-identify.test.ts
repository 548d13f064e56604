import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { fileKinds } from '#platform/core'
import { office, zip } from '../../../test/zip.ts'
import { Failure } from './errors.ts'
import { identifyFile } from './files-identify.ts'
import { newId } from './ids.ts'

const folder = mkdtempSync(join(tmpdir(), 'fettle-identify-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function identify(content: Buffer | string, name = 'drawing.pdf'): Promise<string> {
  const path = join(folder, newId())
  writeFileSync(path, content)
  try {
    return await identifyFile(path, name)
  } catch (error) {
    if (!(error instanceof Failure) || error.type !== 'file-refused') throw error
    return `refused: ${error.extensions!.reason}`
  }
}

const binary = (text: string) => Buffer.from(text, 'latin1')
const iges = `${'bracket'.padEnd(72)}S      1\r\n${'1H,,1H;'.padEnd(72)}G      1\r\n`

describe('a file is what its content says, whatever it is called', () => {
  test.each<[string, Buffer | string, string]>([
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n', 'pdf'],
    ['a PNG', binary('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), 'png'],
    ['a JPEG', binary('\xff\xd8\xff\xe0\0\x10JFIF\0'), 'jpeg'],
    ['a WebP', binary('RIFF\x24\0\0\0WEBPVP8 '), 'webp'],
    ['a STEP model', "ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION((''),'2;1');", 'step'],
    ['a STEP model behind a mark of UTF-8', '\ufeffISO-10303-21;\nHEADER;', 'step'],
    ['an IGES model', iges, 'iges'],
    ['a DXF drawing', '  0\r\nSECTION\r\n  2\r\nHEADER\r\n', 'dxf'],
    ['a DXF drawing that begins with a remark', '999\nmade by hand\n0\nSECTION\n2\nENTITIES\n', 'dxf'],
    ['a binary DXF drawing', binary('AutoCAD Binary DXF\r\n\x1a\0\0SECTION'), 'dxf'],
    ['a DWG drawing', binary('AC1032\0\0\0\0\0\x06'), 'dwg'],
    ['a Word document', office.docx(), 'docx'],
    ['an Excel sheet', office.xlsx(), 'xlsx'],
    ['a ZIP of drawings', zip([{ name: '图纸/' }, { name: '图纸/bracket.dxf', content: '0\nSECTION\n' }]), 'zip'],
    ['a text', '加工要求：\r\n\t表面 Ra 1.6\r\n', 'text'],
    ['a text in GB 18030', binary('\xbc\xd3\xb9\xa4\xd2\xaa\xc7\xf3'), 'text'],
    ['a formula that less than stands in', 'a < b and <c>\n', 'text'],
  ])('%s', async (_, content, kind) => {
    expect(await identify(content)).toBe(kind)
    expect(await identify(content, 'program.exe')).toBe(kind)
  })

  test('only CSV is told from other text by its name, since nothing else tells it', async () => {
    expect(await identify('a;b\n1;2\n', 'list.CSV')).toBe('csv')
    expect(await identify('%PDF-1.4\n', 'list.csv')).toBe('pdf')
  })
})

describe('what is not on the list is refused with its reason', () => {
  test.each<[string, Buffer | string, string]>([
    ['nothing', '', 'empty'],
    ['a Windows program', binary('MZ\x90\0\x03\0\0\0'), 'unknown'],
    ['a Linux program', binary('\x7fELF\x02\x01\x01\0'), 'unknown'],
    ['a page', '<!DOCTYPE html><script>alert(1)</script>', 'markup'],
    ['a page behind spaces and a mark', '\ufeff \n\t<html>', 'markup'],
    ['a page behind a line of text', 'hello\n<script src=//example.com>', 'markup'],
    ['a drawing that may run', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'markup'],
    ['XML', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 'markup'],
    ['a page that is a PDF further down', '<html>\n%PDF-1.4\n<script>alert(1)</script>', 'markup'],
    ['a script of the shell', '#!/bin/sh\nrm -rf /\n', 'unknown'],
    ['PostScript', '%!PS-Adobe-3.0\n', 'unknown'],
    ['RTF', '{\\rtf1\\ansi', 'unknown'],
    ['an old Word document', binary('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0'), 'old-office'],
    ['a photo of an iPhone', binary('\0\0\0\x18ftypheic\0\0\0\0'), 'heic'],
    ['a GIF', binary('GIF89a\x01\0\x01\0'), 'unknown'],
    ['a program behind a text', Buffer.concat([Buffer.from('a'.repeat(9000)), binary('\0\x01\x02')]), 'unknown'],
    ['a document with macros', office.xlsm(), 'macros'],
    ['a document whose macros are not in its list', office.hiddenMacros(), 'macros'],
    ['slides', office.pptx(), 'unknown'],
  ])('%s', async (_, content, reason) => {
    expect(await identify(content)).toBe(`refused: ${reason}`)
  })
})

describe('an archive is taken only when it is as harmless as it says', () => {
  const zeros = Buffer.alloc(50_000_000)
  test.each<[string, () => Buffer, string]>([
    [
      'that unpacks to more than 200 MB',
      () => zip(['a', 'b', 'c', 'd', 'e'].map(name => ({ name, content: zeros }))),
      'archive-bomb',
    ],
    ['that unpacks to more than it announces', () => zip([{ name: 'a.txt', content: zeros, claimed: 100 }]), 'archive-broken'],
    [
      'whose entries share their bytes',
      () =>
        zip([
          { name: 'a', content: zeros },
          { name: 'b', content: zeros, shared: true },
          { name: 'c', content: zeros, shared: true },
        ]),
      'archive-bomb',
    ],
    ['with very many entries', () => zip(Array.from({ length: 5001 }, (_, at) => ({ name: `${at}.txt` }))), 'archive-bomb'],
    ['with a password', () => zip([{ name: 'a.pdf', content: 'x', encrypted: true }]), 'encrypted'],
    ['that writes outside its folder', () => zip([{ name: '../../../root/.profile', content: 'x' }]), 'archive-broken'],
    ['that writes at the root', () => zip([{ name: '/etc/cron.d/x', content: 'x' }]), 'archive-broken'],
    ['with a program', () => zip([{ name: 'drawings/viewer.EXE ', content: 'MZ' }]), 'archive-program'],
    ['with an archive', () => zip([{ name: 'inner.zip', content: zip([{ name: 'a' }]) }]), 'archive-program'],
    ['that is cut off', () => zip([{ name: 'a.txt', content: 'hello' }]).subarray(0, 40), 'archive-broken'],
    ['of nonsense', () => binary(`PK\x03\x04${'\xff'.repeat(500)}`), 'archive-broken'],
  ])('one %s is not', async (_, content, reason) => {
    expect(await identify(content(), 'files.zip')).toBe(`refused: ${reason}`)
  })
})

test('docs/guides/limits.md names every kind and ending', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/guides/limits.md'), 'utf8')
  const section = page.slice(page.indexOf('## Which files'), page.indexOf('## How slowly'))
  const named = [...section.matchAll(/`(\.?[a-z\d]+)`/g)].map(([, word]) => word!)
  const kinds = Object.entries(fileKinds).flatMap(([kind, { extensions }]) => [kind, ...extensions.map(one => `.${one}`)])
  expect([...new Set(named)].filter(word => word !== 'nosniff').toSorted()).toEqual(kinds.toSorted())
})

test('no bytes make it fail otherwise than by refusing', async () => {
  const starts = ['', 'PK\x03\x04', '%PDF-', 'AC1032', '\xff\xd8\xff', 'ISO-10303-21;', '  0\nSECTION'].map(binary)
  const content = fc
    .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }))
    .map(([start, rest]) => Buffer.concat([start, rest]))
  await fc.assert(
    fc.asyncProperty(content, async bytes => {
      expect(await identify(bytes)).toMatch(/^[\w-]+$|^refused: [\w-]+$/)
    }),
    { numRuns: 200 },
  )
})
