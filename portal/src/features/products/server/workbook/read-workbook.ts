import type { ModelError } from '@fettle/engine'
import { HucreError } from 'hucre'
import { type ReadOptions, readXlsx } from 'hucre/xlsx'
import { holdsRates, mostRows, type Sheet } from '../../core/workbook/index.ts'
import * as problems from './problems.ts'
import { readZipDirectory } from './zip-directory.ts'

export type ReadWorkbook = { ok: true; sheets: Sheet[]; notes: ModelError[] } | { ok: false; errors: ModelError[] }

/** Bytes of all parts together, unpacked. A sheet of 20,000 rows has about 20 MB. */
const mostUnpacked = 150_000_000
const megabyte = 1_000_000

/** Whether the bytes begin as a workbook does, of any kind: ZIP, or the container of older files and of those with a password. */
export const isWorkbook = (bytes: Uint8Array): boolean => beginsWith(bytes, zipStart) || beginsWith(bytes, containerStart)

/** The cells of an .xlsx file. Formulas count by the result the file has for them; macros, pictures and links are left alone. */
export async function readWorkbook(fileName: string, bytes: Uint8Array): Promise<ReadWorkbook> {
  const refused = refuse(fileName, bytes)
  if (refused) return { ok: false, errors: [refused] }
  try {
    // what is unpacked is bounded by the directory that was looked at; 10,000 rows more, so that "too many" can be told from "just enough"
    const bounds = { maxRows: mostRows + 10_000 }
    const percentages = await percentagesOf(bytes, bounds)
    const { sheets } = await readXlsx(bytes, bounds)
    const notes = hasMacros(bytes) ? [problems.macrosLeft(fileName)] : []
    return {
      ok: true,
      notes,
      sheets: sheets.map(({ name, rows, merges = [], cells }) => ({
        name,
        rows,
        merges,
        unsolved: unsolvedIn(cells),
        ...(percentages.has(name) && { percentages: percentages.get(name)! }),
      })),
    }
  } catch (error) {
    // the library tells its kinds of damage apart, and what fails inside a damaged part is no error of its own kind
    const spread = error instanceof HucreError && /spans \d+ rows|supported sheet bounds/.test(error.message)
    return { ok: false, errors: [spread ? problems.tooManyCells(fileName) : problems.damaged(fileName)] }
  }
}

/** Why it is not even tried. */
function refuse(fileName: string, bytes: Uint8Array): ModelError | undefined {
  if (beginsWith(bytes, containerStart)) {
    const wide = Buffer.from('EncryptedPackage', 'utf16le')
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(wide)
      ? problems.passwordProtected(fileName)
      : problems.oldFormat(fileName, 'Excel 97–2003 (.xls)')
  }
  const directory = readZipDirectory(bytes)
  if (!directory) return problems.damaged(fileName)
  const { names, unpacked, encrypted } = directory
  if (encrypted) return problems.passwordProtected(fileName)
  if (names.has('xl/workbook.bin')) return problems.oldFormat(fileName, 'Excel Binary (.xlsb)')
  if (names.has('content.xml') && names.has('mimetype')) return problems.oldFormat(fileName, 'OpenDocument (.ods)')
  if (unpacked > mostUnpacked) return problems.tooLarge(fileName, Math.ceil(unpacked / megabyte), mostUnpacked / megabyte)
  return names.has('[Content_Types].xml') ? undefined : problems.damaged(fileName)
}

const hasMacros = (bytes: Uint8Array): boolean => readZipDirectory(bytes)?.names.has('xl/vbaProject.bin') === true

/** By sheet, the cells that show a number as a percentage. Read apart, of the small sheets that hold rates: formats of all cells take too much memory. */
async function percentagesOf(bytes: Uint8Array, bounds: ReadOptions): Promise<Map<string, ReadonlySet<string>>> {
  const { sheets } = await readXlsx(bytes, { ...bounds, sheets: ({ name }) => holdsRates(name), readStyles: true })
  return new Map(
    sheets.map(({ name, cells = new Map() }) => [
      name,
      new Set([...cells].flatMap(([key, { style }]) => (isPercentage(style?.numFmt) ? [key] : []))),
    ]),
  )
}

/** ECMA-376 18.8.31: a percent sign that is neither quoted nor escaped. */
const isPercentage = (format = ''): boolean => /%/.test(format.replace(/"[^"]*"|\\./g, ''))

/** Cells with a formula and no result: a program wrote the file and nobody has opened it since. */
function unsolvedIn(cells: ReadonlyMap<string, { formula?: string; value: unknown }> | undefined): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [key, { formula, value }] of cells ?? [])
    if (formula !== undefined && (value === null || value === undefined)) found.add(key)
  return found
}

const zipStart = [0x50, 0x4b]
const containerStart = [0xd0, 0xcf, 0x11, 0xe0]
const beginsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, i) => bytes[i] === byte)
