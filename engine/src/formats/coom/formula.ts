import { expectSign, expectWhole, isSign, peek, position, take, takeSign, unexpected } from '../cursor.ts'
import { MAX_NESTING } from '../tree/feature-tree.ts'
import { type Cursor, deeper, expectName, isWord, takeWord } from './cursor.ts'
import type { Aggregate, Comparison, Condition, Formula, Path, PathItem } from './syntax.ts'

/** By how a comparison is written. */
const COMPARISONS: Record<string, Comparison> = {
  '=': '==',
  '==': '==',
  '!=': '!=',
  '≠': '!=',
  '<': '<',
  '<=': '<=',
  '≤': '<=',
  '>': '>',
  '>=': '>=',
  '≥': '>=',
}
const AGGREGATES = ['count', 'sum', 'min', 'max', 'avg']
const FUNCTIONS = [
  ...['delta', 'pow', 'sqrt', 'ceil', 'floor', 'round', 'mod', 'log', 'ln'],
  ...['sin', 'asin', 'sinh', 'cos', 'acos', 'cosh', 'tan', 'atan', 'tanh'],
]

/** || binds weakest, then &&, then !, then comparisons, which may be chained: a < b < c. */
export function parseCondition(cursor: Cursor, depth = 0): Condition {
  return list(cursor, depth, '||', 'or', (cursor, depth) => list(cursor, depth, '&&', 'and', not))
}

function list(
  cursor: Cursor,
  depth: number,
  sign: '||' | '&&',
  op: 'or' | 'and',
  next: (cursor: Cursor, depth: number) => Condition,
): Condition {
  const first = next(cursor, depth)
  if (!isSign(peek(cursor), sign)) return first
  const args = [first]
  while (takeSign(cursor, sign)) args.push(next(cursor, depth))
  return { op, args, at: first.at }
}

function not(cursor: Cursor, depth: number): Condition {
  const token = peek(cursor)
  if (takeSign(cursor, '!')) return { op: 'not', arg: not(cursor, deeper(depth, token, MAX_NESTING)), at: position(token) }
  if (isSign(token, '(') && enclosesCondition(cursor)) {
    take(cursor)
    const inner = parseCondition(cursor, deeper(depth, token, MAX_NESTING))
    expectSign(cursor, ')')
    return inner
  }
  const first = parseFormula(cursor, depth)
  const rest: { sign: Comparison; formula: Formula }[] = []
  for (let sign = takeComparison(cursor); sign; sign = takeComparison(cursor)) {
    rest.push({ sign, formula: parseFormula(cursor, depth) })
  }
  return { op: 'compare', first, rest, at: first.at }
}

/** A parenthesis holds a condition if a comparison or a logical sign stands in it. */
function enclosesCondition(cursor: Cursor): boolean {
  let open = 0
  for (let ahead = 0; ; ahead++) {
    const token = peek(cursor, ahead)
    if (token.kind === 'end') return false
    if (token.kind !== 'sign') continue
    if (token.text === '(') open++
    else if (token.text === ')') {
      if (--open === 0) return false
    } else if (token.text === '||' || token.text === '&&' || token.text === '!' || Object.hasOwn(COMPARISONS, token.text))
      return true
  }
}

export function takeComparison(cursor: Cursor): Comparison | undefined {
  const token = peek(cursor)
  if (token.kind !== 'sign' || !Object.hasOwn(COMPARISONS, token.text)) {
    if (!isSign(token, '⊇') && !isWord(token, 'contains')) return undefined
    unexpected(cursor, '=、!=、<、<=、> 或 >=', '=, !=, <, <=, > or >=')
  }
  take(cursor)
  return COMPARISONS[token.text]
}

/** + and - from left to right, then * and /, then ^, then the sign. */
export function parseFormula(cursor: Cursor, depth = 0): Formula {
  return chain(cursor, depth, ['+', '-'], (cursor, depth) => chain(cursor, depth, ['*', '/'], power))
}

type Operator = '+' | '-' | '*' | '/'

