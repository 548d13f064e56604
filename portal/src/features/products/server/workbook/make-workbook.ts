import type { Model, ModelError } from '@fettle/engine'
import { toWorkbook } from '../../core/workbook/index.ts'
import { writeWorkbook } from './write-workbook.ts'

export type MadeWorkbook = { ok: true; bytes: Uint8Array } | { ok: false; error: ModelError }

/** A model as an .xlsx file of the product form. A large one takes seconds: see writeWorkbookApart. */
export async function makeWorkbook(model: Model): Promise<MadeWorkbook> {
  const written = toWorkbook(model)
  return written.ok ? { ok: true, bytes: await writeWorkbook(written.sheets) } : written
}
