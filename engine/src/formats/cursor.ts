import { fail } from './problem.ts'

/** A word of a file, as a reader cuts it. */
export interface Word {
  kind: string
  text: string
  line: number
  column: number
  /** offsets into the source */
  start: number
  end: number
}

/** Where a parser stands in the words. The last one is always `end`, and nothing moves past it. */
export interface CursorOf<T extends Word> {
  source: string
  tokens: T[]
  at: number
}

export function position({ line, column }: Word): string {
  return `${line}:${column}`
}

export function peek<T extends Word>(cursor: CursorOf<T>, ahead = 0): T {
  return cursor.tokens[Math.min(cursor.at + ahead, cursor.tokens.length - 1)]!
}

export function take<T extends Word>(cursor: CursorOf<T>): T {
  const token = peek(cursor)
  if (cursor.at < cursor.tokens.length - 1) cursor.at++
  return token
}

export function isSign(token: Word, text: string): boolean {
  return token.kind === 'sign' && token.text === text
}

export function takeSign<T extends Word>(cursor: CursorOf<T>, text: string): boolean {
  if (!isSign(peek(cursor), text)) return false
  take(cursor)
  return true
}

export function expectSign<T extends Word>(cursor: CursorOf<T>, text: string): T {
  if (!isSign(peek(cursor), text)) unexpected(cursor, `“${text}”`, text)
  return take(cursor)
}

/** A whole number without sign. */
export function expectWhole<T extends Word>(cursor: CursorOf<T>): number {
  const token = peek(cursor)
  const value = Number(token.text)
  if (token.kind !== 'number' || !Number.isInteger(value) || value > 1_000_000)
    unexpected(cursor, '0 到 1,000,000 之间的整数', 'a whole number up to 1,000,000')
  take(cursor)
  return value
}

/** What was expected, in both languages, and what stands there instead. */
export function unexpected<T extends Word>(cursor: CursorOf<T>, zh: string, en: string): never {
  const token = peek(cursor)
  const found = described(token)
  return fail(
    'syntax',
    position(token),
    token.text,
    [`此处应为${zh}，实际是${found.zh}`, '请更正这一处；如果文件到此中断，请重新获取完整的文件'],
    [`Expected ${en}, found ${found.en}`, 'Correct this place; if the file ends here, get the whole file'],
  )
}

function described({ kind, text }: Word): { zh: string; en: string } {
  switch (kind) {
    case 'newline':
      return { zh: '行尾', en: 'the end of the line' }
    case 'indent':
      return { zh: '更深的缩进', en: 'a deeper indentation' }
    case 'dedent':
      return { zh: '较浅的缩进', en: 'a shallower indentation' }
    case 'end':
      return { zh: '文件结尾', en: 'the end of the file' }
    default:
      return { zh: `“${text}”`, en: JSON.stringify(text) }
  }
}
