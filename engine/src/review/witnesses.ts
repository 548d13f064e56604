import type { Compiled } from '../compile.ts'
import type { Selection } from '../model.ts'
import { selectionOf } from '../selection.ts'
import { type Effort, readAssignment, search, spent } from '../solver/search.ts'
import { cancel } from '../solver/trail.ts'
import { copyOf, createWorkspace, stand } from '../workspace.ts'

/** Valid selections that prove options to be selectable. */
export interface Witnesses {
  selections: Selection[]
  /** option -> its selection, by place in `selections` */
  of: Record<string, number>
}

/** Few selections in which every one of these options is chosen: each has as many more of them as come easily. Options the effort did not reach have none. */
export function findWitnesses({ lowered, witness }: Compiled, options: readonly string[], effort: Effort): Witnesses {
  const found: Witnesses = { selections: [], of: {} }
  if (spent(effort)) return found
  const work = createWorkspace(lowered)
  const wanted = new Set(options)
  const prefer = copyOf(witness)
  const keep = () => {
    const selection = selectionOf(lowered, prefer)
    const place = found.selections.push(selection) - 1
    for (const option of Object.keys(selection.options)) if (wanted.delete(option)) found.of[option] = place
  }
  keep()
  for (const option of options) {
    if (!wanted.has(option)) continue
    if (spent(effort)) break
    for (const other of wanted) prefer.values[lowered.options.get(other)!.literal] = 1
    stand(work, [])
    if (search(work.solver, [lowered.options.get(option)!.literal], prefer, effort) !== 'found') continue
    readAssignment(work.solver, prefer)
    cancel(work.solver, 1)
    keep()
  }
  return found
}
