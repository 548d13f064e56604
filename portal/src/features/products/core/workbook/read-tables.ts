import type { Cell, Group } from '@fettle/engine'
import { tableStarts } from './form.ts'
import * as problems from './problems.ts'
import { isFilled, type Report } from './read-table.ts'
import { idKeeper, type Reading } from './reading.ts'
import { type CellValue, mostRows, type Place, type Sheet } from './sheet.ts'
import { isErrorValue, isRemark, plain, readList, readMark, readNumber, readText, readYesNo } from './values.ts'

/** The body of one compatibility table. */
export interface ReadMatrix {
  place: Place
  matrix: boolean
  columns: string[]
  rows: Cell[][]
}

type Meaning = 'number' | 'option' | 'group'

/** Reads all tables of the workbook, by the id of their rule. */
export function readTables(reading: Reading, groups: readonly Group[]): Map<string, ReadMatrix> {
  const meaning = meanings(groups)
  const unique = idKeeper(reading.report)
  const bodies = new Map<string, ReadMatrix>()
  for (const sheet of reading.sheets.get('tables') ?? []) {
    for (const { start, id, matrix, rows } of blocksOf(sheet, reading.report)) {
      const reader = new BlockReader(sheet, reading, meaning)
      const place = { sheet: sheet.name, row: start, column: 1 }
      unique(id, place)
      const body = matrix ? reader.matrix(rows) : reader.list(rows)
      if (body && !bodies.has(id)) bodies.set(id, { place, matrix, ...body })
    }
  }
  return bodies
}

function meanings(groups: readonly Group[]): (column: string) => Meaning {
  const numbers = new Set(groups.flatMap(group => (group.kind === 'number' ? [group.id] : [])))
  const options = new Set(
    groups.flatMap(group =>
      group.kind === 'number' ? [] : group.kind === 'yes-no' ? [group.option.id] : group.options.map(({ id }) => id),
    ),
  )
  return column => (numbers.has(column) ? 'number' : options.has(column) ? 'option' : 'group')
}

interface Block {
  /** row of its start */
  start: number
  id: string
  matrix: boolean
  /** its rows, the one with the headings first */
  rows: number[]
}

/** A table begins with its kind and its rule's id and ends with an empty row. */
function blocksOf(sheet: Sheet, report: Report): Block[] {
  const blocks: Block[] = []
  let open: Block | undefined
  let lost = false
  let filled = 0
  for (let at = 0; at < sheet.rows.length; at++) {
    const cells = sheet.rows[at] ?? []
    const first = cells.findIndex(isFilled)
    if (first < 0) {
      open = undefined
      lost = false
      continue
    }
    if (isRemark(cells[first])) continue
    if (++filled > mostRows) {
      report(problems.tooManyRows({ sheet: sheet.name, row: at, column: 0 }, mostRows))
      break
    }
    const start = startOf(cells)
    if (start) {
      if (start.id === '') report(problems.empty({ sheet: sheet.name, row: at, column: 1 }, '标识 Id'))
      open = { start: at, ...start, rows: [] }
      blocks.push(open)
      lost = false
    } else if (open) open.rows.push(at)
    else if (!lost) {
      report(problems.expectedTable({ sheet: sheet.name, row: at, column: first }, cells[first]!))
      lost = true
    }
  }
  for (const { startRow, startCol, endRow, endCol } of sheet.merges ?? []) {
    const inside = blocks.some(({ start, rows }) => endRow >= start && startRow <= (rows.at(-1) ?? start))
    if (inside) report(problems.merged({ sheet: sheet.name, row: startRow, column: startCol }, { row: endRow, column: endCol }))
  }
  return blocks
}

function startOf(cells: readonly CellValue[]): { id: string; matrix: boolean } | undefined {
  const word = typeof cells[0] === 'string' && !cells[0].trim().startsWith('"') ? plain(cells[0]) : ''
  const is = (start: string) => [start, ...start.split(' ')].some(name => plain(name) === word)
  if (!is(tableStarts.table) && !is(tableStarts.matrix)) return undefined
  return { matrix: is(tableStarts.matrix), id: readText(cells[1]) ?? '' }
}

class BlockReader {
  readonly #sheet: Sheet
  readonly #reading: Reading
  readonly #meaning: (column: string) => Meaning
  constructor(sheet: Sheet, reading: Reading, meaning: (column: string) => Meaning) {
    this.#sheet = sheet
    this.#reading = reading
    this.#meaning = meaning
  }

  /** Ids of groups and options on top, a combination in each row. */
  list([head, ...rows]: number[]): { columns: string[]; rows: Cell[][] } | undefined {
    const heads = head === undefined ? [] : this.#headings(head, 0)
    if (head === undefined || heads.length === 0) return undefined
    const columns = heads.map(({ id }) => id)
    const read = rows.map(at => {
      this.#reached(at)
      this.#reportBeyond(at, heads.length)
      const cells = heads.map(({ id }, column): Cell => {
        const cell = this.#cell(at, column)
        if (cell === undefined) return '*'
        if (!isFilled(cell)) {
          this.#reading.report(problems.blankInTable(this.#place(at, column)))
          return '*'
        }
        return this.#value(cell, this.#meaning(id), this.#place(at, column))
      })
      this.#reading.origins.set(cells, steps => this.#place(at, Number(steps[0] ?? 0)))
      return cells
    })
    this.#reading.origins.set(columns, steps => this.#place(head, Number(steps[0] ?? 0)))
    return { columns, rows: read }
  }

