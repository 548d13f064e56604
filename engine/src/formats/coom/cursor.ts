import { type CursorOf, isSign, peek, position, take, takeSign, unexpected } from '../cursor.ts'
import { fail } from '../problem.ts'
import { type Token, tokenize } from './tokens.ts'

export type Cursor = CursorOf<Token>

export function cursorOf(source: string): Cursor {
  return { source, tokens: tokenize(source), at: 0 }
}

/** A key word: a name without quotes. */
export function isWord(token: Token, text: string): boolean {
  return token.kind === 'name' && !token.quoted && token.text === text
}

export function takeWord(cursor: Cursor, text: string): boolean {
  if (!isWord(peek(cursor), text)) return false
  take(cursor)
  return true
}

export function expectName(cursor: Cursor): Token {
  if (peek(cursor).kind !== 'name') unexpected(cursor, '名称', 'a name')
  return take(cursor)
}

/** `;`, or the end of the line, or the brace that closes the block. */
export function expectStatementEnd(cursor: Cursor): void {
  if (takeSign(cursor, ';') || peek(cursor).startsLine || isSign(peek(cursor), '}')) return
  unexpected(cursor, '行尾或“;”', 'the end of the line or ";"')
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
