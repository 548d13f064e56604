import type { ModelError } from '../api.ts'
import { text as both, syntaxError, tooDeep, tooLong } from '../errors.ts'
import type { LocalizedText } from '../model.ts'
import { readTokens, type Token, type TokenProblem } from './tokens.ts'

/** A formula as it is written, before its names are looked up. `at` is the column, from 1. */
export type Syntax = { at: number; depth: number } & (
  | { is: 'constant'; value: boolean }
  | { is: 'number'; value: number; unit?: string }
  | { is: 'name'; name: string; attribute?: { name: string; at: number } }
  | { is: 'call'; name: FunctionName; args: { name: string; at: number }[] }
  | { is: 'not' | 'negate'; arg: Syntax }
  | { is: 'and' | 'or'; args: Syntax[] }
  | { is: 'implies' | 'iff'; left: Syntax; right: Syntax }
  | { is: Comparison; left: Syntax; right: Syntax }
  | { is: 'chain'; first: Syntax; rest: { op: '+' | '-'; arg: Syntax }[] }
  | { is: '*' | '/'; left: Syntax; right: Syntax }
)

export type Comparison = '<=' | '<' | '==' | '!=' | '>=' | '>'
export type FunctionName = 'sum' | 'max' | 'min' | 'count' | 'offered' | 'taken'

export const functionNames: readonly string[] = ['sum', 'max', 'min', 'count', 'offered', 'taken']
export const lengthLimit = 100_000
export const depthLimit = 200

/** Binding, weakest first: <=>  =>  |  &  !  comparison  + -  * /  sign */
export function readSyntax(text: string): { syntax: Syntax } | { error: ModelError; column: number } {
  if (text.length > lengthLimit) return { error: tooLong({ path: '' }, text.length, lengthLimit), column: 1 }
  const tokens = readTokens(text)
  if ('problem' in tokens) return tokenError(tokens)
  try {
    return { syntax: readWhole(tokens) }
  } catch (problem) {
    if (problem instanceof Unreadable) return { error: problem.error, column: problem.column }
    throw problem
  }
}

/** Leaves the descent at the first word that does not fit; never crosses readSyntax. */
class Unreadable extends Error {
  error: ModelError
  column: number
  constructor(error: ModelError, column: number) {
    super(error.message.en)
    this.error = error
    this.column = column
  }
}

function readWhole(tokens: Token[]): Syntax {
  let place = 0
  let nesting = 0
  const next = () => tokens[place] as Token
  const ahead = (symbol: string) => next().kind === 'symbol' && next().text === symbol
  const take = (symbol: string) => ahead(symbol) && ++place > 0

  const whole = iff()
  if (next().kind !== 'end') throw unexpected(next(), both('运算符', 'an operator'))
  return whole

  function iff(): Syntax {
    let left = implies()
    while (ahead('<=>')) {
      const { at } = tokens[place++] as Token
      const right = implies()
      left = built({ is: 'iff', left, right, at }, [left, right])
    }
    return left
  }

  function implies(): Syntax {
    const left = or()
    if (!ahead('=>')) return left
    const { at } = tokens[place++] as Token
    const right = nested(implies)
    return built({ is: 'implies', left, right, at }, [left, right])
  }

  function or(): Syntax {
    return list('or', '|', and)
  }

  function and(): Syntax {
    return list('and', '&', not)
  }

  function list(is: 'and' | 'or', symbol: string, part: () => Syntax): Syntax {
    const first = part()
    if (!ahead(symbol)) return first
    const args = [first]
    while (take(symbol)) args.push(part())
    return built({ is, args, at: first.at }, args)
  }

  function not(): Syntax {
    if (!ahead('!')) return comparison()
    const { at } = tokens[place++] as Token
    const arg = nested(not)
    return built({ is: 'not', arg, at }, [arg])
  }

  function comparison(): Syntax {
    const left = chain()
    const token = next()
    if (!isComparison(token)) return left
    place++
    const right = chain()
    if (isComparison(next())) throw unexpected(next(), both('“&”（比较不能连写）', '"&" (comparisons cannot be chained)'))
    return built({ is: token.text, left, right, at: token.at }, [left, right])
  }

  function chain(): Syntax {
    const first = product()
    if (!ahead('+') && !ahead('-')) return first
    const rest: { op: '+' | '-'; arg: Syntax }[] = []
    while (ahead('+') || ahead('-')) {
      const op = (tokens[place++] as Token).text as '+' | '-'
      rest.push({ op, arg: product() })
    }
    const height = rest.length <= chainLimit ? rest.length : Math.ceil(Math.log2(rest.length + 1)) + 1
    return built({ is: 'chain', first, rest, at: first.at }, [first, ...rest.map(({ arg }) => arg)], height)
  }

  function product(): Syntax {
    let left = signed()
    while (ahead('*') || ahead('/')) {
      const token = tokens[place++] as Token
      const right = signed()
      left = built({ is: token.text as '*' | '/', left, right, at: token.at }, [left, right])
    }
    return left
  }

  function signed(): Syntax {
    if (!ahead('-')) return atom()
    const { at } = tokens[place++] as Token
    const token = next()
    if (token.kind === 'number') {
      place++
      return literal(-token.value, at)
    }
    const arg = nested(signed)
    return built({ is: 'negate', arg, at }, [arg])
  }

  function atom(): Syntax {
    const token = next()
    if (take('(')) {
      const inner = nested(iff)
      if (!take(')')) throw unexpected(next(), both('“)”', '")"'))
      return inner
    }
    if (token.kind === 'number') {
      place++
      return literal(token.value, token.at)
    }
    if (token.kind !== 'name') throw unexpected(token, both('名称、数字或“(”', 'a name, a number or "("'))
    place++
    if (!token.quoted && (token.text === 'true' || token.text === 'false')) {
      return { is: 'constant', value: token.text === 'true', at: token.at, depth: 1 }
    }
    if (ahead('(') && !token.quoted && functionNames.includes(token.text)) return call(token.text as FunctionName, token.at)
    if (!take('.')) return { is: 'name', name: token.text, at: token.at, depth: 1 }
    const attribute = name()
    return { is: 'name', name: token.text, attribute, at: token.at, depth: 1 }
  }

  function literal(value: number, at: number): Syntax {
    const token = next()
    const exactly = value === 0 ? 0 : value
    if (token.kind !== 'unit') return { is: 'number', value: exactly, at, depth: 1 }
    place++
    return { is: 'number', value: exactly, unit: token.text, at, depth: 1 }
  }

  function call(fn: FunctionName, at: number): Syntax {
    place++
    const args = [name()]
    while (take(',')) args.push(name())
    if (!take(')')) throw unexpected(next(), both('“,”或“)”', '"," or ")"'))
    return { is: 'call', name: fn, args, at, depth: 1 }
  }

  function name(): { name: string; at: number } {
    const token = next()
    if (token.kind !== 'name') throw unexpected(token, both('名称', 'a name'))
    place++
    return { name: token.text, at: token.at }
  }

  /** Guards the call stack while reading; `built` guards it for whoever walks the tree afterwards. */
  function nested(read: () => Syntax): Syntax {
    if (++nesting > depthLimit) throw new Unreadable(tooDeep({ path: '' }, depthLimit), next().at)
    const syntax = read()
    nesting--
    return syntax
  }
}

