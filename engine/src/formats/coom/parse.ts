import { expectSign, expectWhole, isSign, peek, position, take, takeSign, unexpected } from '../cursor.ts'
import { fail } from '../problem.ts'
import { parseBehavior } from './behavior.ts'
import { type Cursor, cursorOf, expectName, expectStatementEnd, isWord, takeWord } from './cursor.ts'
import { takeNumber, truth } from './formula.ts'
import { type Constant, type CoomFile, type Enumeration, type Feature, type FeatureType, PRODUCT } from './syntax.ts'
import type { Token } from './tokens.ts'

/** COOM text as it is written, nothing looked up yet. Throws FormatError at the first thing that is not COOM. */
export function parseCoom(source: string): CoomFile {
  const cursor = cursorOf(source)
  const file: CoomFile = { structures: new Map(), enumerations: new Map(), rules: [] }
  for (let token = peek(cursor); token.kind !== 'end'; token = peek(cursor)) {
    if (takeWord(cursor, 'product')) declare(file, PRODUCT, token, () => structure(cursor, file, PRODUCT, token))
    else if (takeWord(cursor, 'structure')) {
      const name = expectName(cursor)
      declare(file, name.text, name, () => structure(cursor, file, name.text, name))
    } else if (takeWord(cursor, 'enumeration')) {
      const name = expectName(cursor)
      declare(file, name.text, name, () => enumeration(cursor, file, name))
    } else if (takeWord(cursor, 'behavior')) {
      const name = peek(cursor).kind === 'name' ? take(cursor).text : PRODUCT
      parseBehavior(cursor, name, file.rules)
    } else unexpected(cursor, 'product、structure、enumeration 或 behavior', 'product, structure, enumeration or behavior')
  }
  return file
}

function declare(file: CoomFile, name: string, token: Token, read: () => void): void {
  if (file.structures.has(name) || file.enumerations.has(name)) duplicate(token, name || 'product')
  read()
}

function duplicate(token: Token, name: string): never {
  return fail(
    'duplicate-id',
    position(token),
    name,
    [`“${name}”重复`, '请为其中一个改名或将其删除'],
    [`${JSON.stringify(name)} exists already`, 'Rename or remove one of them'],
  )
}

function structure(cursor: Cursor, file: CoomFile, name: string, token: Token): void {
  const features = new Map<string, Feature>()
  file.structures.set(name, { name, at: position(token), features })
  block(cursor, () => {
    const from = peek(cursor)
    const read = feature(cursor)
    if (features.has(read.name)) duplicate(from, read.name)
    features.set(read.name, read)
    expectStatementEnd(cursor)
  })
}

/** { statement … } */
function block(cursor: Cursor, statement: () => void): void {
  expectSign(cursor, '{')
  while (!takeSign(cursor, '}')) statement()
}

function feature(cursor: Cursor): Feature {
  const at = position(peek(cursor))
  if (isWord(peek(cursor), 'static') && startsField(peek(cursor, 1))) take(cursor)
  const reference = isWord(peek(cursor), 'reference') && startsField(peek(cursor, 1)) && take(cursor) !== undefined
  const { min, max } = peek(cursor).kind === 'number' ? cardinality(cursor) : { min: 1, max: 1 }
  const { name, type } = field(cursor)
  if (takeSign(cursor, '/')) expectWhole(cursor)
  return { name, at, type: reference ? { kind: 'ignored', what: 'reference' } : type, min, max }
}

/** A key word is the name of a type or a feature where nothing of a field follows on its line. */
const startsField = (next: Token) => !next.startsLine && (next.kind === 'name' || next.kind === 'number')

/** 2  0..3  0..*  3x */
function cardinality(cursor: Cursor): { min: number; max: number | null } {
  const first = peek(cursor)
  const min = times(cursor)
  if (!takeSign(cursor, '..')) return { min, max: min }
  const max = takeSign(cursor, '*') || peek(cursor).kind !== 'number' ? null : times(cursor)
  if (max !== null && max < min)
    fail(
      'out-of-range',
      position(first),
      `${min}..${max}`,
      ['上限小于下限', '请交换两个数，或更正其中之一'],
      ['The upper bound is below the lower one', 'Swap the two numbers, or correct one of them'],
    )
  return { min, max }
}

