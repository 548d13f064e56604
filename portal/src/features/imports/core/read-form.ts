import type { WorkbookSheet } from '#platform/core'
import { type Finding, finding } from './findings.ts'
import { columnsOf, exampleMark, form, means, mostRows, type SheetKind, sheetKinds } from './form.ts'
import { isFilled, type ReadTable, readTable, type TableRow } from './read-table.ts'

/** A row of a file as it was read. */
export interface FileRow extends TableRow {
  kind: SheetKind
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

function readSheet(kind: SheetKind, sheet: WorkbookSheet, today: string, findings: Finding[]): FileRow[] {
  const table = readTable(columnsOf(kind), sheet)
  findings.push(...table.findings)
  return table.rows
    .filter(({ values }) => !exampleMark.test((kind === 'company' ? values.name : values.company) ?? ''))
    .map(row => {
      const more = kind === 'machine' ? checkDates(row, table.place, today) : kind === 'contact' ? checkWays(row) : []
      return { kind, ...row, findings: [...row.findings, ...more] }
    })
}

const checkWays = ({ sheet, row, values }: TableRow): Finding[] =>
  values.phone || values.email ? [] : [finding('unreachable', { sheet, row, column: null })]

/** Days of delivery and warranty that cannot be, or hardly. */
export function checkDates(row: TableRow, place: ReadTable['place'], today: string): Finding[] {
  const { deliveredOn, warrantyUntil } = row.values
  const findings: Finding[] = []
  if (deliveredOn && deliveredOn > today) findings.push(finding('date-future', place(row, 'deliveredOn'), deliveredOn))
  if (deliveredOn && warrantyUntil && warrantyUntil < deliveredOn)
    findings.push(finding('warranty-first', place(row, 'warrantyUntil'), warrantyUntil))
  return findings
}
