import type { Model, ModelError } from '@fettle/engine'
import { detectFormat, importModel } from '@fettle/engine/formats'
import { fromWorkbook } from '../core/workbook/index.ts'
import type { ModelFile, TellProgress } from './read-model-file.ts'
import { oldFormat } from './workbook/problems.ts'
import { isWorkbook, readWorkbook } from './workbook/read-workbook.ts'

export type OpenedModel =
  | {
      ok: true
      /** still to be compiled */
      model: Model
      notes: ModelError[]
      /** json, uvl, featureide, dimacs or xlsx */
      sourceFormat: string
      /** an error about the model with its place in the file, where the file is not the model itself */
      locate<E extends ModelError>(error: E): E
    }
  | { ok: false; errors: ModelError[] }

/** A model file of any format, told apart by its content. */
export async function openModelFile({ fileName, text, bytes }: ModelFile, tell: TellProgress): Promise<OpenedModel> {
  if (bytes && isWorkbook(bytes)) return openWorkbook(fileName, bytes, tell)
  if (/\.(csv|tsv)$/i.test(fileName)) return { ok: false, errors: [oldFormat(fileName, 'CSV')] }
  const words = text ?? new TextDecoder().decode(bytes)
  const read = importModel(fileName, words)
  return read.ok ? { ...read, sourceFormat: detectFormat(fileName, words)!, locate: error => error } : read
}

async function openWorkbook(fileName: string, bytes: Uint8Array, tell: TellProgress): Promise<OpenedModel> {
  tell({ step: 'opening' })
  const workbook = await readWorkbook(fileName, bytes)
  if (!workbook.ok) return workbook
  const read = fromWorkbook(workbook.sheets, (sheet, row, rows) => tell({ step: 'reading', sheet, row, rows }))
  if (!read.ok) return read
  return {
    ok: true,
    model: read.model,
    notes: [...workbook.notes, ...read.notes],
    sourceFormat: 'xlsx',
    locate: error => ({ ...error, ...read.locate(error) }),
  }
}
