import { type CellValue, columnName, type WorkbookSheet } from '#platform/core'
import { readValue, wordsOf } from './cell-values.ts'
import { type Finding, type FindingCode, finding, type Place } from './findings.ts'
import { bilingual, type FormColumn, means } from './form.ts'

/** A row of a sheet as it was read. */
export interface TableRow {
  /** as the file names it */
  sheet: string
  /** as Excel counts, from 1 */
  row: number
  /** what was understood, by field; a field that is empty is not there */
  values: Readonly<Record<string, string>>
  findings: readonly Finding[]
}

export interface ReadTable {
  rows: TableRow[]
  /** of the sheet, not of single rows. One of level error: there are no rows */
  findings: Finding[]
  /** where a cell of a row stands, for what is found out about it later. field: a column the sheet has */
  place(row: TableRow, field: string): Place
}

/** Reads a sheet below its headings, which may stand in either language and in any of its first ten rows. */
export function readTable(columns: readonly FormColumn[], sheet: WorkbookSheet): ReadTable {
  const place: ReadTable['place'] = ({ row }, field) => {
    const heading = head?.headings.find(({ column }) => column.field === field)
    const column = heading ? `${columnName(heading.at)} ${bilingual(heading.column.title)}` : null
    return { sheet: sheet.name, row, column }
  }
  const head = findHeadings(columns, sheet)
  if (!head) {
    const filled = sheet.rows.some(row => row?.some(isFilled))
    const findings = filled ? [finding('no-headings', { sheet: sheet.name, row: null, column: null })] : []
    return { rows: [], findings, place }
  }
  const findings = checkHeadings(columns, sheet, head)
  if (findings.some(({ level }) => level === 'error')) return { rows: [], findings, place }
  const cells = new JoinedCells(sheet)
  let rows: TableRow[] = []
  for (let at = head.row + 1; at < sheet.rows.length; at++) {
    const row = readRow(sheet, head.headings, at, cells)
    if (row) rows.push(row)
  }
  for (const heading of head.headings) if (heading.column.kind === 'serial') rows = checkZeros(rows, sheet, heading)
  return { rows, findings, place }
}

interface Heading {
  column: FormColumn
  at: number
}

/** The row of the first ten in which most headings are known; null where none has any. */
function findHeadings(columns: readonly FormColumn[], sheet: WorkbookSheet): { row: number; headings: Heading[] } | null {
  let best: { row: number; headings: Heading[] } | null = null
  for (const [row, cells] of sheet.rows.slice(0, 10).entries()) {
    const headings = (cells ?? []).flatMap((cell, at): Heading[] => {
      const words = wordsOf(cell)
      const column = words === '' ? undefined : columns.find(one => means(words, one))
      return column ? [{ column, at }] : []
    })
    if (headings.length > (best?.headings.length ?? 0)) best = { row, headings }
  }
  return best
}

function checkHeadings(
  columns: readonly FormColumn[],
  sheet: WorkbookSheet,
  { row, headings }: { row: number; headings: Heading[] },
): Finding[] {
  const place = (at: number | null): Place => ({ sheet: sheet.name, row: row + 1, column: at === null ? null : columnName(at) })
  const problems: Finding[] = []
  const seen = new Set<string>()
  for (const { column, at } of headings) {
    if (seen.has(column.field))
      problems.push(finding('double-heading', place(at), bilingual(column.title), { name: column.title }))
    seen.add(column.field)
  }
  for (const column of columns)
    if (column.required && !seen.has(column.field))
      problems.push(finding('missing-heading', place(null), null, { name: column.title }))
  for (const [at, cell] of (sheet.rows[row] ?? []).entries())
    if (isFilled(cell) && !headings.some(heading => heading.at === at)) problems.push(finding('unknown-heading', place(at), cell))
  return problems
}

