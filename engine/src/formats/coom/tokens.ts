import type { Word } from '../cursor.ts'
import { fail } from '../problem.ts'

/** A name in quotes comes without them. */
export interface Token extends Word {
  kind: 'name' | 'number' | 'sign' | 'end'
  quoted: boolean
  /** a line ends between this token and the one before: statements may end there */
  startsLine: boolean
}

const BLANK = /[ \t\ufeff]*(?:\/\/[^\r\n]*)?/y
const NEWLINE = /\r\n|\r|\n/y
const NAME = /[\p{L}_$\u00a2-\u00a5\u2070-\u218f][\p{L}\p{N}_$\u00a2-\u00a5\u2070-\u218f]*/uy
const NUMBER = /\d+(?:\.\d+)?/y
const QUOTED = /"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'/y
const SIGN = /-\*-|\.\.|\|\||&&|<=|>=|==|!=|#+|[^\s]/uy

/** COOM text to tokens; the last one is always `end`. Which names are key words depends on where they stand. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  let lineStart = 0
  let startsLine = true
  const push = (kind: Token['kind'], text: string, start: number, end: number, quoted = false) => {
    tokens.push({ kind, text, quoted, startsLine, line, column: start - lineStart + 1, start, end })
    startsLine = false
  }
  const newLine = (next: number) => {
    line++
    lineStart = next
    startsLine = true
  }

  for (let at = 0; at < source.length; ) {
    const blank = match(BLANK, source, at)
    const newline = match(NEWLINE, source, at)
    if (newline) newLine(at + newline.length)
    at += blank.length + newline.length
    if (blank || newline) continue
    if (source.startsWith('/*', at)) {
      const end = commentEnd(source, at)
      for (let i = at; i < end; i++) if (source[i] === '\n' || (source[i] === '\r' && source[i + 1] !== '\n')) newLine(i + 1)
      at = end
      continue
    }
    const first = source[at]!
    const quoted = match(QUOTED, source, at)
    if (quoted) push('name', unquoted(quoted), at, at + quoted.length, true)
    else if (first === '"' || first === "'")
      fail(
        'unclosed-quote',
        `${line}:${at - lineStart + 1}`,
        first + (source.slice(at + 1).split(/[\r\n]/, 1)[0] ?? ''),
        ['引号没有结束', '请在同一行补上结束的引号'],
        ['This quote is never closed', 'Close it on the same line'],
      )
    else {
      const name = match(NAME, source, at)
      const number = match(NUMBER, source, at)
      const text = name || number || match(SIGN, source, at) || first
      push(name ? 'name' : number ? 'number' : 'sign', text, at, at + text.length)
      at += text.length
      continue
    }
    at += quoted.length
  }
  startsLine = true
  push('end', '', source.length, source.length)
  return tokens
}

/** Comments nest; one that is never closed reaches to the end, as the official grammar has it. */
function commentEnd(source: string, start: number): number {
  let depth = 0
  for (let at = start; at < source.length; at++) {
    if (source.startsWith('/*', at)) {
      depth++
      at++
    } else if (source.startsWith('*/', at)) {
      at++
      if (--depth === 0) return at + 1
    }
  }
  return source.length
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\u([0-9a-fA-F]{4})|\\(.)/gs, (_, code: string | undefined, char: string) =>
      code ? String.fromCharCode(Number.parseInt(code, 16)) : (ESCAPES[char] ?? char),
    )
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
