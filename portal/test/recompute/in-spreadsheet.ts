import { type Cell, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { columnName } from '../../src/features/products/core/workbook/sheet.ts'
import type { Calculator } from './calculator.ts'
import type { ExportedForm } from './exported-form.ts'
import type { Choices } from './in-fractions.ts'
import { recompute } from './recompute.ts'

/** Stands in a formula for the row it is in. */
const here = '§'

/**
 * A workbook that computes the figures of a form for many selections: options and numbers on top with what they carry below them, as the
 * form has it, then a selection in each row, its choices as cells and its figures as formulas. An empty cell is what is not chosen.
 */
export async function calculationWorkbook(form: ExportedForm, selections: readonly Choices[]): Promise<Uint8Array> {
  const { ids, headings, formulas } = planOf(form)
  const carried = headings.map(heading => [heading, ...form.options.map(({ values }) => values.get(heading) ?? null)])
  const first = carried.length + 2
  const cells = new Map<string, Partial<Cell>>()
  for (const i of selections.keys()) {
    for (const [at, formula] of [...formulas.values()].entries())
      cells.set(`${first - 1 + i},${ids.length + 1 + at}`, { formula: formula.replaceAll(here, String(first + i)) })
  }
  const sheet: WriteSheet = {
    name: 'figures',
    rows: [
      ['selection', ...ids, ...formulas.keys()],
      ...carried,
      ...selections.map((choices, i) => [i, ...ids.map(id => choices.get(id) ?? null)]),
    ],
    cells,
  }
  return writeXlsx({ sheets: [sheet], stringMode: 'shared' })
}

/** The figures in the rows of such a workbook as a program computed them: cells by row and column. */
export function figuresInRows(form: ExportedForm, rows: readonly (readonly string[])[]): Map<string, number | undefined>[] {
  const { ids, headings, formulas } = planOf(form)
  return rows.slice(headings.length + 1).map(row => {
    const figures = [...formulas.keys()].map((name, at): [string, number | undefined] => {
      const cell = row[ids.length + 1 + at] ?? ''
      return [name, cell === '' ? undefined : Number(cell)] // an error of the spreadsheet is no number
    })
    return new Map(figures)
  })
}

/** Columns of options and numbers from B, rows of what they carry from 2, and the formulas in the columns after them. */
function planOf(form: ExportedForm) {
  const ids = [...form.options.map(({ id }) => id), ...form.numbers]
  const headings = [...new Set(form.options.flatMap(({ values }) => [...values.keys()]))]
  const formulas = new Map<string, string>()
  recompute(form, calculatorFor(form, ids, headings, formulas))
  return { ids, headings, formulas }
}

function calculatorFor(
  { options }: ExportedForm,
  ids: readonly string[],
  headings: readonly string[],
  formulas: Map<string, string>,
): Calculator<string> {
  const columns = new Map(ids.map((id, i) => [id, columnName(i + 1)]))
  const cellOf = (id: string) => `$${columns.get(id)}${here}`
  const rowOf = (heading: string) => headings.indexOf(heading) + 2
  const stretch = ([from, to]: [string, string], row: string | number) =>
    `$${from}$${row}:$${to}$${row}`.replaceAll(`$${here}`, here)
  const stretches = (names: readonly string[]) => stretchesOf(names.map(id => ids.indexOf(id)))
  const count = (names: readonly string[]) =>
    names.length === 0
      ? '0'
      : `COUNT(${stretches(names)
          .map(one => stretch(one, here))
          .join(',')})`
  return {
    number: value => (String(value).startsWith('-') ? `(${value})` : String(value)),
    truth: value => `${String(value).toUpperCase()}()`,
    cell: id => `N(${cellOf(id)})`,
    count,
    total: (heading, names) =>
      names.length === 0
        ? '0'
        : `(${stretches(names)
            .map(one => `SUMPRODUCT(${stretch(one, rowOf(heading))},${stretch(one, here)})`)
            .join('+')})`,
    extreme: (which, heading, names) => {
      if (names.length === 0) return '0'
      const worst = which === 'MAX' ? '-1E+300' : '1E+300'
      const each = names.map(id => `IF(ISNUMBER(${cellOf(id)}),$${columns.get(id)}$${rowOf(heading)},${worst})`)
      const row: [string, string] = [columnName(1), columnName(options.length)]
      const carrying = options.filter(({ values }) => values.has(heading)).length
      if (names.length === carrying && names.length > 1)
        // every option that carries it: one function for the whole row, which passes over empty cells
        return `_xlfn.${which}IFS(${stretch(row, rowOf(heading))},${stretch(row, here)},">=0",${stretch(row, rowOf(heading))},"<>")`
      return `IF(${count(names)}=0,0,${which}(${each.join(',')}))`
    },
    infix: (sign, left, right) => `(${left}${sign}${right})`,
    compare: (sign, left, right) => {
      const said = `${left}${{ '==': '=', '!=': '<>' }[sign as string] ?? sign}${right}`
      return said.includes('/') ? `IFERROR(${said},FALSE())` : `(${said})`
    },
    not: value => `NOT(${value})`,
    all: values => `AND(${values.join(',')})`,
    any: values => `OR(${values.join(',')})`,
    same: (left, right) => `(${left}=${right})`,
    choose: (condition, yes, no) => `IF(${condition},${yes},${no})`,
    // A spreadsheet computes in binary: 0.0078 * 4430 * 2250 is 77746.5, and comes out a hair below it. Six digits more bring such halves back.
    round: (value, digits) => `ROUND(ROUND(${value},${digits + 6}),${digits})`,
    sum: values => `SUM(${values.join(',')})`,
    failed: value => (value.includes('/') ? `IF(ISERROR(${value}),1,0)` : '0'),
    or: (value, other) => (value.includes('/') ? `IFERROR(${value},${other})` : value),
    nothing: () => '""',
    figure: (name, value) => {
      const column = columnName(ids.length + 1 + formulas.size)
      formulas.set(name, value)
      return `$${column}${here}`
    },
  }
}

/** Neighbouring columns together: [1, 2, 3, 7] are B to D and H. The first id stands in column B. */
function stretchesOf(places: readonly number[]): [string, string][] {
  const found: [number, number][] = []
  for (const place of places.toSorted((a, b) => a - b)) {
    const last = found.at(-1)
    if (last && last[1] === place - 1) last[1] = place
    else found.push([place, place])
  }
  return found.map(([from, to]) => [columnName(from + 1), columnName(to + 1)])
}
