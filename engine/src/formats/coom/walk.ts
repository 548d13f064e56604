import { formulasOf } from './ground.ts'
import type { Formula, Path, Rule } from './syntax.ts'

/** Every path of a rule, those of its definitions too; not the names in the cells of a table. */
export function pathsOf({ conditions, statement, defined }: Rule): Path[] {
  const paths: Path[] = []
  const formulas = [...conditions.flatMap(formulasOf), ...defined.values()]
  if (statement.kind === 'require') formulas.push(...formulasOf(statement.condition))
  if (statement.kind === 'combinations') formulas.push(...statement.columns)
  if (statement.kind === 'imply' || statement.kind === 'default') paths.push(statement.path)
  if ('formula' in statement) formulas.push(statement.formula)
  for (const formula of formulas) collect(formula, paths)
  return paths
}

function collect(formula: Formula, paths: Path[]): void {
  if (formula.op === 'path') paths.push(formula.path)
  else if (formula.op === 'negate') collect(formula.arg, paths)
  else if (formula.op === 'aggregate') for (const arg of formula.args) collect(arg, paths)
  else if ('left' in formula) {
    collect(formula.left, paths)
    collect(formula.right, paths)
  }
}
