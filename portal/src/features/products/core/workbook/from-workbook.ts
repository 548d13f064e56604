import { type Model, type ModelError, nearest, validate } from '@fettle/engine'
import { minorDigits } from '#platform/core'
import { bilingual, formNamed, forms, isGuide, type SheetKey, sheetTitle } from './form.ts'
import { type Origins, traced } from './place.ts'
import type { WorkbookError } from './problems.ts'
import * as problems from './problems.ts'
import { readAttributes, readGroups, readInterfaces } from './read-groups.ts'
import { readBom, readDefaults, readExamples, readObjectives, readSpec } from './read-lists.ts'
import { readPrices } from './read-prices.ts'
import { readProduct } from './read-product.ts'
import { readRules } from './read-rules.ts'
import { mostErrors } from './read-table.ts'
import type { Reached, Reading } from './reading.ts'
import type { Sheet } from './sheet.ts'
import { plain } from './values.ts'

export type FromWorkbook =
  | {
      ok: true
      /** still to be compiled */
      model: Model
      /** what was left out or read in a way somebody might not expect */
      notes: WorkbookError[]
      /** an error about the model as an error about the cell it comes from */
      locate(error: ModelError): WorkbookError
    }
  | { ok: false; errors: WorkbookError[] }

/**
 * Reads the sheets of the product form as a model. Says everything that is wrong in one go, up to a hundred errors, in the order of the
 * sheets: what cannot be read in the cells, and what the engine finds wrong with the rest. `reached` hears of every row, often.
 */
export function fromWorkbook(sheets: readonly Sheet[], reached: Reached = () => {}): FromWorkbook {
  const errors: WorkbookError[] = []
  const notes: WorkbookError[] = []
  const report = (error: WorkbookError) => void (errors.length < mostErrors && errors.push(error))
  const note = (error: WorkbookError) => void (notes.length < mostErrors && notes.push(error))
  const origins: Origins = new WeakMap()
  const own = sortSheets(sheets, report, note)
  for (const { key, needed } of forms) if (needed && !own.has(key)) report(problems.missingSheet(sheetTitle(key)))
  if (errors.some(({ code }) => code === 'missing-sheet')) return { ok: false, errors }

  const { product, origin } = readProduct(own.get('product')![0]!, { report })
  const { currency } = product
  const reading: Reading = { sheets: own, report, note, origins, reached, currency, digits: digitsOf(currency) }
  const model = readModel(reading, product)
  origins.set(model, origin)
  const names = new Map([...own].map(([key, [first]]) => [key, first!.name]))
  const locate = (error: ModelError) => traced(model, origins, names, error)
  if (errors.length === 0) return { ok: true, model, notes, locate }
  const { errors: more } = validate(model)
  return { ok: false, errors: inOrder([...errors, ...beside(errors, more.map(locate))], sheets).slice(0, mostErrors) }
}

function readModel(reading: Reading, product: ReturnType<typeof readProduct>['product']): Model {
  const attributes = readAttributes(reading)
  const interfaces = readInterfaces(reading)
  const read = readGroups(reading, attributes, interfaces)
  const { groups } = read
  const constraints = readRules(reading, groups)
  const defaults = readDefaults(reading, groups)
  const objectives = readObjectives(reading)
  const prices = readPrices(reading, read)
  const bom = readBom(reading)
  const spec = readSpec(reading)
  const examples = readExamples(reading, groups)
  const { typeCode, tax, ...rest } = product
  return {
    ...rest,
    attributes,
    ...(interfaces.length > 0 && { interfaces }),
    groups,
    constraints,
    ...(defaults.length > 0 && { defaults }),
    ...(objectives.length > 0 && { objectives }),
    ...(prices.length > 0 && { prices }),
    ...(tax && { tax }),
    ...(bom.length > 0 && { bom }),
    ...(spec.length > 0 && { spec }),
    ...(typeCode !== undefined && { typeCode }),
    ...(examples.length > 0 && { examples }),
  }
}

/** The sheets of the form among all of a workbook. */
function sortSheets(sheets: readonly Sheet[], report: Reading['report'], note: Reading['note']) {
  const found = new Map<SheetKey, Sheet[]>()
  const others: Sheet[] = []
  for (const sheet of sheets) {
    if (sheet.name.startsWith('#') || isGuide(sheet.name)) continue
    const key = formNamed(sheet.name)?.key
    if (key === undefined) others.push(sheet)
    else if (found.has(key) && key !== 'tables') report(problems.doubleSheet(sheet.name, found.get(key)![0]!.name))
    else found.set(key, [...(found.get(key) ?? []), sheet])
  }
  for (const sheet of others) {
    if (!sheet.rows.some(row => row?.some(cell => cell !== null && cell !== ''))) continue
    const missing = forms.filter(({ key }) => !found.has(key))
    const name = nearestSheet(
      sheet.name,
      missing.map(({ title }) => title),
    )
    if (name === undefined) note(problems.ignoredSheet(sheet.name))
    else report(problems.misspeltSheet(sheet.name, name))
  }
  return found
}

function nearestSheet(name: string, titles: readonly { 'zh-CN': string; en: string }[]): string | undefined {
  for (const title of titles) {
    const ways = [title['zh-CN'], title.en, bilingual(title)].filter(way => way.length > 2)
    if (nearest(plain(name), ways.map(plain)) !== undefined) return bilingual(title)
  }
  return undefined
}

/** Errors of the model that say something new: none about a row that could not be read. */
function beside(errors: readonly WorkbookError[], more: readonly WorkbookError[]): WorkbookError[] {
  const rows = new Set(errors.map(({ place }) => `${place.sheet}!${place.row}`))
  return more.filter(({ place }) => !rows.has(`${place.sheet}!${place.row}`))
}

function inOrder(errors: WorkbookError[], sheets: readonly Sheet[]): WorkbookError[] {
  const order = new Map(sheets.map(({ name }, i) => [name, i]))
  const rank = ({ place }: WorkbookError) => order.get(place.sheet) ?? -1
  return errors.sort((a, b) => rank(a) - rank(b) || a.place.row - b.place.row || a.place.column - b.place.column)
}

const digitsOf = (currency: string): number => (/^[A-Z]{3}$/.test(currency) ? minorDigits(currency) : 2)
