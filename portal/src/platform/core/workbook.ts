/** What a cell holds, as a spreadsheet knows it. A date has no zone: its UTC fields are what the cell shows. */
export type CellValue = string | number | boolean | Date | null

/** One sheet of a workbook as plain cells. Rows and columns count from 0. */
export interface WorkbookSheet {
  name: string
  /** a missing cell or row is an empty one */
  rows: readonly (readonly CellValue[] | undefined)[]
  /** cells that were joined: only the first holds the value. Both ends inclusive */
  merges: readonly { startRow: number; startCol: number; endRow: number; endCol: number }[]
  /** "row,column" of cells with a formula for which the file has no result */
  unsolved: ReadonlySet<string>
}

/** 0 is A, 26 is AA. */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}
