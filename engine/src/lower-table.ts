import { exact } from './decimal.ts'
import type { Scale } from './linear-form.ts'
import type { Cell, Group, TableConstraint } from './model.ts'
import { type ModelIndex, optionsOf } from './model-index.ts'
import { FALSE, negate, type ProblemBuilder, TRUE } from './solver/problem.ts'

/** What a column of a table stands for in the problem. */
export type Column =
  | { kind: 'choice'; options: ReadonlyMap<string, number>; absent: number }
  | { kind: 'number'; scale: Scale }
  | { kind: 'option'; literal: number }

/** Reads a table's columns; `absentIn` gives a literal that holds where nothing is chosen in a choose-one group. */
export function columnsOf(
  table: TableConstraint,
  index: ModelIndex,
  option: (id: string) => number,
  number: (group: string) => Scale,
  absentIn: (group: Group) => number,
): Column[] {
  return table.columns.map(id => {
    const group = index.groups.get(id)
    if (!group) return { kind: 'option', literal: option(id) }
    if (group.kind === 'number') return { kind: 'number', scale: number(id) }
    return { kind: 'choice', options: new Map(optionsOf(group).map(one => [one.id, option(one.id)])), absent: absentIn(group) }
  })
}

/**
 * Unless one of `unless` holds or a column has no value: a row matches, by one literal per row that makes its cells hold
 * (a chosen option needs one of its rows), or no row matches, by one clause per row.
 */
export function lowerTable(
  builder: ProblemBuilder,
  rule: number,
  table: TableConstraint,
  columns: Column[],
  unless: number[],
): void {
  const silent = [...unless, ...columns.map(valueMissing)]
  if (silent.includes(TRUE)) return
  if (table.mode === 'forbidden') {
    for (const row of table.rows) {
      builder.clause(rule, [...silent, ...row.flatMap((cell, i) => cellFails(builder, rule, columns[i]!, cell))])
    }
    return
  }
  const rows = table.rows.map(row => {
    const literal = builder.literal()
    row.forEach((cell, i) => {
      cellHolds(builder, rule, columns[i]!, cell, literal)
    })
    return literal
  })
  builder.clause(rule, [...silent, ...rows])
  columns.forEach((column, i) => {
    if (column.kind !== 'choice') return
    for (const [option, literal] of column.options) {
      const supporting = rows.filter((_, r) => allows(table.rows[r]![i]!, option))
      if (supporting.length < rows.length) builder.clause(rule, [...silent, negate(literal), ...supporting])
    }
  })
}

function valueMissing(column: Column): number {
  if (column.kind === 'choice') return column.absent
  return column.kind === 'number' ? negate(column.scale.literal) : FALSE
}

const allows = (cell: Cell, option: string) => cell === '*' || cell === option || (Array.isArray(cell) && cell.includes(option))

function cellHolds(builder: ProblemBuilder, rule: number, column: Column, cell: Cell, row: number): void {
  if (cell === '*') return
  const unless = negate(row)
  if (column.kind === 'option') builder.clause(rule, [unless, cell === true ? column.literal : negate(column.literal)])
  else if (column.kind === 'choice') {
    builder.clause(rule, [unless, ...[...column.options].filter(([id]) => allows(cell, id)).map(([, literal]) => literal)])
  } else {
    const stretches = stretchesOf(cell, column.scale)
    const inside = stretches.map(([from, to]) => {
      const literal = stretches.length === 1 ? row : builder.literal()
      builder.clause(rule, [negate(literal), negate(builder.atMost(column.scale.integer, from - 1))])
      builder.clause(rule, [negate(literal), builder.atMost(column.scale.integer, to)])
      return literal
    })
    builder.clause(rule, [unless, ...inside])
  }
}

/** Literals of which one holds only if the cell does not. */
function cellFails(builder: ProblemBuilder, rule: number, column: Column, cell: Cell): number[] {
  if (cell === '*') return []
  if (column.kind === 'option') return [cell === true ? negate(column.literal) : column.literal]
  if (column.kind === 'choice') {
    const named = [...column.options].filter(([id]) => allows(cell, id)).map(([, literal]) => literal)
    if (named.length === 0) return [TRUE]
    if (named.length === 1) return [negate(named[0]!)]
    const none = builder.literal()
    for (const literal of named) builder.clause(rule, [negate(none), negate(literal)])
    return [none]
  }
  const { integer } = column.scale
  const outside = stretchesOf(cell, column.scale).map(([from, to]) => [
    builder.atMost(integer, from - 1),
    negate(builder.atMost(integer, to)),
  ])
  if (outside.length === 0) return [TRUE]
  if (outside.length === 1) return outside[0]!
  const none = builder.literal()
  for (const sides of outside) builder.clause(rule, [negate(none), ...sides])
  return [none]
}

/** The places on the grid that a cell of a number column names, as inclusive stretches. */
function stretchesOf(cell: Cell, { grid }: Scale): [number, number][] {
  const last = (grid.max - grid.min) / grid.step
  const place = (value: number) => {
    const { n, d } = exact(value)
    const steps = n * 10n ** BigInt(grid.decimals) - BigInt(grid.min) * d
    return { steps, width: BigInt(grid.step) * d }
  }
  const firstFrom = (value: number) => {
    const { steps, width } = place(value)
    return Math.max(0, Number(steps > 0n ? (steps + width - 1n) / width : steps / width))
  }
  const lastUpTo = (value: number) => {
    const { steps, width } = place(value)
    return Math.min(last, Number(steps < 0n ? (steps - width + 1n) / width : steps / width))
  }
  const stretch = (min: number | undefined, max: number | undefined): [number, number] => [
    min === undefined ? 0 : firstFrom(min),
    max === undefined ? last : lastUpTo(max),
  ]
  const cells = Array.isArray(cell) ? cell : [cell]
  return cells
    .map(one => (typeof one === 'object' ? stretch(one.min, one.max) : stretch(Number(one), Number(one))))
    .filter(([from, to]) => from <= to)
}
