import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import { beforeAll, expect, test } from 'vitest'
import { exampleProduct, fromWorkbook, toWorkbook } from '../../core/workbook/index.ts'
import { readModelApart } from '../read-model-apart.ts'
import { readWorkbook } from './read-workbook.ts'
import { writeWorkbook } from './write-workbook.ts'

let sound: Uint8Array
beforeAll(async () => {
  const written = toWorkbook(exampleProduct)
  sound = await writeWorkbook(written.ok ? written.sheets : [])
})

const read = (bytes: Uint8Array, fileName = 'product.xlsx') => readModelApart({ fileName, bytes })
const refused = async (bytes: Uint8Array, fileName?: string) => {
  const result = await read(bytes, fileName)
  return result.ok ? undefined : result.errors[0]
}

test('the example is read from its file in a thread of its own', async () => {
  expect(await read(sound)).toMatchObject({ ok: true, id: 'chiller-example', sourceFormat: 'xlsx', notes: [] })
})

test('an error of the model keeps its cell on the way out of the thread', async () => {
  const written = toWorkbook({ ...exampleProduct, constraints: [{ id: 'broken', kind: 'formula', formula: 'load <=' }] })
  expect(await refused(await writeWorkbook(written.ok ? written.sheets : []))).toMatchObject({
    code: 'syntax',
    path: '规则 Rules!F3',
  })
})

test.each([
  ['cut off', () => sound.subarray(0, sound.length / 2)],
  ['with a damaged part', () => sound.map((byte, i) => (i > 100 && i < 2000 ? byte ^ 0x55 : byte))],
  ['that is another kind of archive', () => zip([{ name: 'a.txt', content: Buffer.from('a') }])],
  ['that only begins like an archive', () => Buffer.from('PK\u0003\u0004 and no more')],
])('a file %s is called damaged', async (_, spoilt) => {
  expect(await refused(spoilt())).toMatchObject({ code: 'workbook-damaged', path: 'product.xlsx' })
})

test.each([
  ['an encrypted workbook', 'workbook-protected', () => container('EncryptedPackage')],
  ['an .xls file', 'workbook-format', () => container('Workbook')],
  ['an .xlsb file', 'workbook-format', () => zip([{ name: 'xl/workbook.bin', content: Buffer.from('x') }])],
  ['an .ods file', 'workbook-format', () => zip(['mimetype', 'content.xml'].map(name => ({ name, content: Buffer.from('x') })))],
  ['a .csv file', 'workbook-format', () => Buffer.from('id,name\na,b')],
])('%s is refused with what to do', async (what, code, bytes) => {
  const error = await refused(bytes(), what.endsWith('.csv file') ? 'product.csv' : 'product.xlsx')
  expect(error).toMatchObject({ code, remedy: { 'zh-CN': expect.stringMatching(/Excel/), en: expect.stringMatching(/Excel/) } })
})

test('the cells of a workbook with macros are read, and the macros are not', async () => {
  const written = toWorkbook(exampleProduct)
  const bytes = await writeXlsx({
    sheets: (written.ok ? written.sheets : []).map(({ name, rows }) => ({ name, rows })),
    vbaProject: new Uint8Array([1, 2, 3]),
  })
  expect(await read(bytes, 'product.xlsm')).toMatchObject({ ok: true, notes: [{ code: 'macros-not-read' }] })
})

test('an archive that unpacks to too much is refused before it is unpacked', async () => {
  const parts = [{ name: '[Content_Types].xml', content: Buffer.alloc(200_000_000) }]
  const bomb = zip(parts)
  expect(bomb.length).toBeLessThan(400_000)
  const since = performance.now()
  expect(await readWorkbook('bomb.xlsx', bomb)).toMatchObject({ ok: false, errors: [{ code: 'workbook-too-large' }] })
  expect(performance.now() - since).toBeLessThan(500)
})

test('an archive that lies about what it unpacks to is refused', async () => {
  const parts = [{ name: '[Content_Types].xml', content: Buffer.alloc(50_000_000), declared: 0 }]
  expect(await refused(zip(parts))).toMatchObject({ code: 'workbook-damaged' })
  expect(await refused(zip([{ ...parts[0]!, declared: 1000 }]))).toMatchObject({ code: 'workbook-damaged' })
})

test('two cells at the far ends of a sheet are refused, not laid out', async () => {
  const far = await writeXlsx({
    sheets: [{ name: 'Product', rows: [['Item']], cells: new Map([['900000,16000', { value: 1 }]]) }],
  })
  expect(await readWorkbook('far.xlsx', far)).toMatchObject({ ok: false, errors: [{ code: 'workbook-too-large' }] })
})

test('100,000 rows are refused with their sheet named', async () => {
  const written = toWorkbook(exampleProduct)
  const sheets = (written.ok ? written.sheets : []).map(({ name, rows }) => ({ name, rows }))
  const options = sheets.find(({ name }) => name.endsWith('Options'))!
  for (let i = 0; i < 100_000; i++) options.rows.push(['size', `x${i}`, 'x'])
  const opened = await readWorkbook('long.xlsx', await writeXlsx({ sheets, stringMode: 'inline' }))
  expect(opened.ok && fromWorkbook(opened.sheets)).toMatchObject({
    ok: false,
    errors: [{ code: 'too-many-rows', path: expect.stringMatching(/^选项 Options!A5\d{4}$/) }],
  })
})

test('a formula of the spreadsheet counts by its result', async () => {
  const written = toWorkbook(exampleProduct)
  const sheets = (written.ok ? written.sheets : []).map(({ name, rows }) => ({ name, rows }))
  const formula = (value: number | null) => ({ cells: new Map([['2,4', { formula: '12000+800', formulaResult: value, value }]]) })
  const withFormula = (value: number | null) =>
    writeXlsx({ sheets: sheets.map(sheet => (sheet.name.endsWith('Prices') ? { ...sheet, ...formula(value) } : sheet)) })
  expect(await read(await withFormula(12_800))).toMatchObject({ ok: true })
  expect(await refused(await withFormula(null))).toMatchObject({ code: 'formula-without-result', path: '价格 Prices!E3' })
})

interface Part {
  name: string
  content: Uint8Array
  /** size the archive claims, where it lies */
  declared?: number
}

/** A ZIP archive by hand, since no library writes a dishonest one. */
function zip(parts: Part[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, declared = content.length } of parts) {
    const packed = deflateRawSync(content)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(declared, 22)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(declared, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    locals.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...directory, end])
}

/** The container of older Office files and of encrypted newer ones, holding a stream of that name. */
const container = (stream: string) =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(1000),
    Buffer.from(stream, 'utf16le'),
    Buffer.alloc(1000),
  ])
