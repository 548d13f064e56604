import type { Constraint, Model, Option } from '../../model.ts'
import { atMostSoMany, MAX_CONSTRAINTS, MAX_FEATURES } from '../limits.ts'
import { fail, guarded, type ImportOptions, type ImportResult } from '../problem.ts'
import { text as both } from '../tree/groups.ts'
import { type Ids, uniqueId } from '../tree/names.ts'

/** A formula in conjunctive normal form: literals are variable numbers from 1, negative for not. */
export interface Dimacs {
  variables: number
  /** by variable number, from `c 12 name` lines */
  names: Map<number, string>
  clauses: { literals: number[]; line: number }[]
}

/** The same with all literals in one array: a file may have a million. */
interface Read extends Pick<Dimacs, 'variables' | 'names'> {
  literals: Int32Array
  /** by clause: where its literals end, and in which line it begins */
  ends: number[]
  lines: number[]
}

/** Throws FormatError with line:column. */
export function readDimacs(text: string): Dimacs {
  const { variables, names, literals, ends, lines } = read(text)
  const clauses = lines.map((line, i) => ({ literals: Array.from(literals.subarray(ends[i - 1] ?? 0, ends[i])), line }))
  return { variables, names, clauses }
}

function read(text: string): Read {
  const result: Read = { variables: -1, names: new Map(), literals: new Int32Array(1024), ends: [], lines: [] }
  let declared = 0
  let count = 0
  let begun = 0
  let line = 0
  const here = () => `${line}:1`

  const readHeader = (written: string) => {
    const header = /^p\s+cnf\s+(\d{1,8})\s+(\d{1,9})$/.exec(written)
    if (!header || result.variables >= 0) malformed(here(), written)
    result.variables = Number(header![1])
    declared = Number(header![2])
    atMostSoMany(result.variables, MAX_FEATURES, here(), '变量数', 'variables')
    atMostSoMany(declared, MAX_CONSTRAINTS, here(), '子句数', 'clauses')
  }
  const readName = (written: string) => {
    const named = /^c (\d+)\$? (.+)$/s.exec(written)
    if (named) result.names.set(Number(named[1]), named[2]!.trim())
  }
  const readWord = (from: number, to: number) => {
    const literal = integerAt(text, from, to)
    if (!Number.isInteger(literal) || Math.abs(literal) > result.variables)
      fail(
        'out-of-range',
        here(),
        text.slice(from, to),
        [`这不是 1 到 ${result.variables} 之间的变量`, '请更正该子句，或更正 p cnf 行中的变量数'],
        [`This is no variable from 1 to ${result.variables}`, 'Correct the clause, or the number of variables in the line p cnf'],
      )
    if (count === begun) result.lines.push(line)
    if (literal !== 0) {
      if (count === result.literals.length) result.literals = grown(result.literals)
      result.literals[count++] = literal
      return
    }
    begun = count
    if (result.ends.push(count) > MAX_CONSTRAINTS) atMostSoMany(result.ends.length, MAX_CONSTRAINTS, here(), '子句数', 'clauses')
  }

  for (let from = 0, end: number; from <= text.length; from = end + (text.startsWith('\r\n', end) ? 2 : 1)) {
    line++
    end = endOfLine(text, from)
    let at = pastBlanks(text, from, end)
    const first = text[at]
    if (at === end) continue
    if (first === 'c') readName(text.slice(at, end).trim())
    else if (first === 'p') readHeader(text.slice(at, end).trim())
    else if (first === '%' && pastBlanks(text, at + 1, end) === end) continue
    else if (result.variables < 0) malformed(here(), text.slice(at, end).trim())
    else {
      while (at < end) {
        const to = endOfWord(text, at, end)
        readWord(at, to)
        at = pastBlanks(text, to, end)
      }
    }
  }
  if (result.variables < 0) malformed('1:1', text.slice(0, endOfLine(text, 0)))
  const clauses = result.ends.length
  if (count > begun || clauses !== declared)
    fail(
      'cut-off',
      here(),
      `${clauses}`,
      [`应有 ${declared} 个子句，实际为 ${clauses} 个。文件可能不完整`, '请重新获取完整的文件，或更正 p cnf 行'],
      [
        `Expected ${declared} clauses, found ${clauses}; the file may be cut off`,
        'Get the whole file, or correct the line p cnf',
      ],
    )
  return result
}

