import type { Model, ModelError } from '@fettle/engine'
import { type SheetKey, sheetTitle } from './form.ts'
import { inWorkbook, pathOf, type WorkbookError } from './problems.ts'
import type { Place } from './sheet.ts'

/** Where in the workbook the pieces of a model stand: by the piece, then by the steps of a path below it. */
export type Origins = WeakMap<object, (steps: readonly string[]) => Place>

const sheetOfPart: Record<string, SheetKey> = {
  attributes: 'attributes',
  interfaces: 'interfaces',
  groups: 'groups',
  constraints: 'rules',
  defaults: 'defaults',
  objectives: 'objectives',
  prices: 'prices',
  bom: 'bom',
  spec: 'spec',
  examples: 'examples',
}

/** An error about the model as an error about the workbook it was read from. */
export function traced(model: Model, origins: Origins, names: ReadonlyMap<SheetKey, string>, error: ModelError): WorkbookError {
  const place = placeOf(model, origins, names, error.path)
  return inWorkbook(place, { ...error, ...(error.code === 'contradiction' && contradiction(model, origins, names, error)) })
}

export function placeOf(model: Model, origins: Origins, names: ReadonlyMap<SheetKey, string>, path: string): Place {
  const steps = path
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const key = sheetOfPart[steps[0] ?? ''] ?? 'product'
  let place = origins.get(model)?.(steps) ?? { sheet: names.get(key) ?? sheetTitle(key), row: 0, column: 0 }
  if (key !== 'product') place = { sheet: names.get(key) ?? sheetTitle(key), row: 0, column: 0 }
  let value: unknown = model
  for (const [i, step] of steps.entries()) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined
    const origin = typeof value === 'object' && value !== null ? origins.get(value) : undefined
    if (origin) place = origin(steps.slice(i + 1))
  }
  return place
}

/** Names the cells of all rules that contradict each other, not only of the first. */
function contradiction(model: Model, origins: Origins, names: ReadonlyMap<SheetKey, string>, { value = '', remedy }: ModelError) {
  const ids = new Set(value.split(', '))
  const places = (part: 'constraints' | 'groups') =>
    model[part].flatMap(({ id }, i) => (ids.has(id) ? [pathOf(placeOf(model, origins, names, `/${part}/${i}`))] : []))
  const all = [...places('constraints'), ...places('groups')]
  if (all.length === 0) return {}
  return {
    remedy: {
      'zh-CN': `${remedy['zh-CN']}位置：${all.join('、')}。`,
      en: `${remedy.en} They stand in ${all.join(', ')}.`,
    },
  }
}