  /** One group on the left and one on top, "spindle \ taper" in the corner, a mark where they go together. */
  matrix([head, ...rows]: number[]): { columns: string[]; rows: Cell[][] } | undefined {
    if (head === undefined) return undefined
    const corner = readText(this.#cell(head, 0)) ?? ''
    const columns = corner.split(/[\\/＼／]/).map(id => id.trim())
    if (columns.length !== 2 || columns.includes('')) {
      this.#reading.report(problems.notAmong(this.#place(head, 0), corner, ['spindle \\ taper'])) // ids of the two groups
      return undefined
    }
    const [left, top] = columns.map(this.#meaning) as [Meaning, Meaning]
    const heads = this.#headings(head, 1).map(({ column, cell }) => ({
      column,
      value: this.#value(cell, top, this.#place(head, column)),
    }))
    const read = rows.flatMap(at => {
      this.#reached(at)
      this.#reportBeyond(at, heads.length + 1)
      const cell = this.#cell(at, 0)
      if (!isFilled(cell)) {
        this.#reading.report(problems.empty(this.#place(at, 0), columns[0]!))
        return []
      }
      const marked = heads.filter(({ column }) => {
        const mark = this.#cell(at, column)
        const fits = readMark(mark)
        if (fits === undefined && mark !== undefined)
          this.#reading.report(problems.notAmong(this.#place(at, column), mark, ['✓', '空 empty']))
        return fits
      })
      const right = marked.flatMap(({ value }) => (typeof value === 'object' ? [] : [value]))
      if (right.length === 0) return []
      const one: Cell[] = [
        this.#value(cell, left, this.#place(at, 0)),
        right.length === 1 ? right[0]! : (right as (string | number)[]),
      ]
      this.#reading.origins.set(one, ([step, item]) =>
        this.#place(at, step === '1' ? (marked[Number(item ?? 0)]?.column ?? 1) : 0),
      )
      return [one]
    })
    this.#reading.origins.set(columns, () => this.#place(head, 0))
    return { columns, rows: read }
  }

  #headings(at: number, from: number): { id: string; cell: NonNullable<CellValue>; column: number }[] {
    const cells = this.#sheet.rows[at] ?? []
    const last = cells.findLastIndex(isFilled)
    const found: { id: string; cell: NonNullable<CellValue>; column: number }[] = []
    for (let column = from; column <= last; column++) {
      const cell = this.#cell(at, column)
      const id = readText(cell)
      if (id === null) this.#reading.report(problems.dateInstead(this.#place(at, column), cell!))
      else if (id === undefined) this.#reading.report(problems.empty(this.#place(at, column), '标识 Id'))
      found.push({ id: id ?? '', cell: cell ?? '', column })
    }
    return found
  }

  #reached(at: number): void {
    this.#reading.reached('tables', at + 1, this.#sheet.rows.length)
  }

  #place(row: number, column: number): Place {
    return { sheet: this.#sheet.name, row, column }
  }

  /** undefined: reported as unreadable. */
  #cell(row: number, column: number): CellValue | undefined {
    const cell = this.#sheet.rows[row]?.[column] ?? null
    if (this.#sheet.unsolved?.has(`${row},${column}`)) this.#reading.report(problems.unsolved(this.#place(row, column)))
    else if (isErrorValue(cell)) this.#reading.report(problems.errorValue(this.#place(row, column), cell))
    else return cell
    return undefined
  }

  #reportBeyond(at: number, width: number): void {
    const cells = this.#sheet.rows[at] ?? []
    for (let column = width; column < cells.length; column++)
      if (isFilled(cells[column])) this.#reading.report(problems.noHeadingHere(this.#place(at, column), cells[column]!))
  }

  #value(cell: NonNullable<CellValue>, meaning: Meaning, place: Place): Cell {
    if (typeof cell === 'string' && cell.trim() === '*') return '*'
    if (cell instanceof Date) {
      this.#reading.report(problems.dateInstead(place, cell))
      return '*'
    }
    if (meaning === 'option') {
      const value = readYesNo(cell)
      if (value === undefined) this.#reading.report(problems.notAmong(place, cell, ['是 yes', '否 no', '*']))
      return value ?? '*'
    }
    if (meaning === 'group') return single(readList(String(cell)))
    const value = numbersIn(cell)
    if (value === undefined) this.#reading.report(problems.noNumber(place, cell))
    return value ?? '*'
  }
}

const single = <T extends string | number>(items: T[]): T | T[] => (items.length === 1 ? items[0]! : items)

/** 5, or "5, 10", or a range: "5..10", "5~10", "..10", "≥5". */
function numbersIn(cell: string | number | boolean): Cell | undefined {
  const number = readNumber(cell as CellValue)
  if (number !== undefined) return number
  const text = String(cell).normalize('NFKC').trim()
  const [from = '', to, ...more] = text.split(/\.{2,}|[~–—到至]/).map(end => end.trim())
  if (to !== undefined && more.length === 0) return bounds(from, to)
  const open = /^(>=|≥|<=|≤)(.+)$/.exec(text)
  if (open) return /[>≥]/.test(open[1]!) ? bounds(open[2]!, '') : bounds('', open[2]!)
  const items = readList(text).map(readNumber)
  return items.length > 0 && items.every(item => item !== undefined) ? single(items) : undefined
}

function bounds(from: string, to: string): Cell | undefined {
  const [min, max] = [from, to].map(text => (text === '' ? undefined : readNumber(text)))
  if ((from !== '' && min === undefined) || (to !== '' && max === undefined) || (from === '' && to === '')) return undefined
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
}
