/** One word of a formula. `at` is its column, from 1. */
export type Token =
  | { kind: 'name'; text: string; quoted: boolean; at: number }
  | { kind: 'number'; value: number; text: string; at: number }
  | { kind: 'unit'; text: string; at: number }
  | { kind: 'symbol'; text: string; at: number }
  | { kind: 'end'; text: ''; at: number }

export type TokenProblem = {
  problem: 'unknown-character' | 'open-quote' | 'open-bracket' | 'long-number'
  text: string
  at: number
}

const symbol = /<=>|=>|<=|>=|==|!=|[&|!<>+\-*/().,]/y
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const name = /[\p{L}\p{M}\p{N}_]+/uy
const quoted = /"((?:[^"\\]|\\.)*)"/sy
const unit = /\[([^[\]]*)\]/y
const space = /\s+/y

/** Cuts a formula into words; stops at the first character that begins none. */
export function readTokens(text: string): Token[] | TokenProblem {
  const tokens: Token[] = []
  for (let place = 0; ; ) {
    if (mayBeSpace(text, place)) place += match(space, text, place).length
    const at = place + 1
    if (place >= text.length) {
      tokens.push({ kind: 'end', text: '', at })
      return tokens
    }
    const end = plainEnd(text, place)
    if (end > place) {
      tokens.push({ kind: 'name', text: text.slice(place, end), quoted: false, at })
      place = end
      continue
    }
    const token = readToken(text, place)
    if ('problem' in token) return token
    tokens.push(token.token)
    place += token.length
  }
}

/** Where a name ends that begins with a letter or _ and is made of ASCII: most are, and need no pattern. The place itself where none does. */
function plainEnd(text: string, place: number): number {
  let end = place
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code > 127) return place
    const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
    if (!isLetter && (end === place || code < 48 || code > 57)) break
  }
  return end
}

function mayBeSpace(text: string, place: number): boolean {
  const code = text.charCodeAt(place)
  return code <= 32 || code > 127
}

function readToken(text: string, place: number): { token: Token; length: number } | TokenProblem {
  const at = place + 1
  const first = text.charAt(place)
  if (first === '"') {
    const whole = match(quoted, text, place)
    if (whole === '') return { problem: 'open-quote', text: text.slice(place, place + 20), at }
    return { token: { kind: 'name', text: whole.slice(1, -1).replace(/\\(.)/gs, '$1'), quoted: true, at }, length: whole.length }
  }
  if (first === '[') {
    const whole = match(unit, text, place)
    if (whole === '') return { problem: 'open-bracket', text: text.slice(place, place + 20), at }
    return { token: { kind: 'unit', text: whole.slice(1, -1).trim(), at }, length: whole.length }
  }
  const word = match(name, text, place)
  const digits = match(number, text, place)
  // 3d is a name, 3 and 3.5 and 2e6 are numbers: the longer reading wins
  if (digits !== '' && digits.length >= word.length) {
    const value = Number(digits)
    const figures = digits
      .replace(/[eE].*/, '')
      .replace('.', '')
      .replace(/^0+/, '')
    if (!(value <= Number.MAX_SAFE_INTEGER) || figures.length > 15) return { problem: 'long-number', text: digits, at }
    return { token: { kind: 'number', value, text: digits, at }, length: digits.length }
  }
  if (word !== '') return { token: { kind: 'name', text: word, quoted: false, at }, length: word.length }
  const sign = match(symbol, text, place)
  if (sign === '') return { problem: 'unknown-character', text: first, at }
  return { token: { kind: 'symbol', text: sign, at }, length: sign.length }
}

function match(pattern: RegExp, text: string, place: number): string {
  pattern.lastIndex = place
  return pattern.exec(text)?.[0] ?? ''
}