function times(cursor: Cursor): number {
  const value = expectWhole(cursor)
  const x = peek(cursor)
  if (isWord(x, 'x') && x.start === cursor.tokens[cursor.at - 1]!.end) take(cursor)
  return value
}

function field(cursor: Cursor): { name: string; type: FeatureType } {
  const first = expectName(cursor)
  if (first.text === 'num' && !first.quoted && !endsField(peek(cursor))) {
    const type = numberType(cursor)
    return { type, name: expectName(cursor).text }
  }
  if (first.text === 'string' && !first.quoted && !endsField(peek(cursor))) {
    if (takeSign(cursor, '/')) expectName(cursor)
    if (peek(cursor).kind === 'number') take(cursor)
    return { type: { kind: 'ignored', what: 'string' }, name: expectName(cursor).text }
  }
  const next = peek(cursor)
  if (next.kind === 'name' && !next.startsLine) return { type: { kind: 'named', name: first.text }, name: take(cursor).text }
  return { type: { kind: 'named', name: first.text }, name: first.text }
}

const endsField = (token: Token) => token.startsLine || isSign(token, '}') || isSign(token, ';')

/** num  .##  /unit  min-max */
function numberType(cursor: Cursor): FeatureType {
  let digits = 0
  if ((isSign(peek(cursor), '.') || isSign(peek(cursor), '^')) && peek(cursor, 1).text.startsWith('#')) {
    const point = take(cursor).text === '.'
    const places = take(cursor).text.length
    if (point) digits = places
  }
  const unit = takeSign(cursor, '/') ? unitText(cursor) : undefined
  const min = bound(cursor)
  if (min === undefined) return { kind: 'number', digits, ...(unit !== undefined && { unit }) }
  expectSign(cursor, '-')
  const max = bound(cursor)
  if (max === undefined) unexpected(cursor, '数值', 'a number')
  return {
    kind: 'number',
    digits,
    ...(min !== '-∞' && { min }),
    ...(max !== '∞' && { max }),
    ...(unit !== undefined && { unit }),
  }
}

function bound(cursor: Cursor): string | undefined {
  const negative = isSign(peek(cursor), '-') && isSign(peek(cursor, 1), '∞')
  if (!negative && !isSign(peek(cursor), '∞')) return takeNumber(cursor)
  if (negative) take(cursor)
  take(cursor)
  return negative ? '-∞' : '∞'
}

/** Everything up to the next gap: kg, m/s, m2, %. */
function unitText(cursor: Cursor): string {
  const first = take(cursor)
  let last = first
  while (peek(cursor).start === last.end && peek(cursor).kind !== 'end' && !isSign(peek(cursor), '}')) last = take(cursor)
  return cursor.source.slice(first.start, last.end)
}

function enumeration(cursor: Cursor, file: CoomFile, token: Token): void {
  const read: Enumeration = { name: token.text, at: position(token), attributes: [], options: new Map() }
  file.enumerations.set(token.text, read)
  block(cursor, () => {
    const first = peek(cursor)
    if (isWord(first, 'attribute') && startsField(peek(cursor, 1))) {
      take(cursor)
      const { name, type } = field(cursor)
      const numeric = type.kind === 'number'
      if (read.attributes.some(attribute => attribute.name === name)) duplicate(first, name)
      read.attributes.push({ name, numeric, ...(numeric && type.unit !== undefined && { unit: type.unit }) })
      expectStatementEnd(cursor)
      return
    }
    const name = truth(expectName(cursor).text)
    if (read.options.has(name)) duplicate(first, name)
    read.options.set(name, { at: position(first), values: takeSign(cursor, '=') ? constants(cursor) : [] })
    // Options may stand on one line, nothing between them.
    takeSign(cursor, ';')
  })
  if (read.options.size === 0)
    fail(
      'empty-group',
      position(token),
      token.text,
      ['此枚举没有任何选项', '请写入至少一个选项'],
      ['This enumeration has no options', 'Write at least one'],
    )
}

function constants(cursor: Cursor): Constant[] {
  const values: Constant[] = []
  expectSign(cursor, '(')
  while (!takeSign(cursor, ')')) {
    const number = takeNumber(cursor)
    values.push(number !== undefined ? { kind: 'number', text: number } : { kind: 'text', text: truth(expectName(cursor).text) })
    takeSign(cursor, ',')
  }
  return values
}
