import type { Model } from '@fettle/engine'
import { openModelFile } from './open-model-file.ts'
import { makeWorkbook } from './workbook/make-workbook.ts'

/** A model as it comes back from the product form, written as an Excel file and read as one that somebody imports. Throws where it does not. */
export async function throughForm(model: Model): Promise<Model> {
  const made = await makeWorkbook(model)
  if (!made.ok) throw new Error(made.error.message.en)
  const opened = await openModelFile({ fileName: `${model.id}.xlsx`, bytes: made.bytes }, () => {})
  if (!opened.ok) throw new Error(opened.errors.map(({ path, message }) => `${path}: ${message.en}`).join('\n'))
  return opened.model
}