function chain(cursor: Cursor, depth: number, signs: Operator[], next: (cursor: Cursor, depth: number) => Formula): Formula {
  let left = next(cursor, depth)
  for (let token = peek(cursor); signs.some(sign => isSign(token, sign)); token = peek(cursor)) {
    take(cursor)
    left = { op: token.text as Operator, left, right: next(cursor, depth), at: left.at }
  }
  return left
}

function power(cursor: Cursor, depth: number): Formula {
  const left = signed(cursor, depth)
  const token = peek(cursor)
  if (!takeSign(cursor, '^')) return left
  return { op: '^', left, right: power(cursor, deeper(depth, token, MAX_NESTING)), at: left.at }
}

function signed(cursor: Cursor, depth: number): Formula {
  const token = peek(cursor)
  const at = position(token)
  if (takeSign(cursor, '-')) {
    const arg = signed(cursor, deeper(depth, token, MAX_NESTING))
    return arg.op === 'number' && !arg.text.startsWith('-') ? { ...arg, text: `-${arg.text}`, at } : { op: 'negate', arg, at }
  }
  if (takeSign(cursor, '+')) return signed(cursor, deeper(depth, token, MAX_NESTING))
  if (takeSign(cursor, '(')) {
    const inner = parseFormula(cursor, deeper(depth, token, MAX_NESTING))
    expectSign(cursor, ')')
    return inner
  }
  if (token.kind === 'number') return { op: 'number', text: take(cursor).text, at }
  if (token.kind !== 'name') return unexpected(cursor, '路径、数值或“(”', 'a path, a number or "("')
  // Only these: in a table, `Cotton (B20, B50)` is two cells.
  const callable = !token.quoted && (AGGREGATES.includes(token.text) || FUNCTIONS.includes(token.text))
  if (callable && isSign(peek(cursor, 1), '(')) return call(cursor, depth)
  const path = parsePath(cursor)
  const [only] = path.items
  if (path.items.length === 1 && !only!.index && (token.quoted || only!.name === 'true' || only!.name === 'false'))
    return { op: 'text', text: truth(only!.name), at }
  return { op: 'path', path, at }
}

/** The options of a Bool are True and False, however they are written. */
export function truth(text: string): string {
  return text === 'true' ? 'True' : text === 'false' ? 'False' : text
}

function call(cursor: Cursor, depth: number): Formula {
  const name = take(cursor)
  const at = position(name)
  take(cursor)
  const args: Formula[] = []
  let unknown: string | undefined
  do {
    args.push(parseFormula(cursor, deeper(depth, name, MAX_NESTING)))
    if (takeWord(cursor, 'for')) {
      unknown = 'for … in'
      expectName(cursor)
      if (!takeWord(cursor, 'in')) unexpected(cursor, '“in”', '"in"')
      parsePath(cursor)
      if (takeWord(cursor, 'if')) parseCondition(cursor, deeper(depth, name, MAX_NESTING))
    }
    takeSign(cursor, ',')
  } while (!isSign(peek(cursor), ')') && peek(cursor).kind !== 'end')
  expectSign(cursor, ')')
  if (unknown) return { op: 'unknown', what: unknown, at }
  if (!AGGREGATES.includes(name.text)) return { op: 'unknown', what: `${name.text}()`, at }
  return { op: 'aggregate', of: name.text as Aggregate, args, at }
}

/** name.name[2].name[0..3] */
export function parsePath(cursor: Cursor): Path {
  const at = position(peek(cursor))
  const items: PathItem[] = []
  do items.push(pathItem(cursor))
  while (takeSign(cursor, '.'))
  return { items, at }
}

function pathItem(cursor: Cursor): PathItem {
  const name = expectName(cursor).text
  if (!takeSign(cursor, '[')) return { name }
  const from = expectWhole(cursor)
  const to = takeSign(cursor, '..') ? expectWhole(cursor) : from
  expectSign(cursor, ']')
  return { name, index: { from, to } }
}

/** A number with its sign, as an attribute has it. */
export function takeNumber(cursor: Cursor): string | undefined {
  const negative = isSign(peek(cursor), '-') && peek(cursor, 1).kind === 'number'
  if (!negative && peek(cursor).kind !== 'number') return undefined
  if (negative) take(cursor)
  return (negative ? '-' : '') + take(cursor).text
}
