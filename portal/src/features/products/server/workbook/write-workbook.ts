import { type CellStyle, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { columnName, type WrittenSheet } from '../../core/workbook/index.ts'

/** The sheets of the product form as an .xlsx file: headings that stay in sight, lists to choose from, pages of A4 across. */
export const writeWorkbook = (sheets: readonly WrittenSheet[]): Promise<Uint8Array> =>
  writeXlsx({ sheets: sheets.map(styled), stringMode: 'shared' })

/** Rows below the last one in which lists are offered too. */
const roomBelow = 500

const numberFormats: Record<WrittenSheet['layout']['columns'][number]['kind'], string> = {
  text: '@', // stays text when it is edited, also where it looks like a date
  number: 'General',
  money: '#,##0.00',
}

const heading: CellStyle = {
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '1F3A5F' } },
  alignment: { wrapText: true, vertical: 'center' },
  numFmt: '@',
}
const explaining: CellStyle = {
  font: { italic: true, size: 9, color: { rgb: '5B6472' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'EEF1F5' } },
  alignment: { wrapText: true, vertical: 'top' },
  numFmt: '@',
}

function styled({ name, rows, layout: { columns, headings, frozen } }: WrittenSheet): WriteSheet {
  const cells = new Map(
    headings.flatMap(row => [...styleRow(rows, row, heading), ...(frozen === 1 ? styleRow(rows, row + 1, explaining) : [])]),
  )
  return {
    name,
    rows: rows.map(row => [...row]),
    columns: columns.map(({ width, kind }) => ({
      width,
      style: { numFmt: numberFormats[kind], alignment: { vertical: 'top', wrapText: kind === 'text' } },
    })),
    cells,
    ...(frozen > 0 && { freezePane: { rows: frozen } }),
    dataValidations: columns.flatMap(({ choices }, column) =>
      choices
        ? [
            {
              type: 'list' as const,
              values: [...choices],
              allowBlank: true,
              showErrorMessage: false, // other ways to say the same are read too
              range: `${columnName(column)}3:${columnName(column)}${rows.length + roomBelow}`,
            },
          ]
        : [],
    ),
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      ...(frozen > 0 && { printTitlesRow: `$1:$${frozen}` }),
    },
  }
}

const styleRow = (rows: WrittenSheet['rows'], row: number, style: CellStyle) =>
  (rows[row] ?? []).map((value, column) => [`${row},${column}`, { value, style }] as const)
