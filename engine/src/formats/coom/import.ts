import type { ModelError } from '../../api.ts'
import type { Model } from '../../model.ts'
import { guarded, type ImportOptions, type ImportResult, problem } from '../problem.ts'
import { text as both } from '../tree/groups.ts'
import { expand } from './expand.ts'
import { coarsenGrids } from './grids.ts'
import { parseCoom } from './parse.ts'
import { rulesOf } from './rules.ts'

/**
 * A COOM file as a model. Errors and notes carry line:column. Structures are counted out into instances: what `*` stands for is
 * noted, and `options.instances` sets it. Ids are paths as COOM writes them: `bikes[2].carrier`, `bikes[2].color = Red`.
 * A rule says nothing where something it speaks of is not there; sums leave that out. References, texts, functions beyond
 * count, sum, min, max and avg, soft rules, exists and alldiff are noted as not expressed and constrain nothing.
 */
export function importCoom(text: string, options: ImportOptions = {}): ImportResult {
  return guarded(() => {
    const notes: ModelError[] = []
    const file = parseCoom(text)
    const unknown = unknownPaths(notes)
    const product = expand(file, options.instances, unknown, notes)
    const { constraints, defaults, objectives } = rulesOf(file, product, unknown, notes)
    const name = options.fileName?.replace(/\.\w+$/, '') || 'product'
    const model: Model = {
      format: 'fettle-model/1',
      id: name.toLowerCase().replace(/[^a-z0-9]+/g, '-') || 'product',
      version: '1',
      name: both(name),
      untranslated: true,
      currency: options.currency ?? 'CNY',
      attributes: product.attributes,
      groups: product.groups,
      constraints,
      ...(defaults.length > 0 && { defaults }),
      ...(objectives.length > 0 && { objectives }),
    }
    coarsenGrids(model)
    return { ok: true, model, notes }
  })
}

/** Notes once for each place that a path leads nowhere. */
function unknownPaths(notes: ModelError[]): (at: string, path: string) => void {
  const told = new Set<string>()
  return (at, path) => {
    if (told.has(at)) return
    told.add(at)
    notes.push(
      problem(
        'unknown-reference',
        at,
        path,
        [`“${path}”不通向任何部件，涉及它的规则因此不起作用`, '请更正名称'],
        [`${JSON.stringify(path)} leads to nothing, so that what is said of it says nothing`, 'Correct the name'],
      ),
    )
  }
}
