import type { Model } from '@fettle/engine'
import fc from 'fast-check'
import { type Cell, writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { type CellValue, exampleProduct, fromWorkbook, toWorkbook } from '../../core/workbook/index.ts'
import { readWorkbook } from './read-workbook.ts'

type Written = { value: CellValue; format?: string }

/** The example product as a file in which somebody wrote the tax and the surcharge anew. */
async function withRates(tax: Written, surcharge: Written = { value: 1.5 }) {
  const written = toWorkbook(exampleProduct)
  if (!written.ok) throw new Error(written.error.message.en)
  const sheets = written.sheets.map(({ name, rows }) => {
    const cells = new Map<string, Partial<Cell>>()
    const put = (row: number, column: number, { value, format }: Written) => {
      rows[row]![column] = value
      if (format) cells.set(`${row},${column}`, { value, style: { numFmt: format } } as Partial<Cell>)
    }
    if (name.startsWith('产品'))
      put(
        rows.findIndex(([item]) => String(item).startsWith('税率')),
        1,
        tax,
      )
    if (name.startsWith('价格'))
      put(
        rows.findIndex(([id]) => id === 'export_papers'),
        rows[0]!.findIndex(head => String(head).startsWith('百分比')),
        surcharge,
      )
    return { name, rows, cells }
  })
  const opened = await readWorkbook('product.xlsx', await writeXlsx({ sheets }))
  if (!opened.ok) throw new Error(opened.errors[0]!.message.en)
  return fromWorkbook(opened.sheets)
}

const ratesOf = ({ tax, prices = [] }: Model) => [
  tax?.percent,
  prices.flatMap(rule => (rule.kind === 'surcharge' ? [rule.percent] : []))[0],
]

test.each<[Written, number]>([
  [{ value: 0.13, format: '0%' }, 13],
  [{ value: 0.13, format: '0.00%' }, 13],
  [{ value: 0.07, format: '0%' }, 7],
  [{ value: 0.07 + 0.06, format: '0%' }, 13],
  [{ value: 1.5, format: '#,##0%;[Red]-#,##0%' }, 150],
  [{ value: 0.005, format: '0.0%' }, 0.5],
  [{ value: -0.05, format: '0%' }, -5],
  [{ value: '13%' }, 13],
  [{ value: '１３％ ' }, 13],
  [{ value: '0.5%' }, 0.5],
  [{ value: 13 }, 13],
  [{ value: 13, format: '0" %"' }, 13],
  [{ value: 0, format: '0%' }, 0],
])('%j is read as %d percent, of a tax and of a surcharge', async (written, percent) => {
  const read = await withRates(written, written)
  expect(read.ok && ratesOf(read.model)).toEqual([percent, percent])
})

test('a bare fraction is asked about, with the cell and both ways to say it', async () => {
  const read = await withRates({ value: 0.13 }, { value: '0.05' })
  expect(read).toMatchObject({
    ok: false,
    errors: [
      {
        code: 'unclear-percent',
        path: '产品 Product!B9',
        value: '0.13',
        message: { 'zh-CN': '0.13 是 13%，还是 0.13%？', en: 'Does 0.13 mean 13% or 0.13%?' },
        remedy: { en: expect.stringMatching(/write 13\..*0\.13%/) },
      },
      { code: 'unclear-percent', path: '价格 Prices!J7', message: { en: expect.stringMatching(/5% or 0\.05%/) } },
    ],
  })
})

test('every rate comes back from the form as it was, below one percent too', async () => {
  const rate = fc.oneof(
    fc.integer({ min: -99, max: 99 }),
    fc.integer({ min: -9999, max: 9999 }).map(value => value / 10_000),
  )
  await fc.assert(
    fc.asyncProperty(rate, async percent => {
      const written = toWorkbook({ ...exampleProduct, prices: [{ id: 'more', kind: 'surcharge', percent }] })
      const read = fromWorkbook(written.ok ? written.sheets : [])
      expect(read.ok && ratesOf(read.model)[1]).toBe(percent)
    }),
    { numRuns: 50 },
  )
})
