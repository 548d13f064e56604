import type { LocalizedText } from '@fettle/engine'
import { nearest } from '@fettle/engine'
import {
  bilingual,
  type Carrying,
  type Choice,
  type Column,
  carrying,
  choiceText,
  remarks,
  type SheetForm,
  yesOrNo,
} from './form.ts'
import type { WorkbookError } from './problems.ts'
import * as problems from './problems.ts'
import { type CellValue, mostColumns, mostRows, type Place, type Sheet } from './sheet.ts'
import { isErrorValue, isRemark, plain, readFormula, readList, readNumber, readPercent, readText, readYesNo } from './values.ts'

/** Collects what is wrong; at most this many, for nobody reads more at once. */
export const mostErrors = 100
export type Report = (error: WorkbookError) => void

/** The rows of a sheet below its headings, without the empty ones and the remarks. */
export interface Table {
  name: string
  rows: Row[]
  /** heading row, from 0; where to point when a column is missing */
  headingRow: number
  /** column by key: the places in the model, and "attributes/power" for the columns that carry an id */
  columns: ReadonlyMap<string, number>
  heading(key: string): string
  /** hears of each row while its cells are read */
  reached(row: number): void
}

/** Finds the headings among the first rows and reads what is below. Extra columns carry an id in their heading. */
export function readTable(
  form: SheetForm,
  sheet: Sheet,
  report: Report,
  extra: readonly Carrying[] = [],
  known: KnownIds = {},
  reached: (row: number) => void = () => {},
): Table | undefined {
  const headingRow = findHeadings(form, sheet)
  if (headingRow === undefined) {
    if (sheet.rows.some(row => row?.some(isFilled))) report(problems.noHeadings({ sheet: sheet.name, row: 0, column: 0 }))
    return undefined
  }
  const { columns, titles, open } = readHeadings(form, sheet, headingRow, report, extra, known)
  reportMerges(sheet, headingRow, report)
  const table: Table = {
    name: sheet.name,
    rows: [],
    headingRow,
    columns,
    heading: key => titles.get(key) ?? titleOf(form, key),
    reached,
  }
  for (const column of form.columns) {
    if (column.needed && !columns.has(column.key))
      report(problems.missingColumn({ sheet: sheet.name, row: headingRow, column: 0 }, bilingual(column.title)))
  }
  for (let at = headingRow + 1; at < sheet.rows.length; at++) {
    const cells = sheet.rows[at]
    const first = cells?.findIndex(isFilled) ?? -1
    if (cells === undefined || first < 0 || isRemark(cells[first])) continue
    if (table.rows.length === mostRows) {
      report(problems.tooManyRows({ sheet: sheet.name, row: at, column: 0 }, mostRows))
      break
    }
    for (const column of open)
      if (isFilled(cells[column])) report(problems.noHeadingHere({ sheet: sheet.name, row: at, column }, cells[column]!))
    table.rows.push(new Row(table, at, cells, sheet, report))
  }
  return table
}

/** Ids that a heading may name without saying of what kind they are: an attribute by its id or its name. */
export interface KnownIds {
  attributes?: ReadonlyMap<string, string>
}

const titleOf = (form: SheetForm, key: string) => {
  const column = form.columns.find(one => one.key === key)
  return column ? bilingual(column.title) : key
}

export const isFilled = (cell: CellValue | undefined): cell is NonNullable<CellValue> =>
  cell !== null && cell !== undefined && (typeof cell !== 'string' || cell.trim() !== '')

function findHeadings(form: SheetForm, { rows }: Sheet): number | undefined {
  const names = headingNames(form)
  let best: number | undefined
  let most = 0
  for (let at = 0; at < Math.min(rows.length, 10); at++) {
    const hits = (rows[at] ?? []).filter(cell => typeof cell === 'string' && keyOf(cell, names) !== undefined).length
    if (hits > most) {
      most = hits
      best = at
    }
  }
  return best
}

/** Every way to write a heading: Chinese, English, both. "名称（中文）" may be written as 名称. */
function headingNames({ columns }: SheetForm): Map<string, string> {
  const names = new Map<string, string>()
  for (const { key, title } of columns) {
    for (const name of [title['zh-CN'], title.en, bilingual(title)]) names.set(plain(name), key)
    if (key.endsWith('/zh-CN'))
      for (const name of [title['zh-CN'], title.en]) setNew(names, plain(name.replace(/[（(].*/, '')), key)
  }
  return names
}

function setNew<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value)
}

function keyOf(heading: string, names: ReadonlyMap<string, string>): string | undefined {
  return (
    names.get(plain(heading)) ??
    heading
      .split('\n')
      .map(line => names.get(plain(line)))
      .find(key => key !== undefined)
  )
}

