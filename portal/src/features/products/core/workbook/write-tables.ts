import { type Cell, type Group, type Model, optionsOf, type TableConstraint } from '@fettle/engine'
import { bilingual, formOf, matrixMarks, tableStarts } from './form.ts'
import type { CellValue, WrittenSheet } from './sheet.ts'
import { plain, quoted, writeList, writeText, yesNo } from './values.ts'

/** All compatibility tables below each other: as a matrix where two choices of one kind meet, else one combination a row. */
export function tablesSheet({ constraints, groups }: Model): WrittenSheet {
  const { title, note } = formOf('tables')
  const rows: CellValue[][] = [[`※ ${note['zh-CN']}`], [`※ ${note.en}`]]
  const headings: number[] = []
  const byId = new Map(groups.map(group => [group.id, group]))
  for (const table of constraints) {
    if (table.kind !== 'table') continue
    rows.push([])
    const matrix = matrixOf(table, byId)
    rows.push([matrix ? tableStarts.matrix : tableStarts.table, writeText(table.id)])
    headings.push(rows.length)
    rows.push(...(matrix ?? listOf(table)).map(([first = null, ...others]) => [noStart(first), ...others]))
  }
  const width = Math.max(2, ...rows.map(row => row.length))
  return {
    name: bilingual(title),
    rows,
    layout: {
      columns: Array.from({ length: width }, (_, i) => ({ width: i === 0 ? 24 : 16, kind: 'text' })),
      headings,
      frozen: 2,
    },
  }
}

function listOf({ columns, rows }: TableConstraint): CellValue[][] {
  return [columns.map(writeText), ...rows.map(row => row.map(shown))]
}

/** A first cell that would be taken for the beginning of another table stands in quotes. */
const noStart = (cell: CellValue): CellValue =>
  typeof cell === 'string' && /^(?:表格|矩阵|table|matrix|表格 table|矩阵 matrix)$/.test(plain(cell)) && !cell.startsWith('"')
    ? quoted(cell)
    : cell

function shown(cell: Cell): CellValue {
  switch (typeof cell) {
    case 'number':
      return cell
    case 'boolean':
      return yesNo[cell ? 'true' : 'false']
    case 'string':
      return cell === '*' ? cell : writeList([cell])
  }
  if (Array.isArray(cell)) return writeList(cell.map(String), ', ')
  return `${cell.min ?? ''}..${cell.max ?? ''}`
}

/**
 * How manufacturers draw what fits what: one group on the left, one on top, a tick where they go together. Only where reading the ticks
 * gives the very rows of the table again; a row or column without a tick is shown all the same.
 */
function matrixOf(
  { columns: [left = '', top = '', third], rows, mode }: TableConstraint,
  groups: ReadonlyMap<string, Group>,
): CellValue[][] | undefined {
  const [down, across] = [groups.get(left), groups.get(top)]
  if (third !== undefined || mode === 'forbidden' || down?.kind !== 'choose-one' || across?.kind !== 'choose-one')
    return undefined
  if (![left, top].every(id => !/[\\/＼／]/.test(id) && writeText(id) === id)) return undefined
  const heads = optionsOf(across).map(({ id }) => id)
  const ticked = new Map<string, ReadonlySet<string>>()
  for (const [from, to] of rows) {
    if (typeof from !== 'string' || from === '*' || ticked.has(from)) return undefined
    const right = (Array.isArray(to) ? to : [to]).map(String)
    const ordered = heads.filter(id => right.includes(id))
    if (to === '*' || ordered.join('\n') !== right.join('\n')) return undefined
    ticked.set(from, new Set(right))
  }
  const others = optionsOf(down).flatMap(({ id }) => (ticked.has(id) ? [] : [id]))
  const line = (id: string) => [writeList([id]), ...heads.map(head => (ticked.get(id)?.has(head) ? matrixMarks.yes : null))]
  return [[`${left} \\ ${top}`, ...heads.map(head => writeList([head]))], ...[...ticked.keys(), ...others].map(line)]
}
