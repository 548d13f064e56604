import { fail } from '../problem.ts'
import { position, type Token } from './tokens.ts'

/** Where a parser stands in the tokens. The last token is always `end`, and nothing moves past it. */
export interface Cursor {
  source: string
  tokens: Token[]
  at: number
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

export function isWord(token: Token, text: string): boolean {
  return token.kind === 'name' && token.text === text
}

export function takeSign(cursor: Cursor, text: string): boolean {
  if (!isSign(peek(cursor), text)) return false
  take(cursor)
  return true
}

/** What was expected, in both languages, and what stands there instead. */
export function unexpected(cursor: Cursor, zh: string, en: string): never {
  const token = peek(cursor)
  const found = describe(token)
  return fail(
    'syntax',
    position(token),
    token.text,
    [`此处应为${zh}，实际是${found.zh}`, '请更正这一处；如果文件到此中断，请重新获取完整的文件'],
    [`Expected ${en}, found ${found.en}`, 'Correct this place; if the file ends here, get the whole file'],
  )
}

export function expectSign(cursor: Cursor, text: string): Token {
  if (!isSign(peek(cursor), text)) unexpected(cursor, `“${text}”`, text)
  return take(cursor)
}

/** A newline, or the end of the file. */
export function expectLineEnd(cursor: Cursor): void {
  if (peek(cursor).kind === 'newline') take(cursor)
  else if (peek(cursor).kind !== 'end') unexpected(cursor, '行尾', 'the end of the line')
}

function describe(token: Token): { zh: string; en: string } {
  switch (token.kind) {
    case 'newline':
      return { zh: '行尾', en: 'the end of the line' }
    case 'indent':
      return { zh: '更深的缩进', en: 'a deeper indentation' }
    case 'dedent':
      return { zh: '较浅的缩进', en: 'a shallower indentation' }
    case 'end':
      return { zh: '文件结尾', en: 'the end of the file' }
    default:
      return { zh: `“${token.text}”`, en: JSON.stringify(token.text) }
  }
}
