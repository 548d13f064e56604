import { guarded, type ImportOptions, type ImportResult } from '../problem.ts'
import { treeToModel } from '../tree/tree-to-model.ts'
import { parseUvl } from './parse.ts'

/**
 * A UVL file (Universal Variability Language) as a model. Errors and notes carry line:column.
 * Texts, avg(), floor() and ceil() of decimals, and features with several instances that have choices of their own are noted as
 * not expressed; everything else constrains. A numeric feature or attribute is 0 in arithmetic while its feature is not chosen;
 * an attribute of a feature with several instances counts once for each.
 */
export function importUvl(text: string, options: ImportOptions = {}): ImportResult {
  return guarded(() => treeToModel(parseUvl(text), options))
}
