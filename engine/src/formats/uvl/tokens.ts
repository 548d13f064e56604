import { position, type Word } from '../cursor.ts'
import { atMostSoMany, MAX_PARTS } from '../limits.ts'
import { fail } from '../problem.ts'

/** `quoted` is a name in double quotes, `string` a text in single quotes; both without their quotes. */
export interface Token extends Word {
  kind: 'name' | 'quoted' | 'string' | 'number' | 'sign' | 'newline' | 'indent' | 'dedent' | 'end'
}

const SIGNS = [
  '<=>',
  '=>',
  '<=',
  '>=',
  '==',
  '!=',
  '..',
  '!',
  '&',
  '|',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  '.',
]
const NAME_START = /[\p{L}_]/u
const NAME_PART = /[\p{L}\p{N}_#§%?\\';]/u

/**
 * UVL text to tokens. Lines inside brackets and braces are joined; indentation becomes indent and dedent.
 * A tab reaches the next multiple of `tabWidth` columns (8 in the official grammar).
 */
export function tokenize(text: string, tabWidth: number): Token[] {
  const tokens: Token[] = []
  const levels = [0]
  const open: Token[] = []
  let line = 1
  let lineStart = 0
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let fresh = true

  const token = (kind: Token['kind'], start: number, end: number, value: string): Token => ({
    kind,
    text: value,
    line,
    column: start - lineStart + 1,
    start,
    end,
  })
  const here = () => `${line}:${at - lineStart + 1}`
  const nextLine = (end: number) => {
    line++
    lineStart = end
    at = end
  }

  const skipComment = () => {
    const from = here()
    const close = text.indexOf('*/', at + 2)
    if (close < 0)
      fail(
        'unclosed-comment',
        from,
        '/*',
        ['注释没有结束。文件可能不完整', '请用 */ 结束注释，或重新获取完整的文件'],
        ['The comment is not closed; the file may be cut off', 'Close the comment with */, or get the whole file'],
      )
    for (let i = text.indexOf('\n', at); i >= 0 && i < close; i = text.indexOf('\n', i + 1)) {
      line++
      lineStart = i + 1
    }
    at = close + 2
  }

  const indentation = () => {
    let width = 0
    // a comment before the first word does not move it
    for (let i = lineStart; i < at && ' \t\f\u00a0'.includes(text[i]!); i++)
      width = text[i] === '\t' ? width + tabWidth - (width % tabWidth) : width + 1
    if (width > levels.at(-1)!) {
      levels.push(width)
      tokens.push(token('indent', at, at, ''))
      return
    }
    while (width < levels.at(-1)!) {
      levels.pop()
      tokens.push(token('dedent', at, at, ''))
    }
    if (width !== levels.at(-1))
      fail(
        'bad-indentation',
        here(),
        text.slice(at, endOfLine(text, at)).trim(),
        ['这一行的缩进与上面任何一行都不一致', '请让同一层的各行缩进相同，并且不要混用制表符和空格'],
        [
          'The indentation of this line matches no line above it',
          'Indent lines of one level alike, and do not mix tabs and spaces',
        ],
      )
  }

  while (at < text.length) {
    const c = text[at]!
    if (c === '\n' || c === '\r') {
      if (!fresh && open.length === 0) tokens.push(token('newline', at, at, ''))
      if (open.length === 0) fresh = true
      nextLine(c === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1)
      continue
    }
    if (c === ' ' || c === '\t' || c === '\f' || c === '\u00a0') {
      at++
      continue
    }
    if (c === '/' && text[at + 1] === '/') {
      at = endOfLine(text, at)
      continue
    }
    if (c === '/' && text[at + 1] === '*') {
      skipComment()
      continue
    }
    if (fresh) {
      indentation()
      fresh = false
    }
    const found = word(text, at, here) ?? sign(text, at)
    if (!found)
      return fail(
        'syntax',
        here(),
        c,
        [`这里不应出现字符“${c}”`, '请删除该字符；名称含有特殊字符时，请用双引号括起来'],
        [
          `The character ${JSON.stringify(c)} is not expected here`,
          'Remove it; a name with special characters belongs in double quotes',
        ],
      )
    const next = token(found.kind, at, found.end, found.text)
    tokens.push(next)
    if (tokens.length > MAX_PARTS) atMostSoMany(tokens.length, MAX_PARTS, position(next), '文件的词数', 'words and signs')
    if (found.kind === 'sign') {
      if ('([{'.includes(found.text)) open.push(next)
      else if (')]}'.includes(found.text)) open.pop()
    }
    at = found.end
  }

  const unclosed = open[0]
  if (unclosed)
    fail(
      'unclosed-bracket',
      position(unclosed),
      unclosed.text,
      [`此处的“${unclosed.text}”没有对应的右括号。文件可能不完整`, '请补上右括号，或重新获取完整的文件'],
      [
        `The ${unclosed.text} opened here is not closed; the file may be cut off`,
        'Add the closing bracket, or get the whole file',
      ],
    )
  if (!fresh) tokens.push(token('newline', at, at, ''))
  while (levels.length > 1) {
    levels.pop()
    tokens.push(token('dedent', at, at, ''))
  }
  tokens.push(token('end', at, at, ''))
  return tokens
}

type Found = { kind: Token['kind']; end: number; text: string }

function word(text: string, at: number, here: () => string): Found | undefined {
  const c = text[at]!
  if (c === '"' || c === "'") return quoted(text, at, c, here)
  if (isDigit(c) || (c === '.' && isDigit(text[at + 1]))) return number(text, at, here)
  const end = endOfName(text, at)
  return end > at ? { kind: 'name', end, text: text.slice(at, end) } : undefined
}

/** Where the name ends that begins here; the place itself where none does. */
function endOfName(text: string, at: number): number {
  let end = at
  while (end < text.length) {
    if (isPlain(text.charCodeAt(end))) {
      end++
      continue
    }
    const part = String.fromCodePoint(text.codePointAt(end)!)
    if (!(end === at ? NAME_START : NAME_PART).test(part)) break
    end += part.length
  }
  return end
}

/** What most names are made of, told without a pattern. */
function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
}

