import {
  type Constraint,
  type Decision,
  type Group,
  type LocalizedText,
  type Model,
  type ModelError,
  type Option,
  optionsOf,
  type PriceRule,
  printClause,
} from '@fettle/engine'
import { minorDigits } from '#platform/core'
import type { Carrying, Choice, Column, SheetForm, SheetKey } from './form.ts'
import * as form from './form.ts'
import { guideSheet } from './guide.ts'
import { type CellValue, mostCharacters, mostRows, type WrittenSheet } from './sheet.ts'
import { majorUnits, quoted, writeList, writePercent, writeText, yesNo } from './values.ts'
import { tablesSheet } from './write-tables.ts'

export type ToWorkbook = { ok: true; sheets: WrittenSheet[] } | { ok: false; error: ModelError }

/**
 * A valid model as the sheets of the product form. `fromWorkbook` makes the same model of them again, up to `normalForm`.
 * Refused only where a spreadsheet has no room for it: a text of more than 32,767 characters, more than 50,000 rows.
 */
export function toWorkbook(model: Model): ToWorkbook {
  const sheets = [
    guideSheet(),
    productSheet(model),
    attributesSheet(model),
    interfacesSheet(model),
    groupsSheet(model),
    optionsSheet(model),
    rulesSheet(model),
    tablesSheet(model),
    defaultsSheet(model),
    objectivesSheet(model),
    pricesSheet(model),
    bomSheet(model),
    specSheet(model),
    examplesSheet(model),
  ]
  const error = sheets.map(tooLarge).find(one => one !== undefined)
  return error ? { ok: false, error } : { ok: true, sheets }
}

/** Cells of a row by the key of their column. */
type Cells = Record<string, CellValue | undefined>

interface ShownColumn extends Omit<Column, 'title' | 'note'> {
  /** Chinese above English */
  heading: string
  note: string
}

function sheetOf(key: SheetKey, rows: Cells[], more: ShownColumn[] = []): WrittenSheet {
  const own: SheetForm = form.formOf(key)
  const columns: ShownColumn[] = [
    ...own.columns.map(column => ({
      ...column,
      heading: form.bilingual(column.title, '\n'),
      note: form.bilingual(column.note, '\n'),
    })),
    ...more,
  ]
  return {
    name: form.bilingual(own.title),
    rows: [
      columns.map(({ heading }) => heading),
      columns.map(({ note }, i) => (i === 0 ? `※ ${note}` : note)),
      ...rows.map(cells => columns.map(column => cells[column.key] ?? null)),
    ],
    layout: {
      columns: columns.map(({ width = 14, kind = 'text', choices }) => ({
        width,
        kind,
        ...(choices && { choices: choices.map(form.choiceText) }),
      })),
      headings: [0],
      frozen: 1,
    },
  }
}

const text = (value: string | undefined) => (value === undefined ? null : writeText(value))
const both = (key: string, value: LocalizedText | undefined): Cells =>
  value ? { [`${key}/zh-CN`]: writeText(value['zh-CN']), [`${key}/en`]: writeText(value.en) } : {}
const flag = (value: boolean | undefined) => (value === undefined ? null : yesNo[value ? 'true' : 'false'])
const choice = (choices: readonly Choice[], value: string | undefined) => {
  const found = choices.find(one => one.value === value)
  return found ? form.choiceText(found) : null
}

function productSheet(model: Model): WrittenSheet {
  const { tax } = model
  const values: Record<string, [CellValue, CellValue?]> = {
    id: [writeText(model.id)],
    version: [writeText(model.version)],
    name: inBoth(model.name),
    description: inBoth(model.description),
    currency: [model.currency],
    'tax/name': inBoth(tax?.name),
    'tax/percent': [tax ? writePercent(tax.percent) : null],
    typeCode: [text(model.typeCode)],
    untranslated: [flag(model.untranslated)],
  }
  const sheet = sheetOf(
    'product',
    form.productLines.map(({ key, title }) => ({ item: form.bilingual(title), value: values[key]?.[0], en: values[key]?.[1] })),
  )
  const notes = form.productLines.map(({ note }) => form.bilingual(note, '\n'))
  return {
    ...sheet,
    rows: sheet.rows.map((row, i) => [...row, i === 0 ? '备注\nRemark' : (notes[i - 2] ?? null)]),
    layout: { ...sheet.layout, columns: [...sheet.layout.columns, { width: 48, kind: 'text' }] },
  }
}

const inBoth = (value: LocalizedText | undefined): [CellValue, CellValue?] =>
  value ? [writeText(value['zh-CN']), writeText(value.en)] : [null]

