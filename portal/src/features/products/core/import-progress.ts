import { type SheetKey, sheetTitles } from './workbook/sheet-titles.ts'

/** How far a model file is: it waits for others, it is opened, the rows of a sheet are read, what they say is checked. */
export type ImportProgress =
  | { step: 'waiting' | 'opening' | 'checking' }
  /** the row as the spreadsheet numbers it, of how many */
  | { step: 'reading'; sheet: SheetKey; row: number; rows: number }

/** The live topic on which imports are told, to whoever began them under an id of his own. */
export const importsTopic = 'imports'

/** As a message of that topic. It says nothing of what the file holds. */
export const progressMessage = (id: string, progress: ImportProgress): string =>
  [id, progress.step, ...(progress.step === 'reading' ? [progress.sheet, progress.row, progress.rows] : [])].join('/')

/** undefined: of another import, or not understood (another portal process may be of another version). */
export function readProgressMessage(id: string | null, message: string | null): ImportProgress | undefined {
  const [of, step, sheet = '', row, rows] = message?.split('/') ?? []
  if (id === null || of !== id) return undefined
  if (step === 'waiting' || step === 'opening' || step === 'checking') return { step }
  if (step !== 'reading' || !Object.hasOwn(sheetTitles, sheet)) return undefined
  return { step, sheet: sheet as SheetKey, row: Number(row), rows: Number(rows) }
}
