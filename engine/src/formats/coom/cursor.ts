import { fail } from '../problem.ts'
import { position, type Token, tokenize } from './tokens.ts'

/** Where a parser stands in the tokens. The last token is always `end`, and nothing moves past it. */
export interface Cursor {
  source: string
  tokens: Token[]
  at: number
}

export function cursorOf(source: string): Cursor {
  return { source, tokens: tokenize(source), at: 0 }
}

export function peek(cursor: Cursor, ahead = 0): Token {
  return cursor.tokens[Math.min(cursor.at + ahead, cursor.tokens.length - 1)]!
}

export function take(cursor: Cursor): Token {
  const token = peek(cursor)
  if (cursor.at < cursor.tokens.length - 1) cursor.at++
  return token
}

export function isSign(token: Token, text: string): boolean {
  return token.kind === 'sign' && token.text === text
}

/** A key word: a name without quotes. */
export function isWord(token: Token, text: string): boolean {
  return token.kind === 'name' && !token.quoted && token.text === text
}

export function takeSign(cursor: Cursor, text: string): boolean {
  if (!isSign(peek(cursor), text)) return false
  take(cursor)
  return true
}

export function takeWord(cursor: Cursor, text: string): boolean {
  if (!isWord(peek(cursor), text)) return false
  take(cursor)
  return true
}

export function expectSign(cursor: Cursor, text: string): Token {
  if (!isSign(peek(cursor), text)) unexpected(cursor, `“${text}”`, text)
  return take(cursor)
}

export function expectName(cursor: Cursor): Token {
  if (peek(cursor).kind !== 'name') unexpected(cursor, '名称', 'a name')
  return take(cursor)
}

/** A whole number without sign. */
export function expectWhole(cursor: Cursor): number {
  const token = peek(cursor)
  const value = Number(token.text)
  if (token.kind !== 'number' || !Number.isInteger(value) || value > 1_000_000)
    unexpected(cursor, '0 到 1,000,000 之间的整数', 'a whole number up to 1,000,000')
  take(cursor)
  return value
}

/** `;`, or the end of the line, or the brace that closes the block. */
export function expectStatementEnd(cursor: Cursor): void {
  if (takeSign(cursor, ';') || peek(cursor).startsLine || isSign(peek(cursor), '}')) return
  unexpected(cursor, '行尾或“;”', 'the end of the line or ";"')
}

/** What was expected, in both languages, and what stands there instead. */
export function unexpected(cursor: Cursor, zh: string, en: string): never {
  const token = peek(cursor)
  const end = token.kind === 'end'
  return fail(
    'syntax',
    position(token),
    token.text,
    [`此处应为${zh}，实际是${end ? '文件结尾' : `“${token.text}”`}`, '请更正这一处；如果文件到此中断，请重新获取完整的文件'],
    [
      `Expected ${en}, found ${end ? 'the end of the file' : JSON.stringify(token.text)}`,
      'Correct this place; if the file ends here, get the whole file',
    ],
  )
}

/** One level deeper, as long as that is allowed. */
export function deeper(depth: number, token: Token, limit: number): number {
  if (depth >= limit)
    fail(
      'too-deep',
      position(token),
      token.text,
      [`嵌套超过 ${limit} 层`, '请把它拆分为几条较短的语句'],
      [`This is nested deeper than ${limit}`, 'Split it into several shorter statements'],
    )
  return depth + 1
}
