import { type ExportFormat, exportModel, importModel } from '../src/formats/index.ts'
import type { Model } from '../src/model.ts'

const ENDINGS = { uvl: 'uvl', featureide: 'xml', dimacs: 'dimacs', coom: 'coom' }

/** A model written in a format; throws where it cannot be. */
export function written(model: Model, format: ExportFormat) {
  const result = exportModel(model, format)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result
}

/** The model that a written file is read as. */
export function readAgain(text: string, format: ExportFormat): Model {
  const result = importModel(`again.${ENDINGS[format]}`, text)
  if (!result.ok) throw new Error(`${JSON.stringify(result.errors[0])}\n${text}`)
  return result.model
}