/** Sums longer than this are read as a balanced tree, so that ten thousand terms are not ten thousand levels. */
export const chainLimit = 64

type Bare<T> = T extends unknown ? Omit<T, 'depth'> : never

function built(node: Bare<Syntax>, parts: Syntax[], height = 1): Syntax {
  const depth = parts.reduce((most, part) => Math.max(most, part.depth), 0) + height
  if (depth > 2 * depthLimit) throw new Unreadable(tooDeep({ path: '' }, depthLimit), node.at)
  return { ...node, depth } as Syntax
}

function isComparison(token: Token): token is Token & { text: Comparison } {
  return token.kind === 'symbol' && ['<=', '<', '==', '!=', '>=', '>'].includes(token.text)
}

const habits: Record<string, string> = {
  and: '&',
  or: '|',
  not: '!',
  AND: '&',
  OR: '|',
  NOT: '!',
  implies: '=>',
  xor: '!=',
  mod: '/',
}

function unexpected(token: Token, expected: LocalizedText): Unreadable {
  const found =
    token.kind === 'end' ? both('公式在此结束', 'the formula ends here') : both(`出现“${token.text}”`, `found "${token.text}"`)
  const habit = token.kind === 'name' ? habits[token.text] : undefined
  return unreadable(
    token,
    both(`此处应为${expected['zh-CN']}，但${found['zh-CN']}。`, `Expected ${expected.en}, but ${found.en}.`),
    habit === undefined
      ? both(
          '请补全或修改公式；含有其他字符的名称请放在双引号中。',
          'Complete or correct the formula; put names with other characters in double quotes.',
        )
      : both(`请用“${habit}”代替“${token.text}”。`, `Write "${habit}" instead of "${token.text}".`),
  )
}

function unreadable(token: { text: string; at: number }, message: LocalizedText, remedy: LocalizedText): Unreadable {
  const where = both(`第 ${token.at} 个字符处：${message['zh-CN']}`, `At character ${token.at}: ${message.en}`)
  return new Unreadable(syntaxError({ path: '' }, token.text, where, remedy), token.at)
}

function tokenError({ problem, text, at }: TokenProblem): { error: ModelError; column: number } {
  const { error } = (() => {
    switch (problem) {
      case 'open-quote':
        return unreadable(
          { text, at },
          both('双引号没有结束。', 'The double quote is not closed.'),
          both('请补上右双引号。', 'Add the closing double quote.'),
        )
      case 'open-bracket':
        return unreadable(
          { text, at },
          both('方括号没有结束。', 'The bracket is not closed.'),
          both('请把单位写成 [kg] 的形式。', 'Write a unit as [kg].'),
        )
      case 'long-number':
        return unreadable(
          { text, at },
          both('数字过长，无法精确表示。', 'The number is too long to be exact.'),
          both('请使用至多 15 位有效数字、不超过 9007199254740991 的数。', 'Use at most 15 digits, up to 9007199254740991.'),
        )
      case 'unknown-character': {
        const remedy =
          text === '='
            ? both('请用“==”表示相等。', 'Write "==" for equality.')
            : both('请把含有此字符的名称放在双引号中。', 'Put a name with this character in double quotes.')
        return unreadable({ text, at }, both(`无法识别的字符“${text}”。`, `The character "${text}" has no meaning here.`), remedy)
      }
    }
  })()
  return { error, column: at }
}
