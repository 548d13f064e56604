import type { Model } from '@fettle/engine'
import { formOf, type SheetKey } from './form.ts'
import type { Origins } from './place.ts'
import { duplicate, tooFine } from './problems.ts'
import { originOf, type Report, type Row, type Table } from './read-table.ts'
import type { Place, Sheet } from './sheet.ts'
import { minorUnits } from './values.ts'

/** Hears which row of which sheet is being read: the row from 1, of how many. */
export type Reached = (sheet: SheetKey, row: number, rows: number) => void

/** One workbook on its way to becoming a model. */
export interface Reading {
  /** sheets of the form that the workbook has; of the tables there may be several */
  sheets: ReadonlyMap<SheetKey, readonly Sheet[]>
  report: Report
  note: Report
  origins: Origins
  reached: Reached
  currency: string
  /** minor digits of the currency */
  digits: number
}

/** Remembers of which row a piece of the model was made. */
export function keepOrigin<T extends object>(reading: Reading, piece: T, row: Row, table: Table, sheet: SheetKey): T {
  reading.origins.set(piece, originOf(row, table, formOf(sheet)))
  return piece
}

/** Reports an id that was used before. */
export function idKeeper(report: Report) {
  const seen = new Map<string, Place>()
  return (id: string, place: Place): string => {
    const first = seen.get(id)
    if (first !== undefined && id !== '') report(duplicate(place, id, first))
    else seen.set(id, place)
    return id
  }
}

/** An amount of the sheet in minor units. */
export function money(reading: Reading, row: Row, key: string): number | undefined {
  const amount = row.number(key)
  if (amount === undefined) return undefined
  const minor = minorUnits(amount, reading.digits)
  return minor === undefined ? row.report(tooFine(row.place(key), amount, reading.currency, reading.digits)) : minor
}

/** The fields that are there. */
export function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

export type Groups = Model['groups']