function readRow(sheet: WorkbookSheet, headings: readonly Heading[], at: number, cells: JoinedCells): TableRow | null {
  if (!headings.some(heading => isFilled(cells.at(at, heading.at).value) || sheet.unsolved.has(`${at},${heading.at}`)))
    return null
  const values: Record<string, string> = {}
  const findings: Finding[] = []
  const say = (code: FindingCode, { at: column, column: { title } }: Heading, value: unknown, more = {}) =>
    findings.push(
      finding(code, { sheet: sheet.name, row: at + 1, column: `${columnName(column)} ${bilingual(title)}` }, value, {
        name: title,
        ...more,
      }),
    )
  for (const heading of headings) {
    const { value: cell, joined } = cells.at(at, heading.at)
    const { column } = heading
    if (joined === 'across') say('merged', heading, cell)
    if (joined === 'down-first') say('merged-down', heading, cell)
    if (sheet.unsolved.has(`${at},${heading.at}`)) say('formula', heading, null)
    else if (typeof cell === 'string' && /^#(?:REF|DIV\/0|VALUE|NAME|N\/A|NULL|NUM)[!?]?$/.test(cell))
      say('formula-failed', heading, cell)
    else if (isFilled(cell)) {
      const read = readValue(column.kind, cell)
      if (read.finding) say(read.finding, heading, cell)
      if (read.value !== null && [...read.value].length > column.most)
        say('too-long', heading, read.value, { most: String(column.most) })
      else if (read.value) values[column.field] = read.value
      else if (!read.finding && column.required) say('missing', heading, null)
    } else if (column.required) say('missing', heading, null)
  }
  return { sheet: sheet.name, row: at + 1, values, findings }
}

/** A number among serial numbers that is shorter than most of its column: Excel drops zeros in front of numbers. */
function checkZeros(rows: TableRow[], sheet: WorkbookSheet, { at, column: { field, title } }: Heading): TableRow[] {
  const lengths = rows.flatMap(({ values }) => (/^\d+$/.test(values[field] ?? '') ? [values[field]!.length] : []))
  const usual = lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0
  const column = `${columnName(at)} ${bilingual(title)}`
  return rows.map(row => {
    const cell = sheet.rows[row.row - 1]?.[at]
    if (typeof cell !== 'number' || (row.values[field]?.length ?? usual) >= usual) return row
    return { ...row, findings: [...row.findings, finding('zeros-lost', { sheet: row.sheet, row: row.row, column }, cell)] }
  })
}

/** More cells than this are not looked at for being joined: nobody joins so many by hand. */
const mostJoined = 200_000

/** The cells of a sheet with what joined cells mean: joined downwards, each row has the value; across columns, nobody knows. */
class JoinedCells {
  readonly #sheet: WorkbookSheet
  readonly #down = new Map<string, { value: CellValue; first: boolean }>()
  readonly #across = new Set<string>()

  constructor(sheet: WorkbookSheet) {
    this.#sheet = sheet
    let left = mostJoined
    for (const { startRow, endRow, startCol, endCol } of sheet.merges) {
      const last = Math.min(endRow, sheet.rows.length - 1, startRow + left)
      left -= Math.max(0, last - startRow + 1)
      if (left <= 0) return
      for (let row = startRow; row <= last; row++) this.#join(row, startRow, startCol, Math.min(endCol, startCol + 50))
    }
  }

  #join(row: number, startRow: number, startCol: number, endCol: number): void {
    if (startCol === endCol) {
      const value = this.#sheet.rows[startRow]?.[startCol] ?? null
      this.#down.set(`${row},${startCol}`, { value, first: row === startRow })
    } else for (let column = startCol; column <= endCol; column++) this.#across.add(`${row},${column}`)
  }

  at(row: number, column: number): { value: CellValue; joined?: 'down-first' | 'across' } {
    const joined = this.#down.get(`${row},${column}`)
    if (joined) return { value: joined.value, ...(joined.first && isFilled(joined.value) ? { joined: 'down-first' } : {}) }
    const value = this.#sheet.rows[row]?.[column] ?? null
    return this.#across.has(`${row},${column}`) ? { value, joined: 'across' } : { value }
  }
}

export const isFilled = (cell: CellValue | undefined): cell is Exclude<CellValue, null> =>
  cell !== null && cell !== undefined && wordsOf(cell) !== ''
