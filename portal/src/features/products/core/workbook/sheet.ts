/** What a cell holds, as a spreadsheet knows it. */
export type CellValue = string | number | boolean | Date | null

/** One sheet of a workbook as plain cells. Rows and columns count from 0. */
export interface Sheet {
  name: string
  /** a missing cell or row is an empty one */
  rows: readonly (readonly CellValue[] | undefined)[]
  merges?: readonly Merge[]
  /** "row,column" of cells that hold a formula for which the file has no result */
  unsolved?: ReadonlySet<string>
  /** "row,column" of numbers that are shown as percentages: 0.13 there reads 13% */
  percentages?: ReadonlySet<string>
}

/** Both ends inclusive. */
export interface Merge {
  startRow: number
  startCol: number
  endRow: number
  endCol: number
}

/** A sheet to be written: cells, and how they are to look. */
export interface WrittenSheet extends Sheet {
  rows: CellValue[][]
  layout: {
    columns: { width: number; kind: ColumnKind; choices?: readonly string[] }[]
    /** rows with headings, by index; one that explains the columns follows each */
    headings: readonly number[]
    /** rows that stay in sight */
    frozen: number
  }
}

export type ColumnKind = 'text' | 'number' | 'money'

/** A place in a workbook. Row and column from 0. */
export interface Place {
  sheet: string
  row: number
  column: number
}

/** 0 is A, 26 is AA. */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? columnName(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}

/** As one types it into the name box: "C12". */
export const cellName = ({ row, column }: Omit<Place, 'sheet'>): string => `${columnName(column)}${row + 1}`

/** More filled rows than this are not read from one sheet. */
export const mostRows = 50_000
/** Excel's bound for the text of one cell, in UTF-16 units. */
export const mostCharacters = 32_767
/** Excel allows 16,384; nobody draws up more than this by hand. */
export const mostColumns = 2_000
