import { compile, type Model, type ModelError } from '@fettle/engine'
import type { Language } from '#platform/core'
import { checkModel, type Finding } from '../core/checks/index.ts'
import type { ImportProgress } from '../core/import-progress.ts'
import { openModelFile } from './open-model-file.ts'
import { presentationOf } from './presentation.ts'
import type { ProvedModel } from './write-version.ts'

/** A file as it came: its bytes, or the text of one that is text. */
export interface ModelFile {
  fileName: string
  text?: string | undefined
  bytes?: Uint8Array | undefined
  /** in which its texts are read; absent: all */
  languages?: readonly Language[] | undefined
}

/** A model file as it can be kept: the model as JSON text, proved to have a valid selection, with what the catalogue says of it and what the checks found. */
export type ReadModel = ({ ok: true; findings: Finding[] } & ProvedModel) | { ok: false; errors: ModelError[] }

/** Hears how far the reading is, very often. */
export type TellProgress = (progress: ImportProgress) => void

/** After so long, what the checks find is no longer explained: the file has to be read in time. ms */
const checkingMs = 10_000

/** Reads and checks a model file. May take as long as the model is hard: run it where nobody waits, see read-model-apart.ts. */
export async function readModelFile(file: ModelFile, tell: TellProgress): Promise<ReadModel> {
  const checkUntil = performance.now() + checkingMs
  const read = await openModelFile(file, tell)
  if (!read.ok) return read
  tell({ step: 'checking' })
  const { sourceFormat, locate } = read
  const itsOwnName = sourceFormat === 'json' || sourceFormat === 'xlsx'
  const result = compile(itsOwnName ? read.model : named(read.model, file.fileName))
  if (!result.ok) return { ok: false, errors: result.errors.map(locate) }
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
    findings: checkModel(
      result.compiled,
      presentation.selection,
      { shouldStop: () => performance.now() > checkUntil },
      file.languages,
    ).map(locate),
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
