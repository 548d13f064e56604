import { compile, type Model, type ModelError } from '@fettle/engine'
import { detectFormat, importModel } from '@fettle/engine/formats'
import { type Presentation, presentationOf } from './presentation.ts'

export interface ModelFile {
  fileName: string
  text: string
}

/** A model file as it can be kept: the model as JSON text, proved to have a valid selection, with what the catalogue says of it. */
export type ReadModel =
  | { ok: true; id: string; version: string; json: string; presentation: Presentation; notes: ModelError[]; sourceFormat: string }
  | { ok: false; errors: ModelError[] }

/** Reads and checks a model file. May take as long as the model is hard: run it where nobody waits, see read-model-apart.ts. */
export function readModelFile({ fileName, text }: ModelFile): ReadModel {
  const read = importModel(fileName, text)
  if (!read.ok) return read
  const sourceFormat = detectFormat(fileName, text)!
  const result = compile(sourceFormat === 'json' ? read.model : named(read.model, fileName))
  if (!result.ok) return result
  const { model } = result.compiled
  return {
    ok: true,
    id: model.id,
    version: model.version,
    json: JSON.stringify(model),
    presentation: presentationOf(result.compiled),
    notes: read.notes,
    sourceFormat,
  }
}

/**
 * Feature models often call their root "root", so two files of two products would be versions of one: those go by the
 * name of their file.
 */
function named(model: Model, fileName: string): Model {
  const stem = fileName.replace(/\.\w+$/, '')
  if (!/^(root|model|feature_?model|product|p)$/i.test(model.id) || !stem) return model
  return { ...model, id: stem, name: { 'zh-CN': stem, en: stem } }
}
