import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { readXlsx } from 'hucre/xlsx'
import type { CellValue, WorkbookSheet } from '../core/index.ts'

/** What the thread is given. */
export interface WorkbookOrder {
  path: string
  /** rows read of one sheet */
  rows: number
  /** columns read */
  columns: number
}

const { path, rows, columns } = workerData as WorkbookOrder
const { sheets } = await readXlsx(new Uint8Array(readFileSync(path)), { maxRows: rows + 1 })
parentPort!.postMessage(
  sheets.map(({ name, rows: all, merges = [], cells }): WorkbookSheet => {
    const unsolved = [...(cells ?? [])].flatMap(([place, { type, value }]) =>
      type === 'formula' && isNothing(value) ? [place] : [],
    )
    return {
      name,
      rows: all.map(row => row.slice(0, columns)),
      merges: merges.map(({ startRow, startCol, endRow, endCol }) => ({ startRow, startCol, endRow, endCol })),
      unsolved: new Set(unsolved),
    }
  }),
)

function isNothing(value: CellValue | undefined): boolean {
  return value === null || value === undefined || value === ''
}
