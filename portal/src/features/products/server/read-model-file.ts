import { compile, type Model, type ModelError } from '@fettle/engine'
import { detectFormat, importModel } from '@fettle/engine/formats'
import { checkModel, type Finding } from '../core/checks/index.ts'
import { presentationOf } from './presentation.ts'
import type { ProvedModel } from './write-version.ts'

export interface ModelFile {
  fileName: string
  text: string
}

/** A model file as it can be kept: the model as JSON text, proved to have a valid selection, with what the catalogue says of it and what the checks found. */
export type ReadModel = ({ ok: true; findings: Finding[] } & ProvedModel) | { ok: false; errors: ModelError[] }

/** After so long, what the checks find is no longer explained: the file has to be read in time. ms */
const checkingMs = 10_000

/** Reads and checks a model file. May take as long as the model is hard: run it where nobody waits, see read-model-apart.ts. */
export function readModelFile({ fileName, text }: ModelFile): ReadModel {
  const checkUntil = performance.now() + checkingMs
  const read = importModel(fileName, text)
  if (!read.ok) return read
  const sourceFormat = detectFormat(fileName, text)!
  const result = compile(sourceFormat === 'json' ? read.model : named(read.model, fileName))
  if (!result.ok) return result
  const { model } = result.compiled
  const presentation = presentationOf(result.compiled)
  return {
    ok: true,
    id: model.id,
    version: model.version,
    json: JSON.stringify(model),
    presentation,
    notes: read.notes,
    sourceFormat,
    findings: checkModel(result.compiled, presentation.selection, { shouldStop: () => performance.now() > checkUntil }),
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
