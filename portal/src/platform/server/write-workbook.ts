import { writeXlsx } from 'hucre/xlsx'
import { sheetName, workbookText } from './spreadsheet.ts'

/** A sheet of texts that is filled in or read by people. */
export interface PlainSheet {
  name: string
  /** in characters */
  widths: readonly number[]
  /** the first is the head, which stays in sight */
  rows: readonly (readonly string[])[]
}

/** A small workbook of several sheets whose cells are texts, also when somebody types into them: nothing becomes a number, a date or a formula. */
export async function writeWorkbook(sheets: readonly PlainSheet[]): Promise<Buffer> {
  const bytes = await writeXlsx({
    sheets: sheets.map(({ name, widths, rows }) => ({
      name: sheetName(name),
      columns: widths.map(width => ({ width, numFmt: '@' })),
      rows: rows.map(row => row.map(cell => (cell === '' ? null : workbookText(cell)))),
      cells: new Map(
        rows.flatMap((row, y) =>
          row.map(
            (cell, x) =>
              [
                `${y},${x}`,
                {
                  value: cell === '' ? null : workbookText(cell),
                  type: cell === '' ? ('empty' as const) : ('string' as const),
                  style: { numFmt: '@', ...(y === 0 ? { font: { bold: true } } : {}) },
                },
              ] as const,
          ),
        ),
      ),
      freezePane: { rows: 1 },
    })),
  })
  return Buffer.from(bytes)
}
