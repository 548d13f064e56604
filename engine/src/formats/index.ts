import type { Model } from '../model.ts'
import type { Rulebook } from '../rules.ts'
import { validate } from '../validate.ts'
import { exportCoom } from './coom/export.ts'
import { importCoom } from './coom/import.ts'
import { exportDimacs } from './dimacs/export.ts'
import { importDimacs } from './dimacs/import.ts'
import type { ExportResult } from './export/lost.ts'
import { exportFeatureIde } from './featureide/export.ts'
import { importFeatureIde } from './featureide/import.ts'
import { atMostSoMany, MAX_CHARACTERS } from './limits.ts'
import { fail, guarded, type ImportOptions, type ImportResult } from './problem.ts'
import { exportUvl } from './uvl/export.ts'
import { importUvl } from './uvl/import.ts'

export { importCoom } from './coom/import.ts'
export { type CoomInput, readCoomInput } from './coom/user-input.ts'
export { type Dimacs, importDimacs, readDimacs } from './dimacs/import.ts'
export type { ExportResult } from './export/lost.ts'
export { importFeatureIde } from './featureide/import.ts'
export type { ImportOptions, ImportResult } from './problem.ts'
export { importUvl } from './uvl/import.ts'

export type Format = 'json' | 'uvl' | 'featureide' | 'dimacs' | 'coom'

/** By content first, then by the file's ending; undefined where neither says. */
export function detectFormat(fileName: string, text: string): Format | undefined {
  const start = text
    .slice(0, 4000)
    .replace(/^\ufeff/, '')
    .trimStart()
  if (start.startsWith('{') || start.startsWith('[')) return 'json'
  if (start.startsWith('<')) return 'featureide'
  if (/^(?:p\s+cnf|c \d+)\s/m.test(start) || /\.(dimacs|cnf)$/i.test(fileName)) return 'dimacs'
  if (/^(namespace|include|imports|features)\b/m.test(start) || /\.uvl$/i.test(fileName)) return 'uvl'
  if (/^(?:product\s*\{|(?:structure|enumeration|behavior)\b)/m.test(start) || /\.coom$/i.test(fileName)) return 'coom'
  if (/\.json$/i.test(fileName)) return 'json'
  if (/\.xml$/i.test(fileName)) return 'featureide'
  return undefined
}

const IMPORTERS: Record<Format, (text: string, options: ImportOptions) => ImportResult> = {
  json: importJson,
  uvl: importUvl,
  featureide: importFeatureIde,
  dimacs: importDimacs,
  coom: importCoom,
}

/** Any file Fettle can read as a model. The model still has to pass `compile`. */
export function importModel(fileName: string, text: string, options: ImportOptions = {}): ImportResult {
  const format = detectFormat(fileName, text)
  if (format)
    return guarded(() => {
      atMostSoMany(text.length, MAX_CHARACTERS, '1:1', '文件的字符数', 'characters')
      return IMPORTERS[format](text, { fileName, ...options })
    })
  return guarded(() =>
    fail(
      'unknown-format',
      '1:1',
      fileName,
      ['无法识别该文件的格式', '请选择 Fettle 模型（JSON）、UVL、FeatureIDE XML、DIMACS 或 COOM 文件'],
      ['The format of this file is not known', 'Choose a Fettle model (JSON), UVL, FeatureIDE XML, DIMACS or COOM file'],
    ),
  )
}

/** What a model can be written as. The model itself is JSON already. */
export type ExportFormat = 'uvl' | 'featureide' | 'dimacs' | 'coom'

const EXPORTERS: Record<ExportFormat, (rulebook: Rulebook) => ExportResult> = {
  uvl: exportUvl,
  featureide: exportFeatureIde,
  dimacs: exportDimacs,
  coom: exportCoom,
}

/**
 * A model as a file of other tools. What the format cannot express is in `notes`, by JSON pointer into the model; whatever is written
 * means what the model means. `errors`: it is no valid model, or nested deeper than readers take.
 */
export function exportModel(model: Model, format: ExportFormat): ExportResult {
  const { rulebook, errors } = validate(model)
  if (!rulebook) return { ok: false, errors }
  return guarded(() => EXPORTERS[format](rulebook))
}

function importJson(text: string): ImportResult {
  return guarded(() => {
    const json = parseJson(text.replace(/^\ufeff/, ''))
    const format = isRecord(json) ? json.format : undefined
    if (format !== 'fettle-model/1')
      fail(
        'unknown-format',
        '/format',
        String(format ?? ''),
        ['这不是 Fettle 模型', '请写上 "format": "fettle-model/1"'],
        ['This is not a Fettle model', 'Write "format": "fettle-model/1"'],
      )
    return { ok: true, model: json as unknown as Model, notes: [] }
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const offset = brokenAt(text)
    const before = text.slice(0, offset).split('\n')
    return fail(
      'syntax',
      `${before.length}:${before.at(-1)!.length + 1}`,
      text.slice(offset, offset + 30),
      ['JSON 有误。文件可能不完整', '请更正这一处，或重新获取完整的文件'],
      ['The JSON is broken here; the file may be cut off', 'Correct this place, or get the whole file'],
    )
  }
}

/** Where reading stops: the longest beginning that only lacks its end. Not every JavaScript engine says. */
function brokenAt(text: string): number {
  const onlyLacksItsEnd = (end: number) => {
    try {
      JSON.parse(text.slice(0, end))
      return true
    } catch (error) {
      const said = String(error)
      return (
        /end of JSON|end of data|EOF|Unterminated/i.test(said) ||
        said.includes(`position ${end} `) ||
        said.endsWith(`position ${end}`)
      )
    }
  }
  let good = 0
  let bad = text.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (onlyLacksItsEnd(middle)) good = middle
    else bad = middle
  }
  return good
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
