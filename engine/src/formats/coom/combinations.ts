import { evaluate, type Grounding, groundings } from './ground.ts'
import { and, not, or, TRUE } from './logic.ts'
import { type Demand, premise } from './rules.ts'
import type { Cell, Row, Rule, Statement } from './syntax.ts'
import { compared, constant, holds, NotExpressed, type Value } from './values.ts'

type Combinations = Extract<Statement, { kind: 'combinations' }>
type Table = Extract<Demand, { kind: 'table' }>

/** A table for every combination of things in its columns; it speaks where all of them are there. */
export function* combined(grounding: Grounding, rule: Rule, { columns, rows }: Combinations): Generator<Demand> {
  const allowed = rows.filter(({ allow }) => allow)
  const forbidden = rows.filter(({ allow }) => !allow)
  for (const ground of groundings(grounding, rule, columns, rule.conditions)) {
    const values = columns.map(column => evaluate(rule, ground, column))
    const speaks = premise(rule, ground)
    if (allowed.length > 0 || rows.length === 0) yield demand(rule, speaks, values, allowed, 'allowed')
    if (forbidden.length > 0) yield demand(rule, speaks, values, forbidden, 'forbidden')
  }
}

/** As a table where the columns are questions, else as a formula. */
function demand(rule: Rule, speaks: string, values: Value[], rows: Row[], mode: Table['mode']): Demand {
  const table = tableOf(values, rows, mode, rule.at)
  if (table) return { ...table, when: speaks }
  const matches = or(rows.map(({ cells }) => and(cells.map((cell, i) => (cell ? anyOf(values[i]!, cell, rule.at) : TRUE)))))
  const when = and([speaks, ...values.map(({ defined }) => defined)])
  return { kind: 'formula', when, formula: mode === 'allowed' ? matches : not(matches) }
}

function anyOf(value: Value, cells: Cell[], at: string): string {
  return or(cells.map(cell => compared(value, cell.sign, constant(contentOf(cell)), at)))
}

/** Undefined where a column is no question, or a cell no plain value of it. */
function tableOf(values: Value[], rows: Row[], mode: Table['mode'], at: string): Omit<Table, 'when'> | undefined {
  const columns = values.flatMap(({ column }) => column ?? [])
  if (columns.length === 0 || new Set(columns).size < columns.length) return undefined
  const written: Table['rows'] = []
  for (const { cells } of rows) {
    const row: Table['rows'][number] = []
    let possible = true
    for (const [i, value] of values.entries()) {
      const cell = cells[i] ?? null
      if (value.column === undefined) {
        const [only] = value.cases ?? []
        if (value.cases?.length !== 1 || only!.when !== TRUE) return undefined
        possible &&= !cell || cell.some(one => holds(only!.value, one.sign, contentOf(one), at))
        continue
      }
      const content = cell ? cellOf(value, cell, at) : '*'
      if (content === undefined) return undefined
      possible &&= !(Array.isArray(content) && content.length === 0)
      row.push(content)
    }
    if (possible) written.push(row)
  }
  return written.length > 0 ? { kind: 'table', columns, rows: written, mode } : undefined
}

function cellOf({ cases }: Value, cells: Cell[], at: string): Table['rows'][number][number] | undefined {
  if (!cases) {
    const numbers = cells.map(cell => ({ sign: cell.sign, content: contentOf(cell) }))
    if (numbers.some(({ sign, content }) => sign !== '==' || content.kind !== 'number')) return undefined
    return numbers.map(({ content }) => Number(content.text))
  }
  const fitting = cases.filter(one => cells.some(cell => holds(one.value, cell.sign, contentOf(cell), at)))
  if (fitting.length === cases.length) return '*'
  const contents = fitting.map(({ cell }) => cell!)
  if (typeof cases[0]?.cell === 'boolean') return contents.length === 0 ? [] : contents[0]!
  return contents as string[]
}

/** What stands in a cell: a number, or a name that is a text. */
function contentOf({ formula }: Cell) {
  if (formula.op === 'number') return { kind: 'number', text: formula.text } as const
  if (formula.op === 'text') return { kind: 'text', text: formula.text } as const
  if (formula.op === 'path' && formula.path.items.every(({ index }) => !index))
    return { kind: 'text', text: formula.path.items.map(({ name }) => name).join('.') } as const
  throw new NotExpressed(formula.at, formula.op)
}