function quoted(text: string, at: number, quote: string, here: () => string): Found {
  const close = text.indexOf(quote, at + 1)
  if (close < 0 || /[\n\r]/.test(text.slice(at, close)))
    fail(
      'unclosed-quote',
      here(),
      text.slice(at, endOfLine(text, at)),
      ['引号没有结束。文件可能不完整', `请在本行内补上右引号 ${quote}`],
      ['The quotation is not closed on this line; the file may be cut off', `Add the closing ${quote} on the same line`],
    )
  if (quote === '"' && close === at + 1)
    fail('syntax', here(), '""', ['名称为空', '请填写名称'], ['The name is empty', 'Write a name between the quotes'])
  return { kind: quote === '"' ? 'quoted' : 'string', end: close + 1, text: text.slice(at + 1, close) }
}

function number(text: string, at: number, here: () => string): Found {
  const match = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y
  match.lastIndex = at
  const written = match.exec(text)![0]
  const end = at + written.length
  if (end < text.length && NAME_PART.test(text[end]!))
    fail(
      'syntax',
      here(),
      text.slice(at, endOfLine(text, at)).split(/[\s,(){}[\]]/, 1)[0]!,
      ['名称以数字开头', '请用双引号把该名称括起来'],
      ['A name starts with a digit', 'Put the name in double quotes'],
    )
  return { kind: 'number', end, text: written }
}

function sign(text: string, at: number): Found | undefined {
  const found = SIGNS.find(s => text.startsWith(s, at))
  return found === undefined ? undefined : { kind: 'sign', end: at + found.length, text: found }
}

function isDigit(c: string | undefined): boolean {
  return c !== undefined && c >= '0' && c <= '9'
}

function endOfLine(text: string, at: number): number {
  for (let i = at; i < text.length; i++) if (text[i] === '\n' || text[i] === '\r') return i
  return text.length
}
