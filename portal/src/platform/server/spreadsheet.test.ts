import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { parseCsv } from 'hucre/csv'
import { expect, test } from 'vitest'
import { naughtyStrings } from '../../../test/naughty-strings.ts'
import { readWorkbook } from '../../../test/read-workbook.ts'
import { type Cell, type Sheet, sheetName, writeSpreadsheet } from './spreadsheet.ts'

const texts: Sheet = {
  format: 'xlsx',
  name: '线索',
  columns: ['姓名', '=公司'].map(title => ({ title, kind: 'text', width: 20 })),
  zone: 'Asia/Shanghai',
}

async function* each<Item>(items: readonly Item[]) {
  yield* items
}
const written = (sheet: Sheet, rows: Cell[][]) => buffer(writeSpreadsheet(sheet, each(rows)))
const writtenCsv = async (rows: Cell[][]) => (await written({ ...texts, format: 'csv' }, rows)).toString()

/** Texts of every kind, half of them with something at their beginning that a formula begins with. */
const anyText = fc
  .tuple(
    fc.constantFrom('', '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', ' =', '_x000D_', "'"),
    fc.string({ unit: 'binary' }),
  )
  .map(parts => parts.join('').replaceAll('\0', ''))

test('whatever texts a workbook is given, it holds them as texts and no formula', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyText, anyText), { minLength: 1, maxLength: 20 }), async rows => {
      const { rows: read } = await readWorkbook(await written(texts, rows))
      const cells = read.flat().filter(cell => cell !== null)
      expect(cells.filter(({ formula, type, format }) => formula || type !== 'text' || format !== '@')).toEqual([])
      expect(read.map(row => row.map(cell => cell?.value ?? ''))).toEqual([['姓名', '=公司'], ...rows])
    }),
    { numRuns: 300 },
  )
})

/** Cells as a program sees them that separates by this sign and does not know what the quotes are for. */
const seenBy = (separator: string, csv: string) => csv.split(/[\r\n]+/).flatMap(line => line.split(separator))
const wouldCalculate = (cell: string) => /^[\s"\u200b\ufeff]*[=+\-@＝＋－＠]/.test(cell)

test('whatever texts CSV is given, no cell of it begins like a formula, however it is separated', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyText, anyText), { minLength: 1, maxLength: 20 }), async rows => {
      const csv = await writtenCsv(rows)
      const read = parseCsv(csv)
      expect(read).toHaveLength(rows.length + 1)
      expect(read.flat().filter(cell => wouldCalculate(String(cell)) || /^[\t\r\n]/.test(String(cell)))).toEqual([])
      for (const separator of [';', '\t']) expect(seenBy(separator, csv).filter(wouldCalculate)).toEqual([])
      expect(read.slice(1).map(row => row.map(bare))).toEqual(rows.map(row => row.map(bare)))
    }),
    { numRuns: 300 },
  )
})
const bare = (cell: unknown) => String(cell).replaceAll(/'|[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')

test.skipIf(naughtyStrings() === null)('the big list of naughty strings comes back from both', async () => {
  const rows = naughtyStrings()!.map(text => [text.slice(0, 30_000).toWellFormed(), 'beside'])
  const { rows: read } = await readWorkbook(await written(texts, rows))
  expect(read.slice(1).map(([first]) => first?.value)).toEqual(rows.map(([first]) => first))
  expect(read.flat().some(cell => cell?.formula)).toBe(false)
  expect(
    parseCsv(await writtenCsv(rows))
      .slice(1)
      .map(([first]) => bare(first)),
  ).toEqual(rows.map(([first]) => bare(first)))
})

const facts: Sheet = {
  format: 'xlsx',
  name: 'Leads [2026]: a/b?',
  columns: [
    { title: 'Number', kind: 'number', width: 8 },
    { title: 'Received', kind: 'time', width: 18 },
    { title: 'Net', kind: 'money', width: 14 },
    { title: 'Currency', kind: 'text', width: 8 },
  ],
  zone: 'Asia/Shanghai',
}
const row: Cell[] = [-7, new Date('2026-11-25T16:30:00Z'), { amount: 628_050, currency: 'CNY' }, 'CNY']
const empty: Cell[] = [8, null, null, '']

test('numbers, times of the clock on the wall and amounts stay what they are', async () => {
  const { rows, sheetNames } = await readWorkbook(await written(facts, [row, empty]))
  expect(sheetNames).toEqual(['Leads  2026   a b'])
  expect(rows[1]).toMatchObject([
    { type: 'number', value: '-7' },
    { type: 'number', value: '46352.0208333333', format: 'yyyy-mm-dd hh:mm' }, // days since 1899-12-30: 2026-11-26, half past midnight
    { type: 'number', value: '6280.5', format: '#,##0.00' },
    { type: 'text', value: 'CNY', format: '@' },
  ])
  expect((await written({ ...facts, format: 'csv' }, [row, empty])).toString()).toBe(
    '\ufeff"Number","Received","Net","Currency"\r\n"-7","2026-11-26 00:30","6280.5","CNY"\r\n"8","","",""',
  )
})

test('a text longer than a cell may be is cut where no character breaks, and says so', async () => {
  const { rows } = await readWorkbook(await written(texts, [['线'.repeat(40_000), `${'x'.repeat(32_765)}😀😀`]]))
  const [first, second] = rows[1]!.map(cell => cell!.value)
  expect(first).toHaveLength(32_767)
  expect(first!.endsWith('线…')).toBe(true)
  expect(second).toBe(`${'x'.repeat(32_765)}…`)
})

test.each([
  ["'quoted'", '’quoted’'],
  ['History', 'Sheet 1'],
  ['///', 'Sheet 1'],
  ['线'.repeat(40), `${'线'.repeat(30)}…`],
])('the sheet named %s is called %s', (name, called) => expect(sheetName(name)).toBe(called))

test('a table without rows has its titles', async () => {
  expect((await readWorkbook(await written(texts, []))).rows).toHaveLength(1)
})

test.each(['xlsx', 'csv'] as const)(
  'rows of %s are asked for as they are read, and no more once the reader has gone',
  async format => {
    let asked = 0
    let ended = false
    async function* endless() {
      try {
        for (;;) yield [`客户 ${++asked} ${crypto.randomUUID()}`, crypto.randomUUID()]
      } finally {
        ended = true
      }
    }
    const content = writeSpreadsheet({ ...texts, format }, endless())
    const reader = content[Symbol.asyncIterator]()
    await reader.next()
    await new Promise(resolve => setImmediate(resolve))
    const early = asked
    for (let piece = 0; piece < 20; piece++) await reader.next()
    expect(asked).toBeGreaterThan(early)
    expect(early).toBeLessThan(20_000)
    await reader.return?.()
    await expect.poll(() => ended).toBe(true)
  },
)

test('what goes wrong while rows are read reaches the reader', async () => {
  // biome-ignore lint/correctness/useYield: it fails before its first row
  async function* broken(): AsyncGenerator<Cell[]> {
    throw new Error('the database is away')
  }
  await expect(buffer(writeSpreadsheet(texts, broken()))).rejects.toThrow('the database is away')
})
