import { type CursorOf, peek, take, unexpected } from '../cursor.ts'
import type { Token } from './tokens.ts'

export type Cursor = CursorOf<Token>

export function isWord(token: Token, text: string): boolean {
  return token.kind === 'name' && token.text === text
}

/** A newline, or the end of the file. */
export function expectLineEnd(cursor: Cursor): void {
  if (peek(cursor).kind === 'newline') take(cursor)
  else if (peek(cursor).kind !== 'end') unexpected(cursor, '行尾', 'the end of the line')
}
