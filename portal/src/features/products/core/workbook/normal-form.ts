import { type Cell, type Constraint, type Group, type Model, optionsOf, printClause } from '@fettle/engine'
import { tidyFormula } from './values.ts'

/**
 * The one of several ways to write a model that a workbook gives back. They mean the same:
 * - lists and records that may be missing are missing where they are empty
 * - formulas have no spaces around them and line breaks of one kind
 * - a list of one in a table is that one
 * - a clause is a formula
 * - `$schema` is left out
 */
export function normalForm(model: Model): Model {
  const { $schema: _, ...rest } = model as Model & { $schema?: string }
  return withoutEmpty({
    ...rest,
    groups: model.groups.map(plainGroup),
    constraints: model.constraints
      .map(asFormula)
      .map(rule => (rule.kind === 'table' ? { ...tidy(rule), rows: rule.rows.map(row => row.map(single)) } : tidy(rule))),
    defaults: model.defaults?.map(tidy),
    objectives: model.objectives?.map(({ goal, of }) => ({ goal, of: tidyFormula(of) })),
    prices: model.prices?.map(tidy),
    bom: model.bom?.map(one => ({ ...tidy(one), ...(one.quantity !== undefined && { quantity: tidyFormula(one.quantity) }) })),
    spec: model.spec?.map(tidy),
  } as Model)
}

/** A clause stands in the form as the formula it is. */
function asFormula(rule: Constraint): Constraint {
  if (rule.kind !== 'clause') return rule
  const { chosen, not, ...rest } = rule
  return { ...rest, kind: 'formula', formula: printClause({ ...(chosen && { chosen }), ...(not && { not }) }) }
}

const formulas = ['when', 'if', 'then', 'formula'] as const

function tidy<T extends object>(rule: T): T {
  const found = formulas.flatMap(key => {
    const value = (rule as Record<string, unknown>)[key]
    return typeof value === 'string' ? [[key, tidyFormula(value)]] : []
  })
  return { ...rule, ...Object.fromEntries(found) }
}

const single = (cell: Cell): Cell => (Array.isArray(cell) && cell.length === 1 ? cell[0]! : cell)

function plainGroup(group: Group): Group {
  const options = optionsOf(group).map(option => withoutEmpty(option))
  if (group.kind === 'number') return group
  return group.kind === 'yes-no' ? { ...group, option: options[0]! } : { ...group, options }
}

const needed = new Set(['attributes/', 'groups/', 'constraints/'])

/** Without fields that are undefined, [] or {}, but for the lists every model has. */
function withoutEmpty<T extends object>(fields: T): T {
  const isModel = 'format' in fields
  return Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => {
      if (value === undefined) return false
      if (isModel && needed.has(`${key}/`)) return true
      return typeof value !== 'object' || value === null || Object.keys(value).length > 0
    }),
  ) as T
}
