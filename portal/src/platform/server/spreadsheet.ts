import { Readable } from 'node:stream'
import { writeCsvStream } from 'hucre/csv'
import { writeXlsxStream } from 'hucre/xlsx'
import { minorDigits, type SpreadsheetFormat } from '#platform/core'

/** A cell: text, a number, a moment, an amount in minor units of its currency, or nothing. */
export type Cell = string | number | Date | { amount: number; currency: string } | null

export interface SheetColumn {
  title: string
  /** of its cells; a time is shown to the minute. An amount's currency is not shown: give it a column of its own */
  kind: 'text' | 'number' | 'time' | 'money'
  /** in characters */
  width: number
}

export interface Sheet {
  format: SpreadsheetFormat
  /** shown on the tab of the workbook; what Excel does not allow in it is left out */
  name: string
  columns: readonly SheetColumn[]
  /** IANA time zone of what is shown: a spreadsheet has no zones */
  zone: string
}

export const mediaTypes: Record<SpreadsheetFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/**
 * The rows as an Excel workbook or as CSV (RFC 4180, UTF-8 with byte order mark, which Excel needs). A row is asked for when the reader
 * has room for it, and `rows` is returned early when he leaves. Nothing in a text ever becomes a formula: in a workbook it is typed as
 * text, and stays text when it is edited; in CSV, which has no types, an apostrophe stands before it.
 */
export function writeSpreadsheet(sheet: Sheet, rows: AsyncIterable<readonly Cell[]>): Readable {
  const stream = sheet.format === 'xlsx' ? writeWorkbook(sheet, rows) : writeCsv(sheet, rows)
  return Readable.fromWeb(stream as never, { highWaterMark: 1 })
}

function writeWorkbook({ name, columns, zone }: Sheet, rows: AsyncIterable<readonly Cell[]>) {
  const clock = wallClock(zone)
  const value = (cell: Cell) => {
    if (typeof cell === 'string') return workbookText(cell)
    return cell instanceof Date ? clock(cell) : plainNumber(cell)
  }
  return writeXlsxStream(
    map(rows, row => row.map(value)),
    {
      name: sheetName(name),
      columns: columns.map(({ title, kind, width }) => ({ header: workbookText(title), width, numFmt: numberFormats[kind] })),
      freezePane: { rows: 1 },
    },
  )
}

/** ECMA-376 number formats. `@`: text, also when somebody edits it. */
const numberFormats: Record<SheetColumn['kind'], string> = {
  text: '@',
  number: '0',
  time: 'yyyy-mm-dd hh:mm',
  money: '#,##0.00',
}

function writeCsv({ columns, zone }: Sheet, rows: AsyncIterable<readonly Cell[]>) {
  const clock = wallClock(zone)
  const value = (cell: Cell) => {
    if (typeof cell === 'string') return csvText(cell)
    return cell instanceof Date ? clock(cell).toISOString().slice(0, 16).replace('T', ' ') : plainNumber(cell)
  }
  return writeCsvStream(
    map(rows, row => row.map(value)),
    { headers: columns.map(({ title }) => csvText(title)), bom: true, quoteStyle: 'all' },
  )
}

async function* map<From, To>(rows: AsyncIterable<From>, change: (row: From) => To): AsyncGenerator<To> {
  for await (const row of rows) yield change(row)
}

const plainNumber = (cell: Exclude<Cell, string | Date>): number | null =>
  cell === null || typeof cell === 'number' ? cell : cell.amount / 10 ** minorDigits(cell.currency)

/** Excel's bound for a cell, in UTF-16 units. */
const mostCharacters = 32_767

/** What `_x0041_` stands for in a workbook is "A" (ECMA-376, ST_Xstring): an underscore that would begin such a thing is written as one. */
export const workbookText = (text: string): string =>
  bounded(text, mostCharacters)
    .replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
    .replace(/[\ufffe\uffff]/g, sign => `_x${sign.charCodeAt(0).toString(16).toUpperCase()}_`) // XML has no place for them

/** Control characters but tab and line breaks have no place in RFC 4180. */
const csvText = (text: string): string => bounded(neutral(text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')), mostCharacters)

/**
 * What a table calculation takes for a formula where CSV is opened: at the beginning, and where somebody's program separates cells by
 * semicolon, tab or line and so does not see the quotes. Full-width forms count, for some programs fold them. An apostrophe before it is shown by most.
 */
const neutral = (text: string): string => text.replace(formulaStart, "$1'$2").replace(/^(?=[\t\r\n])/, "'")
const formulaStart = /(^|[;\t\r\n])([ \u00a0\u3000\u200b\ufeff"']*)(?=[=+\-@＝＋－﹢﹣＠])/g

function bounded(text: string, most: number): string {
  const whole = text.toWellFormed()
  if (whole.length <= most) return whole
  const head = whole.slice(0, most - 1)
  return `${head.isWellFormed() ? head : head.slice(0, -1)}…`
}

/** Name of a sheet as Excel allows it: 31 characters, none of []:*?/\, no ' at its ends, not "History". */
export function sheetName(name: string): string {
  const allowed = bounded(name.replace(/[[\]:*?/\\\p{Cc}]/gu, ' ').replaceAll("'", '’'), 31).trim()
  return allowed === '' || allowed.toLowerCase() === 'history' ? 'Sheet 1' : allowed
}

/** Moments as dates whose UTC fields are those of the clock on the wall. */
function wallClock(zone: string): (at: Date) => Date {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  return at => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    return new Date(Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute))
  }
}
