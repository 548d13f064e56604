import type { ModelError } from '../../api.ts'
import { peek, position } from '../cursor.ts'
import { atMostSoMany, grow, MAX_CONSTRAINTS } from '../limits.ts'
import type { SourceConstraint } from '../tree/feature-tree.ts'
import { type Ids, uniqueId } from '../tree/names.ts'
import type { Cursor } from './cursor.ts'
import { parseExpression } from './expression.ts'

/** A UVL file being read, and what was found in it besides features. */
export interface Reading extends Cursor {
  constraints: SourceConstraint[]
  ids: Ids
  /** read so far */
  features: number
  notes: ModelError[]
  /** what names of imported files start with */
  imports: string[]
}

/** Takes the constraint that begins here. */
export function constraint(reading: Reading): void {
  const first = peek(reading)
  const expression = parseExpression(reading)
  const last = reading.tokens[reading.at - 1]!
  const at = position(first)
  grow({ characters: 0 }, last.end - first.start, at)
  atMostSoMany(reading.constraints.length + 1, MAX_CONSTRAINTS, at, '约束', 'constraints')
  const id = uniqueId(`line-${first.line}`, reading.ids)
  const text = reading.source.slice(first.start, last.end).replace(/\s+/g, ' ')
  reading.constraints.push({ id, at, text, expression })
}
