import { bom, type Compiled, optionsOf, price, type Selection, spec } from '@fettle/engine'
import type { Choices } from './in-fractions.ts'

/** A selection as whoever fills in a sheet sees it: pieces of options, values of numbers. */
export const choicesOf = ({ options, numbers }: Selection): Choices =>
  new Map([...Object.entries(options), ...Object.entries(numbers)])

/** What the engine says of a selection, by the names the recomputation gives to figures. */
export function engineFigures(compiled: Compiled, selection: Selection): Map<string, number | undefined> {
  const { model } = compiled
  const figures = new Map<string, number | undefined>()
  const priced = price(compiled, selection)
  for (const { id } of model.prices ?? []) figures.set(`price ${id}`, 0)
  for (const { rule, amount } of priced.lines) figures.set(`price ${rule}`, figures.get(`price ${rule}`)! + amount)
  figures.set('net', priced.net)
  if (priced.tax) figures.set('tax', priced.tax.amount).set('gross', priced.gross)
  figures.set('on request', priced.status === 'priced' ? 0 : 1)
  for (const { id, group } of model.spec ?? []) {
    if (group === undefined || model.groups.find(one => one.id === group)!.kind === 'number') figures.set(`spec ${id}`, undefined)
  }
  for (const { id, value } of spec(compiled, selection)) if (typeof value === 'number') figures.set(`spec ${id}`, value)
  const parts = model.groups.flatMap(optionsOf).flatMap(({ part }) => (part === undefined ? [] : [{ part, unit: '' }]))
  for (const { part, unit = '' } of [...parts, ...(model.bom ?? [])]) figures.set(`part ${part} ${unit}`.trim(), 0)
  for (const { part, unit = '', quantity } of bom(compiled, selection)) figures.set(`part ${part} ${unit}`.trim(), quantity)
  return figures
}

export interface Disagreement {
  figure: string
  engine: number | undefined
  workbook: number | undefined
}

/** Figures that are not the same to the sixth digit after the point; money is in minor units, which have none. */
export function disagreements(
  engine: ReadonlyMap<string, number | undefined>,
  workbook: ReadonlyMap<string, number | undefined>,
): Disagreement[] {
  const names = new Set([...engine.keys(), ...workbook.keys()])
  return [...names].flatMap(figure => {
    const said = { figure, engine: engine.get(figure), workbook: workbook.get(figure) }
    const both = engine.has(figure) && workbook.has(figure)
    return both && agree(figure, said.engine, said.workbook) ? [] : [said]
  })
}

function agree(figure: string, engine: number | undefined, workbook: number | undefined): boolean {
  if (engine === undefined || workbook === undefined) return engine === workbook
  if (figure === 'on request') return engine > 0 === workbook > 0
  return Math.round(engine * 1e6) === Math.round(workbook * 1e6)
}
