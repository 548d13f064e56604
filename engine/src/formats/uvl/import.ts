import { guarded, type ImportOptions, type ImportResult } from '../problem.ts'
import { treeToModel } from '../tree/tree-to-model.ts'
import { parseUvl } from './parse.ts'

/**
 * A UVL file (Universal Variability Language) as a model. Errors and notes carry line:column.
 * A String feature becomes a choice of the texts that constraints compare it with, and another one. A numeric feature or attribute is 0
 * in arithmetic while its feature is not chosen, and a text is empty; an attribute of a feature with several instances counts once
 * for each. Noted as not expressed: texts in order, rounding inside other arithmetic, instances with choices of their own that a
 * constraint names, and what belongs to imported files. Everything else constrains.
 */
export function importUvl(text: string, options: ImportOptions = {}): ImportResult {
  return guarded(() => treeToModel(parseUvl(text), options))
}