function grown(full: Int32Array): Int32Array {
  const larger = new Int32Array(2 * full.length)
  larger.set(full)
  return larger
}

const isBlank = (code: number) => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff

function pastBlanks(text: string, from: number, end: number): number {
  let at = from
  while (at < end && isBlank(text.charCodeAt(at))) at++
  return at
}

function endOfWord(text: string, from: number, end: number): number {
  let at = from
  while (at < end && !isBlank(text.charCodeAt(at))) at++
  return at
}

function endOfLine(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 13) break
  }
  return at
}

/** What Number makes of a word, without cutting it out where it is written as numbers are. */
function integerAt(text: string, from: number, to: number): number {
  const negative = text.charCodeAt(from) === 45
  let value = 0
  let at = negative ? from + 1 : from
  do {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return Number(text.slice(from, to))
    value = 10 * value + digit
  } while (++at < to)
  return negative ? -value : value
}

/** Every variable an option of one group, every clause a constraint `line-…`. */
export function importDimacs(text: string, options: ImportOptions = {}): ImportResult {
  return guarded(() => {
    const dimacs = read(text)
    const taken: Ids = new Map()
    const variables: Option[] = []
    for (let v = 1; v <= dimacs.variables; v++) {
      const name = dimacs.names.get(v) ?? `x${v}`
      variables.push({ id: uniqueId(name, taken), name: both(name) })
    }
    const constraints = constraintsOf(dimacs, variables)
    const name = options.fileName?.replace(/\.\w+$/, '') ?? 'dimacs'
    const model: Model = {
      format: 'fettle-model/1',
      id: name.toLowerCase().replace(/[^a-z0-9]+/g, '-') || 'dimacs',
      version: '1',
      name: both(name),
      untranslated: true,
      currency: options.currency ?? 'CNY',
      attributes: [],
      groups: [
        {
          id: uniqueId('variables', taken),
          name: { 'zh-CN': '变量', en: 'Variables' },
          kind: 'choose-some',
          options: variables,
        },
      ],
      constraints,
    }
    return { ok: true, model, notes: [] }
  })
}

function constraintsOf({ literals, ends, lines }: Read, variables: readonly Option[]): Constraint[] {
  /** by literal, counted from the most negative: in which clause it was last, from 1 */
  const lastIn = new Int32Array(2 * variables.length + 1)
  let at = 0
  let sameLine = 1
  return ends.map((end, i): Constraint => {
    const chosen: string[] = []
    const not: string[] = []
    for (; at < end; at++) {
      const literal = literals[at]!
      const place = variables.length + literal
      if (lastIn[place] === i + 1) continue
      lastIn[place] = i + 1
      if (literal > 0) chosen.push(variables[literal - 1]!.id)
      else not.push(variables[-literal - 1]!.id)
    }
    sameLine = lines[i] === lines[i - 1] ? sameLine + 1 : 1
    const id = sameLine === 1 ? `line-${lines[i]}` : `line-${lines[i]}-${sameLine}`
    if (not.length === 0) return chosen.length > 0 ? { id, kind: 'clause', chosen } : { id, kind: 'clause' }
    return chosen.length > 0 ? { id, kind: 'clause', chosen, not } : { id, kind: 'clause', not }
  })
}

function malformed(at: string, value: string): never {
  return fail(
    'syntax',
    at,
    value,
    ['这不是 DIMACS 文件的有效内容', '第一个非注释行应为“p cnf 变量数 子句数”，其后为以 0 结尾的子句'],
    ['This is not DIMACS', 'The first line that is no comment is "p cnf variables clauses"; clauses ending in 0 follow'],
  )
}