function readHeadings(form: SheetForm, sheet: Sheet, row: number, report: Report, extra: readonly Carrying[], known: KnownIds) {
  const names = headingNames(form)
  const columns = new Map<string, number>()
  const titles = new Map<string, string>()
  /** columns without a heading: nothing may stand in them */
  const open: number[] = []
  const heads = sheet.rows[row] ?? []
  const width = Math.min(widest(sheet, row), mostColumns)
  if (widest(sheet, row) > mostColumns)
    report(problems.tooManyColumns({ sheet: sheet.name, row, column: mostColumns }, mostColumns))
  for (let column = 0; column < width; column++) {
    const place = { sheet: sheet.name, row, column }
    const cell = heads[column]
    if (!isFilled(cell)) {
      open.push(column)
      continue
    }
    const heading = String(cell)
    const name = plain(heading)
    const key = carriedKey(heading, extra) ?? keyOf(heading, names) ?? known.attributes?.get(name)
    if (key === undefined) {
      if (isRemark(heading) || remarks.has(name) || heading.split('\n').some(line => remarks.has(plain(line)))) continue
      if (sheet.rows.some((cells, at) => at > row && isFilled(cells?.[column]) && !isRemark(cells?.[column])))
        report(problems.unknownHeading(place, heading, nearestHeading(form, heading, extra)))
      continue
    }
    const first = columns.get(key)
    if (first !== undefined) report(problems.doubleHeading(place, heading, { ...place, column: first }))
    else {
      columns.set(key, column)
      titles.set(
        key,
        heading
          .split('\n')
          .map(part => part.trim())
          .join(' '),
      )
    }
  }
  return { columns, titles, open }
}

function widest({ rows }: Sheet, from: number): number {
  let most = 0
  for (let at = from; at < rows.length; at++) most = Math.max(most, rows[at]?.length ?? 0)
  return most
}

/** "属性 power" or "attribute power", whatever else stands on further lines. The bare word for prices stands for the first list. */
function carriedKey(heading: string, extra: readonly Carrying[]): string | undefined {
  const line = heading.split('\n')[0]!.trim()
  for (const kind of extra) {
    const title = carrying[kind]
    for (const word of [title['zh-CN'], title.en]) {
      if (!line.toLowerCase().startsWith(word.toLowerCase())) continue
      const rest = line.slice(word.length)
      if (rest.trim() === '' || line.toLowerCase() === bilingual(title).toLowerCase())
        return kind === 'amounts' ? 'amounts/' : undefined
      if (!/^[\s:：]/.test(rest)) continue
      return `${kind}/${readText(rest.replace(/^\s*[:：]?\s*/, ''))}`
    }
  }
  return undefined
}

