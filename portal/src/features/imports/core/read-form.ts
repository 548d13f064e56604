import { type CellValue, columnName, type WorkbookSheet } from '#platform/core'
import { readValue, wordsOf } from './cell-values.ts'
import { type Finding, type FindingCode, finding, type Place } from './findings.ts'
import { bilingual, columnsOf, exampleMark, type FormColumn, form, means, mostRows, type SheetKind, sheetKinds } from './form.ts'

/** A row of a file as it was read. */
export interface FileRow {
  kind: SheetKind
  /** as the file names it */
  sheet: string
  /** as Excel counts, from 1 */
  row: number
  /** what was understood, by field; a field that is empty is not there */
  values: Readonly<Record<string, string>>
  findings: readonly Finding[]
}

export interface ReadForm {
  rows: FileRow[]
  /** of the file and its sheets, not of single rows. One of level error: nothing can be imported */
  findings: Finding[]
}

/**
 * Reads companies, contacts and machines from a workbook, headings in either language, each sheet optional. A company that only
 * contacts or machines name gets a row of its own, at the place where it is named first.
 */
export function readForm(sheets: readonly WorkbookSheet[], today: string): ReadForm {
  const findings: Finding[] = []
  const found = new Map<SheetKind, WorkbookSheet>()
  for (const sheet of sheets) {
    const kind = sheetKinds.find(one => means(sheet.name, form[one]))
    const place = { sheet: sheet.name, row: null, column: null }
    if (kind && found.has(kind)) findings.push(finding('double-sheet', place))
    else if (kind) found.set(kind, sheet)
    else if (!/说明|guide/i.test(sheet.name) && sheet.rows.some(row => row?.some(isFilled)))
      findings.push(finding('sheet-not-read', place))
  }
  const file = { sheet: '', row: null, column: null }
  if (found.size === 0) return { rows: [], findings: [finding('no-sheet', file)] }
  const rows = sheetKinds.flatMap(kind => (found.has(kind) ? readSheet(kind, found.get(kind)!, today, findings) : []))
  if (rows.length > mostRows) return { rows: [], findings: [finding('too-many-rows', file, null, { rows: String(rows.length) })] }
  if (rows.length === 0 && !findings.some(({ level }) => level === 'error')) findings.push(finding('no-rows', file))
  return { rows, findings }
}

interface Heading {
  column: FormColumn
  at: number
}

function readSheet(kind: SheetKind, sheet: WorkbookSheet, today: string, findings: Finding[]): FileRow[] {
  const head = findHeadings(kind, sheet)
  if (!head) {
    if (sheet.rows.some(row => row?.some(isFilled)))
      findings.push(finding('no-headings', { sheet: sheet.name, row: null, column: null }))
    return []
  }
  const problems = checkHeadings(kind, sheet, head)
  findings.push(...problems)
  if (problems.some(({ level }) => level === 'error')) return []
  const cells = new JoinedCells(sheet)
  const rows: FileRow[] = []
  for (let at = head.row + 1; at < sheet.rows.length; at++) {
    const row = readRow(kind, sheet, head.headings, at, cells)
    if (row) rows.push(kind === 'machine' ? checkDates(row, head.headings, today) : row)
  }
  return kind === 'machine' ? checkZeros(rows, sheet, head.headings) : rows
}

/** The row of the first ten in which most headings are known; null where none has any. */
function findHeadings(kind: SheetKind, sheet: WorkbookSheet): { row: number; headings: Heading[] } | null {
  let best: { row: number; headings: Heading[] } | null = null
  for (const [row, cells] of sheet.rows.slice(0, 10).entries()) {
    const headings = (cells ?? []).flatMap((cell, at): Heading[] => {
      const words = wordsOf(cell)
      const column = words === '' ? undefined : columnsOf(kind).find(one => means(words, one))
      return column ? [{ column, at }] : []
    })
    if (headings.length > (best?.headings.length ?? 0)) best = { row, headings }
  }
  return best
}

function checkHeadings(
  kind: SheetKind,
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
  for (const column of columnsOf(kind))
    if (column.required && !seen.has(column.field))
      problems.push(finding('missing-heading', place(null), null, { name: column.title }))
  for (const [at, cell] of (sheet.rows[row] ?? []).entries())
    if (isFilled(cell) && !headings.some(heading => heading.at === at)) problems.push(finding('unknown-heading', place(at), cell))
  return problems
}

function readRow(
  kind: SheetKind,
  sheet: WorkbookSheet,
  headings: readonly Heading[],
  at: number,
  cells: JoinedCells,
): FileRow | null {
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
  if (exampleMark.test((kind === 'company' ? values.name : values.company) ?? '')) return null
  if (kind === 'contact' && !values.phone && !values.email)
    findings.push(finding('unreachable', { sheet: sheet.name, row: at + 1, column: null }))
  return { kind, sheet: sheet.name, row: at + 1, values, findings }
}

function checkDates(row: FileRow, headings: readonly Heading[], today: string): FileRow {
  const { deliveredOn, warrantyUntil } = row.values
  const place = (field: string): Place => {
    const { at, column } = headings.find(heading => heading.column.field === field)!
    return { sheet: row.sheet, row: row.row, column: `${columnName(at)} ${bilingual(column.title)}` }
  }
  const findings = [...row.findings]
  if (deliveredOn && deliveredOn > today) findings.push(finding('date-future', place('deliveredOn'), deliveredOn))
  if (deliveredOn && warrantyUntil && warrantyUntil < deliveredOn)
    findings.push(finding('warranty-first', place('warrantyUntil'), warrantyUntil))
  return { ...row, findings }
}

/** A number among serial numbers that is shorter than most of its column: Excel drops zeros in front of numbers. */
function checkZeros(rows: FileRow[], sheet: WorkbookSheet, headings: readonly Heading[]): FileRow[] {
  const heading = headings.find(({ column }) => column.field === 'serial')!
  const lengths = rows.flatMap(({ values }) => (/^\d+$/.test(values.serial ?? '') ? [values.serial!.length] : []))
  const usual = lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0
  const column = `${columnName(heading.at)} ${bilingual(heading.column.title)}`
  return rows.map(row => {
    const cell = sheet.rows[row.row - 1]?.[heading.at]
    if (typeof cell !== 'number' || (row.values.serial?.length ?? usual) >= usual) return row
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

const isFilled = (cell: CellValue | undefined): cell is Exclude<CellValue, null> =>
  cell !== null && cell !== undefined && wordsOf(cell) !== ''
