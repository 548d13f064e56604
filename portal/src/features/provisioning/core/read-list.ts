import { checkDates, exampleMark, type Finding, type ReadTable, readTable, type TableRow } from '#features/imports/core'
import type { WorkbookSheet } from '#platform/core'
import { listFinding } from './list-findings.ts'
import { listColumns, mostMachines } from './list-form.ts'

export interface ReadList {
  rows: TableRow[]
  /** of the file, not of single rows. One of level error: nothing is registered */
  findings: Finding[]
  place: ReadTable['place']
}

/** Reads the machines of a file: of the first sheet that has any. today: YYYY-MM-DD */
export function readList(sheets: readonly WorkbookSheet[], today: string): ReadList {
  const filled = sheets.filter(
    ({ name, rows }) => !/说明|guide/i.test(name) && rows.some(row => row?.some(cell => cell !== null)),
  )
  const file = { sheet: '', row: null, column: null }
  const [sheet, ...others] = filled
  if (!sheet) return { rows: [], findings: [listFinding('no-machines', file)], place: () => file }
  const table = readTable(listColumns, sheet)
  const rows = table.rows
    .filter(({ values }) => !exampleMark.test(values.serial ?? ''))
    .map(row => ({ ...row, findings: [...row.findings, ...checkDates(row, table.place, today)] }))
  const findings = [...table.findings, ...others.map(({ name }) => listFinding('other-sheet', { ...file, sheet: name }))]
  if (rows.length > mostMachines)
    findings.push(listFinding('too-many-machines', file, null, { rows: String(rows.length), most: String(mostMachines) }))
  if (rows.length === 0 && !findings.some(({ level }) => level === 'error')) findings.push(listFinding('no-machines', file))
  return { rows: rows.length > mostMachines ? [] : rows, findings, place: table.place }
}