const attributesSheet = ({ attributes }: Model) =>
  sheetOf(
    'attributes',
    attributes.map(({ id, name, unit, decimals }) => ({ id: text(id), ...both('name', name), unit: text(unit), decimals })),
  )

const interfacesSheet = ({ interfaces = [] }: Model) =>
  sheetOf(
    'interfaces',
    interfaces.map(({ id, name }) => ({ id: text(id), ...both('name', name) })),
  )

const groupsSheet = ({ groups }: Model) =>
  sheetOf(
    'groups',
    groups.map(group => ({
      id: text(group.id),
      ...both('name', group.name),
      kind: choice(form.groupKinds, group.kind),
      parent: text(group.parent),
      section: text(group.section),
      ...both('help', group.help),
      ...ofKind(group),
    })),
  )

function ofKind(group: Group): Cells {
  switch (group.kind) {
    case 'choose-one':
      return { optional: flag(group.optional) }
    case 'choose-some':
      return { min: group.min, max: group.max }
    case 'yes-no':
      return {}
    case 'number':
      return { min: group.min, max: group.max, step: group.step, unit: text(group.unit), code: text(group.code) }
  }
}

function optionsSheet(model: Model): WrittenSheet {
  const digits = minorDigits(model.currency)
  const lists = (model.prices ?? []).filter((rule): rule is Extract<PriceRule, { kind: 'options' }> => rule.kind === 'options')
  const columns: ShownColumn[] = [
    ...lists.map(({ id, name }) => ({
      key: `amounts/${id}`,
      heading:
        lists.length === 1 ? form.bilingual(form.carrying.amounts, '\n') : carried('amounts', id, name && form.bilingual(name)),
      note: `不含税，每件；${form.onRequest}\nwithout tax, per piece`,
      kind: 'money' as const,
      width: 16,
    })),
    ...model.attributes.map(({ id, name, unit }) => ({
      key: `attributes/${id}`,
      heading: carried('attributes', id, form.bilingual(name)),
      note: unit ?? '',
      kind: 'number' as const,
      width: 14,
    })),
    ...(['offers', 'takes'] as const).flatMap(kind =>
      (model.interfaces ?? []).map(({ id, name }) => ({
        key: `${kind}/${id}`,
        heading: carried(kind, id, form.bilingual(name)),
        note: '每件\nper piece',
        kind: 'number' as const,
        width: 14,
      })),
    ),
  ]
  const prices = (id: string): Cells =>
    Object.fromEntries(
      lists.flatMap(list => {
        const amount = Object.hasOwn(list.amounts, id) ? list.amounts[id] : undefined
        return amount === undefined ? [] : [[`amounts/${list.id}`, amount === null ? form.onRequest : majorUnits(amount, digits)]]
      }),
    )
  const rows = model.groups.flatMap(group =>
    optionsOf(group).map(option => ({ group: text(group.id), ...optionCells(option), ...prices(option.id) })),
  )
  return sheetOf('options', rows, columns)
}

const optionCells = (option: Option): Cells => ({
  id: text(option.id),
  ...both('name', option.name),
  ...both('use', option.use),
  code: text(option.code),
  part: text(option.part),
  'quantity/min': option.quantity?.min,
  'quantity/max': option.quantity?.max,
  'quantity/step': option.quantity?.step,
  visibility: choice(form.visibilities, option.visibility),
  'media/image': text(option.media?.image),
  'media/drawing': text(option.media?.drawing),
  ...under('attributes', option.attributes),
  ...under('offers', option.offers),
  ...under('takes', option.takes),
})

const under = (key: string, values: Record<string, number> = {}): Cells =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [`${key}/${id}`, value]))

/** "属性 power", and on the next line what it is called. */
function carried(kind: Carrying, id: string, name = ''): string {
  const { 'zh-CN': zh, en } = form.carrying[kind]
  const simple = /^[\p{L}\p{N}_][\p{L}\p{N}_ .-]*$/u.test(id) && id.trim() === id && id.toLowerCase() !== en.toLowerCase()
  return `${zh} ${simple ? id : quoted(id)}\n${name.replace(/\s+/g, ' ')}`.trimEnd()
}

const rulesSheet = ({ constraints }: Model) =>
  sheetOf(
    'rules',
    constraints.map(rule => ({
      id: text(rule.id),
      kind: choice(form.ruleKinds, rule.kind === 'clause' ? 'formula' : rule.kind),
      when: rule.when,
      ...both('message', rule.message),
      ...ruleCells(rule),
    })),
  )