function nearestHeading(form: SheetForm, heading: string, extra: readonly Carrying[]): string | undefined {
  const titles = [...form.columns.map(({ title }) => title), ...extra.map(kind => carrying[kind])]
  const waysOf = ({ 'zh-CN': zh, en }: LocalizedText) => [zh, en].flatMap(way => [way, way.split(/[（(]/, 1)[0]!.trimEnd()])
  const found = heading
    .split('\n')
    .map(line => nearest(line.trim(), titles.flatMap(waysOf)))
    .find(one => one !== undefined)
  const title = titles.find(one => found !== undefined && waysOf(one).includes(found))
  return title && bilingual(title)
}

function reportMerges({ name, merges = [] }: Sheet, headingRow: number, report: Report): void {
  for (const { startRow, startCol, endRow, endCol } of merges) {
    if (endRow < headingRow || (startRow === endRow && startCol === endCol)) continue
    report(problems.merged({ sheet: name, row: startRow, column: startCol }, { row: endRow, column: endCol }))
  }
}

/** One row. Every reader says what is wrong with its cell and then answers undefined, as for an empty one. */
export class Row {
  readonly at: number
  readonly #table: Table
  readonly #cells: readonly CellValue[]
  readonly #sheet: Sheet
  readonly #report: Report
  constructor(table: Table, at: number, cells: readonly CellValue[], sheet: Sheet, report: Report) {
    this.at = at
    this.#table = table
    this.#cells = cells
    this.#sheet = sheet
    this.#report = report
  }

  /** The cell of a column; of the heading's first column where there is none such. */
  place(key: string): Place {
    return { sheet: this.#table.name, row: this.at, column: this.#table.columns.get(key) ?? 0 }
  }

  report(error: WorkbookError): undefined {
    this.#report(error)
  }

  has(key: string): boolean {
    const column = this.#table.columns.get(key)
    return column !== undefined && (isFilled(this.#cells[column]) || this.#sheet.unsolved?.has(`${this.at},${column}`) === true)
  }

  /** The cell where it can be read at all: no failed formula, none without a result. */
  raw(key: string): CellValue {
    this.#table.reached(this.at)
    const column = this.#table.columns.get(key)
    if (column === undefined) return null
    const cell = this.#cells[column] ?? null
    if (this.#sheet.unsolved?.has(`${this.at},${column}`)) {
      this.#report(problems.unsolved(this.place(key)))
      return null
    }
    if (isErrorValue(cell)) {
      this.#report(problems.errorValue(this.place(key), cell))
      return null
    }
    return cell
  }

  text(key: string): string | undefined {
    return this.#words(key, readText)
  }

  formula(key: string): string | undefined {
    return this.#words(key, readFormula)
  }

  list(key: string): string[] | undefined {
    const text = this.#words(key, cell =>
      cell instanceof Date ? null : cell === null || cell === undefined ? undefined : String(cell),
    )
    const items = text === undefined ? [] : readList(text)
    return items.length > 0 ? items : undefined
  }

  #words(key: string, read: (cell: CellValue) => string | undefined | null): string | undefined {
    const cell = this.raw(key)
    const text = read(cell)
    return text === null ? this.report(problems.dateInstead(this.place(key), cell)) : text
  }

  /** An empty cell is reported. */
  needed(key: string, read: 'text' | 'formula' = 'text'): string {
    if (!this.has(key)) this.report(problems.empty(this.place(key), this.#table.heading(key)))
    return this[read](key) ?? ''
  }

  number(key: string): number | undefined {
    const cell = this.raw(key)
    if (!isFilled(cell)) return undefined
    if (cell instanceof Date) return this.report(problems.dateInstead(this.place(key), cell))
    const value = readNumber(cell)
    return value === undefined ? this.report(problems.noNumber(this.place(key), cell)) : value
  }

  /** 13, "13%", or 0.13 in a cell that shows it as 13%. */
  percent(key: string): number | undefined {
    const cell = this.raw(key)
    if (!isFilled(cell) || cell instanceof Date) return this.number(key)
    const value = readPercent(cell, this.#sheet.percentages?.has(`${this.at},${this.#table.columns.get(key)}`) === true)
    if (value === 'unclear') return this.report(problems.unclearPercent(this.place(key), readNumber(cell)!))
    return value === undefined ? this.report(problems.noNumber(this.place(key), cell)) : value
  }

  neededPercent(key: string): number {
    if (!this.has(key)) this.report(problems.empty(this.place(key), this.#table.heading(key)))
    return this.percent(key) ?? 0
  }

  neededNumber(key: string): number {
    if (!this.has(key)) this.report(problems.empty(this.place(key), this.#table.heading(key)))
    return this.number(key) ?? 0
  }

  yesNo(key: string): boolean | undefined {
    const cell = this.raw(key)
    if (!isFilled(cell)) return undefined
    const value = readYesNo(cell)
    return value === undefined ? this.report(problems.notAmong(this.place(key), cell, yesOrNo.map(choiceText))) : value
  }

  choice<T extends string>(key: string, choices: readonly Choice[]): T | undefined {
    const cell = this.raw(key)
    if (!isFilled(cell)) return undefined
    const said = plain(String(cell))
    const found = choices.find(one => [one.value, one.zh, choiceText(one)].some(name => plain(name) === said))
    if (found) return found.value as T
    const near = nearest(
      said,
      choices.flatMap(({ value, zh }) => [value, zh]),
    )
    const meant = choices.find(({ value, zh }) => near !== undefined && (value === near || zh === near))
    return this.report(problems.notAmong(this.place(key), cell, choices.map(choiceText), meant && choiceText(meant)))
  }

  neededChoice<T extends string>(key: string, choices: readonly Choice[]): T | undefined {
    if (!this.has(key)) this.report(problems.empty(this.place(key), this.#table.heading(key)))
    return this.choice<T>(key, choices)
  }

  /** Where one language is empty, the other fills both. */
  localized(key: string): LocalizedText | undefined {
    const zh = this.text(`${key}/zh-CN`)
    const en = this.text(`${key}/en`)
    return zh === undefined && en === undefined ? undefined : { 'zh-CN': zh ?? en!, en: en ?? zh! }
  }

  neededLocalized(key: string): LocalizedText {
    if (!this.has(`${key}/zh-CN`) && !this.has(`${key}/en`))
      this.report(problems.empty(this.place(`${key}/zh-CN`), this.#table.heading(`${key}/zh-CN`)))
    return this.localized(key) ?? { 'zh-CN': '—', en: '—' }
  }

  /** Reports filled cells that mean nothing for a row of this kind. */
  unused(kind: string, columns: readonly Column[], used: readonly string[]): void {
    for (const { key } of columns) {
      if (!this.has(key) || used.includes(key)) continue
      const cell = this.#cells[this.#table.columns.get(key)!] ?? '='
      this.report(problems.notUsed(this.place(key), cell, this.#table.heading(key), kind))
    }
  }

  /** Columns of this table that carry an id, as pairs of id and key. */
  carried(kind: Carrying): [id: string, key: string][] {
    const found: [string, string][] = []
    for (const key of this.#table.columns.keys()) if (key.startsWith(`${kind}/`)) found.push([key.slice(kind.length + 1), key])
    return found
  }
}

/** Where in a row the places of the model below its object stand. */
export function originOf(row: Row, { columns }: Table, form: SheetForm) {
  return (steps: readonly string[]): Place => {
    for (let length = steps.length; length > 0; length--) {
      const path = steps.slice(0, length).join('/')
      const key = columns.has(path) ? path : form.columns.find(({ also }) => also?.includes(path))?.key
      if (key !== undefined && columns.has(key)) return row.place(key)
      const inLanguage = `${path}/zh-CN`
      if (columns.has(inLanguage)) return row.place(inLanguage)
    }
    return row.place(columns.has('id') ? 'id' : (form.columns[0]?.key ?? 'id'))
  }
}
