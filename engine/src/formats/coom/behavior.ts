import { expectSign, expectWhole, isSign, peek, position, take, takeSign, unexpected } from '../cursor.ts'
import { type Cursor, deeper, expectName, expectStatementEnd, isWord, takeWord } from './cursor.ts'
import { parseCondition, parseFormula, parsePath, takeComparison } from './formula.ts'
import type { Cell, Condition, Formula, Row, Rule, Statement } from './syntax.ts'

/** What is in force where a statement stands. */
interface Scope {
  structure: string
  explanation?: string
  conditions: Condition[]
  defined: ReadonlyMap<string, Formula>
}

/** Blocks inside blocks beyond this are refused. */
const MAX_BLOCKS = 20

/** { statements }: after `behavior Name`. */
export function parseBehavior(cursor: Cursor, structure: string, into: Rule[]): void {
  block(cursor, { structure, conditions: [], defined: new Map() }, into, 0)
}

function block(cursor: Cursor, outer: Scope, into: Rule[], depth: number): void {
  const open = expectSign(cursor, '{')
  const inside = deeper(depth, open, MAX_BLOCKS)
  const defined = new Map(outer.defined)
  while (takeWord(cursor, 'define')) {
    const name = expectName(cursor).text
    expectSign(cursor, '=')
    defined.set(name, parseFormula(cursor))
    expectStatementEnd(cursor)
  }
  while (!takeSign(cursor, '}')) {
    conditioned(cursor, { ...outer, defined }, into, inside)
    expectStatementEnd(cursor)
  }
}

/** explanation, conditions, and what they are for: a statement or a block of such. */
function conditioned(cursor: Cursor, outer: Scope, into: Rule[], depth: number): void {
  const scope: Scope = { ...outer, conditions: [...outer.conditions] }
  if (takeWord(cursor, 'explanation')) {
    scope.explanation = expectName(cursor).text
    expectStatementEnd(cursor)
  }
  while (takeWord(cursor, 'condition')) {
    scope.conditions.push(parseCondition(cursor))
    expectStatementEnd(cursor)
  }
  if (isSign(peek(cursor), '{')) {
    block(cursor, scope, into, depth)
    return
  }
  const at = position(peek(cursor))
  into.push({ ...scope, at, statement: statement(cursor, scope, depth) })
}

function statement(cursor: Cursor, scope: Scope, depth: number): Statement {
  const word = expectName(cursor)
  switch (word.text) {
    case 'require':
      return { kind: 'require', condition: parseCondition(cursor) }
    case 'imply':
      return { kind: 'imply', ...assignment(cursor) }
    case 'combinations':
      return combinations(cursor)
    case 'default':
      priority(cursor)
      return { kind: 'default', ...assignment(cursor) }
    case 'minimize':
    case 'maximize': {
      const level = priority(cursor)
      const goal = word.text === 'minimize' ? 'least' : 'greatest'
      return { kind: 'optimize', goal, priority: level, formula: parseFormula(cursor) }
    }
    case 'prefer':
      priority(cursor)
      parseCondition(cursor)
      return { kind: 'ignored', what: 'prefer' }
    case 'readwrite':
    case 'readonly':
    case 'hide':
      priority(cursor)
      parsePath(cursor)
      while (peek(cursor).kind === 'name' && !peek(cursor).startsLine) take(cursor)
      return { kind: 'ignored', what: word.text }
    case 'message':
      if (takeSign(cursor, '/')) expectName(cursor)
      expectName(cursor)
      return { kind: 'ignored', what: 'message' }
    case 'alldiff':
      parsePath(cursor)
      return { kind: 'ignored', what: 'alldiff' }
    case 'exists':
      do {
        expectName(cursor)
        if (!takeWord(cursor, 'in')) unexpected(cursor, '“in”', '"in"')
        parsePath(cursor)
        takeSign(cursor, ',')
      } while (peek(cursor).kind === 'name')
      // What stands inside speaks of names that are known only there.
      block(cursor, scope, [], depth)
      return { kind: 'ignored', what: 'exists' }
    default:
      cursor.at--
      return unexpected(
        cursor,
        'require、imply、combinations、default、minimize 或 maximize',
        'require, imply, combinations, default, minimize or maximize',
      )
  }
}

/** /2 after a key word */
function priority(cursor: Cursor): number {
  return takeSign(cursor, '/') ? expectWhole(cursor) : 0
}

function assignment(cursor: Cursor) {
  const path = parsePath(cursor)
  expectSign(cursor, '=')
  return { path, formula: parseFormula(cursor) }
}

function combinations(cursor: Cursor): Statement {
  const columns = parenthesized(cursor, () => parseFormula(cursor))
  const rows: Row[] = []
  while (isWord(peek(cursor), 'allow') || isWord(peek(cursor), 'forbid')) {
    const word = take(cursor)
    const cells = parenthesized(cursor, () => cell(cursor))
    if (cells.length !== columns.length) {
      cursor.at--
      unexpected(cursor, `${columns.length} 个单元格`, `${columns.length} cells`)
    }
    rows.push({ allow: word.text === 'allow', cells })
  }
  return { kind: 'combinations', columns, rows }
}

function cell(cursor: Cursor): Cell[] | null {
  if (takeSign(cursor, '-*-')) return null
  if (isSign(peek(cursor), '(')) return parenthesized(cursor, () => atom(cursor))
  return [atom(cursor)]
}

function atom(cursor: Cursor): Cell {
  const sign = takeComparison(cursor) ?? '=='
  return { sign, formula: parseFormula(cursor) }
}

/** ( item, item item ): the commas may be left out. */
function parenthesized<T>(cursor: Cursor, item: () => T): T[] {
  const items: T[] = []
  expectSign(cursor, '(')
  do {
    items.push(item())
    takeSign(cursor, ',')
  } while (!isSign(peek(cursor), ')') && peek(cursor).kind !== 'end')
  expectSign(cursor, ')')
  return items
}