function ruleCells(rule: Constraint): Cells {
  switch (rule.kind) {
    case 'requires':
      return { if: rule.if, then: rule.then }
    case 'excludes':
      return { options: writeList(rule.options) }
    case 'clause':
      return { formula: printClause(rule) }
    case 'formula':
      return { formula: rule.formula }
    case 'table':
      return { mode: choice(form.tableModes, rule.mode) }
    case 'capacity':
      return { interface: text(rule.interface) }
  }
}

const defaultsSheet = ({ defaults = [] }: Model) =>
  sheetOf(
    'defaults',
    defaults.map(({ when, ...decision }) => ({ when, ...decisionCells(decision) })),
  )

const objectivesSheet = ({ objectives = [] }: Model) =>
  sheetOf(
    'objectives',
    objectives.map(({ goal, of }) => ({ goal: choice(form.goals, goal), of })),
  )

const decisionCells = (decision: Decision): Cells => {
  if ('number' in decision) return { item: text(decision.number), value: decision.value }
  return { item: text(decision.option), value: 'quantity' in decision ? decision.quantity : flag(decision.chosen) }
}

function pricesSheet({ prices = [], currency }: Model): WrittenSheet {
  const digits = minorDigits(currency)
  const money = (amount: number) => majorUnits(amount, digits)
  return sheetOf(
    'prices',
    prices.flatMap(rule => {
      const common: Cells = {
        id: text(rule.id),
        kind: choice(form.priceKinds, rule.kind),
        ...both('name', rule.name),
        when: rule.when,
      }
      const [first, ...others] = priceCells(rule, money)
      return [{ ...common, ...first }, ...others]
    }),
  )
}

/** Cells of the rule's row, and of the rows of further tiers. */
function priceCells(rule: PriceRule, money: (amount: number) => number): Cells[] {
  switch (rule.kind) {
    case 'base':
    case 'bundle':
      return [{ amount: money(rule.amount) }]
    case 'quantity':
      return [{ of: text(rule.of), amount: money(rule.amount) }]
    case 'formula':
      return [{ formula: rule.formula }]
    case 'tier': {
      const tiers = rule.tiers.map(({ upTo, amount }) => ({ upTo, amount: money(amount) }))
      return [{ of: text(rule.of), mode: choice(form.tierModes, rule.mode), ...tiers[0] }, ...tiers.slice(1)]
    }
    case 'surcharge':
      return [{ percent: writePercent(rule.percent), of: rule.of && writeList(rule.of) }]
    case 'options':
    case 'on-request':
      return [{}]
  }
}

const bomSheet = ({ bom = [] }: Model) =>
  sheetOf(
    'bom',
    bom.map(({ part, name, when, quantity, unit }) => ({
      part: text(part),
      ...both('name', name),
      when,
      quantity,
      unit: text(unit),
    })),
  )

const specSheet = ({ spec = [] }: Model) =>
  sheetOf(
    'spec',
    spec.map(({ id, name, when, formula, group, unit, decimals, headline, role }) => ({
      id: text(id),
      ...both('name', name),
      when,
      formula,
      group: text(group),
      unit: text(unit),
      decimals,
      headline: flag(headline),
      role: choice(form.roles, role),
    })),
  )

const examplesSheet = ({ examples = [] }: Model) =>
  sheetOf(
    'examples',
    examples.flatMap(({ id, name, decisions, expect }) =>
      decisions.map((decision, i) => ({
        ...decisionCells(decision),
        ...(i === 0 && { id: text(id), ...both('name', name), expect: choice(form.expectations, expect) }),
      })),
    ),
  )

function tooLarge({ name, rows }: WrittenSheet): ModelError | undefined {
  if (rows.length > mostRows) {
    return {
      code: 'too-many-rows',
      path: name,
      message: form.t(
        `工作表“${name}”需要 ${rows.length} 行，超过上限 ${mostRows}。`,
        `The sheet "${name}" would have ${rows.length} rows; the limit is ${mostRows}.`,
      ),
      remedy: form.t('请改用 JSON 导出。', 'Export it as JSON.'),
    }
  }
  const long = rows.flat().find(cell => typeof cell === 'string' && cell.length > mostCharacters)
  if (typeof long !== 'string') return undefined
  return {
    code: 'too-long',
    path: name,
    value: `${long.slice(0, 40)}…`,
    message: form.t(
      `一段文字有 ${long.length} 个字符，Excel 单元格最多 ${mostCharacters} 个。`,
      `A text has ${long.length} characters; a cell of a spreadsheet holds ${mostCharacters}.`,
    ),
    remedy: form.t('请改用 JSON 导出，或把规则拆短。', 'Export it as JSON, or split the rule.'),
  }
}
