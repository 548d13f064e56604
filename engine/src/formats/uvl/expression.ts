import { expectSign, isSign, peek, position, take, takeSign, unexpected } from '../cursor.ts'
import { fail } from '../problem.ts'
import { type Comparison, type Expression, MAX_NESTING } from '../tree/feature-tree.ts'
import type { Cursor } from './cursor.ts'
import type { Token } from './tokens.ts'

const COMPARISONS = ['==', '!=', '<=', '>=', '<', '>']

/**
 * A UVL constraint. Binding, strongest first, as the official grammar orders it (all to the left):
 * * and /, + and -, comparison, !, &, |, =>, <=>.
 */
export function parseExpression(cursor: Cursor): Expression {
  return iff(cursor, 0)
}

function iff(cursor: Cursor, depth: number): Expression {
  return chain(cursor, depth, '<=>', implies, (left, right, at) => ({ op: 'iff', left, right, at }))
}

function implies(cursor: Cursor, depth: number): Expression {
  return chain(cursor, depth, '=>', or, (left, right, at) => ({ op: 'implies', left, right, at }))
}

function or(cursor: Cursor, depth: number): Expression {
  return list(cursor, depth, '|', 'or', and)
}

function and(cursor: Cursor, depth: number): Expression {
  return list(cursor, depth, '&', 'and', not)
}

function not(cursor: Cursor, depth: number): Expression {
  const token = peek(cursor)
  if (!takeSign(cursor, '!')) return comparison(cursor, depth)
  return { op: 'not', arg: not(cursor, deeper(depth, token)), at: position(token) }
}

function comparison(cursor: Cursor, depth: number): Expression {
  const left = terms(cursor, depth)
  const token = peek(cursor)
  if (token.kind !== 'sign' || !COMPARISONS.includes(token.text)) return left
  take(cursor)
  return { op: 'compare', sign: token.text as Comparison, left, right: terms(cursor, depth), at: left.at }
}

function terms(cursor: Cursor, depth: number): Expression {
  const first = factors(cursor, depth)
  const rest: { sign: '+' | '-'; arg: Expression }[] = []
  while (isSign(peek(cursor), '+') || isSign(peek(cursor), '-')) {
    const sign = take(cursor).text as '+' | '-'
    rest.push({ sign, arg: factors(cursor, depth) })
  }
  return rest.length ? { op: 'terms', first, rest, at: first.at } : first
}

function factors(cursor: Cursor, depth: number): Expression {
  const first = primary(cursor, depth)
  const rest: { sign: '*' | '/'; arg: Expression }[] = []
  while (isSign(peek(cursor), '*') || isSign(peek(cursor), '/')) {
    const sign = take(cursor).text as '*' | '/'
    rest.push({ sign, arg: primary(cursor, depth) })
  }
  return rest.length ? { op: 'factors', first, rest, at: first.at } : first
}

function primary(cursor: Cursor, depth: number): Expression {
  const token = peek(cursor)
  const at = position(token)
  if (takeSign(cursor, '(')) {
    const inner = iff(cursor, deeper(depth, token))
    expectSign(cursor, ')')
    return inner
  }
  if (takeSign(cursor, '-')) return { op: 'negate', arg: primary(cursor, deeper(depth, token)), at }
  if (isSign(token, '!')) return not(cursor, deeper(depth, token))
  if (token.kind === 'number') return { op: 'number', text: take(cursor).text, at }
  if (token.kind === 'string') return { op: 'string', value: take(cursor).text, at }
  if (token.kind === 'name' && isSign(peek(cursor, 1), '(')) return call(cursor, depth)
  if (token.kind === 'name' && (token.text === 'true' || token.text === 'false'))
    return { op: 'boolean', value: take(cursor).text === 'true', at }
  if (token.kind === 'name' || token.kind === 'quoted') return { op: 'name', path: parsePath(cursor), at }
  return unexpected(cursor, '特征名、数值或左括号', 'a feature, a number or an opening parenthesis')
}

function call(cursor: Cursor, depth: number): Expression {
  const name = take(cursor)
  take(cursor)
  const args: Expression[] = []
  do args.push(terms(cursor, deeper(depth, name)))
  while (takeSign(cursor, ','))
  expectSign(cursor, ')')
  return { op: 'call', name: name.text, args, at: position(name) }
}

const MAX_PATH = 50

/** name.name."quoted name" */
export function parsePath(cursor: Cursor): string[] {
  const path: string[] = []
  do {
    const token = peek(cursor)
    if (token.kind !== 'name' && token.kind !== 'quoted') unexpected(cursor, '名称', 'a name')
    path.push(take(cursor).text)
    if (path.length > MAX_PATH)
      fail(
        'too-long',
        position(token),
        token.text,
        [`名称的“.”超过 ${MAX_PATH} 个`, '请更正该名称；含有“.”的名称请放在双引号中'],
        [`A name with more than ${MAX_PATH} points`, 'Correct it; a name with points in it belongs in double quotes'],
      )
  } while (takeSign(cursor, '.'))
  return path
}

function chain(
  cursor: Cursor,
  depth: number,
  sign: string,
  next: (cursor: Cursor, depth: number) => Expression,
  join: (left: Expression, right: Expression, at: string) => Expression,
): Expression {
  let left = next(cursor, depth)
  let links = depth
  while (isSign(peek(cursor), sign)) {
    links = deeper(links, take(cursor))
    left = join(left, next(cursor, depth), left.at)
  }
  return left
}

function list(
  cursor: Cursor,
  depth: number,
  sign: string,
  op: 'and' | 'or',
  next: (cursor: Cursor, depth: number) => Expression,
): Expression {
  const first = next(cursor, depth)
  if (!isSign(peek(cursor), sign)) return first
  const args = [first]
  while (takeSign(cursor, sign)) args.push(next(cursor, depth))
  return { op, args, at: first.at }
}

function deeper(depth: number, token: Token): number {
  if (depth >= MAX_NESTING)
    fail(
      'too-deep',
      position(token),
      token.text,
      [`表达式嵌套超过 ${MAX_NESTING} 层`, '请把该约束拆分为几条较短的约束'],
      [`The expression is nested deeper than ${MAX_NESTING}`, 'Split the constraint into several shorter ones'],
    )
  return depth + 1
}
