import type { Constraint, Model, Option } from '../../model.ts'
import { atMostSoMany, MAX_CONSTRAINTS, MAX_FEATURES } from '../limits.ts'
import { fail, guarded, type ImportOptions, type ImportResult } from '../problem.ts'
import { text as both } from '../tree/groups.ts'
import { noIds, uniqueId } from '../tree/names.ts'

/** A formula in conjunctive normal form: literals are variable numbers from 1, negative for not. */
export interface Dimacs {
  variables: number
  /** by variable number, from `c 12 name` lines */
  names: Map<number, string>
  clauses: { literals: number[]; line: number }[]
}

/** Throws FormatError with line:column. */
export function readDimacs(text: string): Dimacs {
  const result: Dimacs = { variables: -1, names: new Map(), clauses: [] }
  let declared = 0
  let open: number[] = []
  let openLine = 0
  const lines = text.split(/\r\n|\n|\r/)
  lines.forEach((raw, i) => {
    const line = raw.trim()
    const at = `${i + 1}:1`
    if (line === '' || line === '%') return
    if (line.startsWith('c')) {
      const named = /^c (\d+)\$? (.+)$/s.exec(line)
      if (named) result.names.set(Number(named[1]), named[2]!.trim())
      return
    }
    if (line.startsWith('p')) {
      const header = /^p\s+cnf\s+(\d{1,8})\s+(\d{1,9})$/.exec(line)
      if (!header || result.variables >= 0) malformed(at, line)
      result.variables = Number(header![1])
      declared = Number(header![2])
      atMostSoMany(result.variables, MAX_FEATURES, at, '变量数', 'variables')
      atMostSoMany(declared, MAX_CONSTRAINTS, at, '子句数', 'clauses')
      return
    }
    if (result.variables < 0) malformed(at, line)
    for (const written of line.split(line.includes('\t') ? /\s+/ : ' ')) {
      if (written === '') continue
      const literal = Number(written)
      if (!Number.isInteger(literal) || Math.abs(literal) > result.variables)
        fail(
          'out-of-range',
          at,
          written,
          [`这不是 1 到 ${result.variables} 之间的变量`, '请更正该子句，或更正 p cnf 行中的变量数'],
          [
            `This is no variable from 1 to ${result.variables}`,
            'Correct the clause, or the number of variables in the line p cnf',
          ],
        )
      if (open.length === 0) openLine = i + 1
      if (literal === 0) {
        result.clauses.push({ literals: open, line: openLine })
        atMostSoMany(result.clauses.length, MAX_CONSTRAINTS, at, '子句数', 'clauses')
        open = []
      } else open.push(literal)
    }
  })
  if (result.variables < 0) malformed('1:1', lines[0] ?? '')
  if (open.length || result.clauses.length !== declared)
    fail(
      'cut-off',
      `${lines.length}:1`,
      `${result.clauses.length}`,
      [`应有 ${declared} 个子句，实际为 ${result.clauses.length} 个。文件可能不完整`, '请重新获取完整的文件，或更正 p cnf 行'],
      [
        `Expected ${declared} clauses, found ${result.clauses.length}; the file may be cut off`,
        'Get the whole file, or correct the line p cnf',
      ],
    )
  return result
}

/** Every variable an option of one group, every clause a constraint `line-…`. */
export function importDimacs(text: string, options: ImportOptions = {}): ImportResult {
  return guarded(() => {
    const dimacs = readDimacs(text)
    const taken = noIds()
    const variables: Option[] = []
    for (let v = 1; v <= dimacs.variables; v++) {
      const name = dimacs.names.get(v) ?? `x${v}`
      variables.push({ id: uniqueId(name, taken), name: both(name) })
    }
    const ids = noIds()
    const constraints = dimacs.clauses.map(({ literals, line }): Constraint => {
      const named = (some: number[]) => Array.from(new Set(some), literal => variables[Math.abs(literal) - 1]!.id)
      const chosen = named(literals.filter(literal => literal > 0))
      const not = named(literals.filter(literal => literal < 0))
      const id = uniqueId(`line-${line}`, ids)
      return { id, kind: 'clause', ...(chosen.length > 0 && { chosen }), ...(not.length > 0 && { not }) }
    })
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

function malformed(at: string, value: string): never {
  return fail(
    'syntax',
    at,
    value,
    ['这不是 DIMACS 文件的有效内容', '第一个非注释行应为“p cnf 变量数 子句数”，其后为以 0 结尾的子句'],
    ['This is not DIMACS', 'The first line that is no comment is "p cnf variables clauses"; clauses ending in 0 follow'],
  )
}
