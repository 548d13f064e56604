import type { ModelError } from '../api.ts'
import { gridError } from '../check.ts'
import { decimalsOf, scaled } from '../decimal.ts'
import {
  duplicateId,
  empty,
  type Kind,
  missingField,
  notAscending,
  notEarlier,
  outOfRange,
  type Place,
  parentCycle,
  pointer,
  syntaxError,
  text,
  tooMany,
  tooManyDecimals,
  unknownField,
  unknownReference,
  wrongCell,
  wrongKind,
} from '../errors.ts'
import type { Cell, Clause, Decision, Group, NumberGroup, Option, PriceRule, TableConstraint } from '../model.ts'
import { type ModelIndex, optionsOf, quantityGrid } from '../model-index.ts'
import { nearest } from '../nearest.ts'
import { limits } from './model-shape.ts'
import { errorLimit } from './shape.ts'

const clauseSides = ['chosen', 'not'] as const

/** What a model of the right shape says about things it does not have, and numbers that do not fit each other. */
export function referenceErrors(index: ModelIndex): ModelError[] {
  const { model } = index
  const errors: ModelError[] = []
  const known = (map: ReadonlyMap<string, unknown>, kind: Kind, id: string, place: Place): boolean => {
    if (map.has(id)) return true
    errors.push(unknownReference(place, kind, id, errors.length < 20 ? nearest(id, map.keys()) : undefined))
    return false
  }
  errors.push(...duplicates(index))
  if (index.options.size > limits.options)
    errors.push(tooMany({ path: '/groups' }, text('选项', 'options'), index.options.size, limits.options))
  model.groups.forEach((group, i) => {
    const place = { path: `/groups/${i}`, rule: group.id }
    if (group.parent !== undefined) known(index.options, 'option', group.parent, below(place, 'parent'))
    if (group.section !== undefined && known(index.groups, 'group', group.section, below(place, 'section'))) {
      const { parent, section } = index.groups.get(group.section)!
      if (parent !== undefined || section !== undefined) {
        errors.push(unknownReference(below(place, 'section'), 'root group', group.section))
      }
    }
    errors.push(...groupErrors(group, place))
    optionsOf(group).forEach((option, j) => {
      const { attributes, offers, takes, quantity } = option
      if (attributes || offers || takes || quantity)
        optionErrors(option, group.kind === 'yes-no' ? below(place, 'option') : below(place, 'options', j))
    })
  })
  errors.push(...cycles(index))
  model.constraints.forEach((constraint, i) => {
    if (constraint.kind === 'clause') {
      clauseErrors(constraint, i)
      return
    }
    const place = below({ path: '/constraints', rule: constraint.id }, i)
    if (constraint.kind === 'capacity') known(index.interfaces, 'interface', constraint.interface, below(place, 'interface'))
    if (constraint.kind === 'table') errors.push(...tableErrors(constraint, index, place))
    if (constraint.kind === 'excludes') {
      const first = new Map<string, number>()
      constraint.options.forEach((id, j) => {
        const earlier = first.get(id)
        if (earlier !== undefined) errors.push(duplicateId(below(place, 'options', j), id, below(place, 'options', earlier).path))
        else {
          first.set(id, j)
          known(index.options, 'option', id, below(place, 'options', j))
        }
      })
    }
  })
  model.defaults?.forEach((decision, i) => {
    decisionErrors(decision, { path: `/defaults/${i}` })
  })
  model.examples?.forEach((example, i) => {
    example.decisions.forEach((decision, j) => {
      decisionErrors(decision, { path: `/examples/${i}/decisions/${j}`, rule: example.id })
    })
  })
  model.prices?.forEach((rule, i) => {
    priceErrors(rule, i, model.prices!, { path: `/prices/${i}`, rule: rule.id })
  })
  model.spec?.forEach((field, i) => {
    const place = { path: `/spec/${i}`, rule: field.id }
    if (field.group !== undefined) known(index.groups, 'group', field.group, below(place, 'group'))
    if (field.group === undefined && field.formula === undefined) errors.push(missingField(place, 'formula'))
    if (field.group !== undefined && field.formula !== undefined)
      errors.push(unknownField(below(place, 'group'), 'group', 'formula'))
  })
  if (model.typeCode !== undefined) typeCodeErrors(model.typeCode, { path: '/typeCode' })
  return errors

  /** Of a rule that large models have by the hundred thousand. */
  function clauseErrors(clause: Clause, i: number): void {
    for (const side of clauseSides) {
      const ids = clause[side] ?? []
      for (let j = 0; j < ids.length; j++) {
        if (index.options.has(ids[j]!)) continue
        known(index.options, 'option', ids[j]!, below({ path: '/constraints', rule: clause.id }, i, side, j))
      }
    }
  }

  function optionErrors(option: Option, place: Place): void {
    for (const [id, value] of Object.entries(option.attributes ?? {})) {
      const own = below(place, 'attributes', id)
      if (!known(index.attributes, 'attribute', id, own)) continue
      const decimals = index.attributes.get(id)!.decimals
      if (decimals !== undefined && decimalsOf(value) > decimals) errors.push(tooManyDecimals(own, value, decimals))
    }
    for (const side of ['offers', 'takes'] as const) {
      for (const id of Object.keys(option[side] ?? {})) known(index.interfaces, 'interface', id, below(place, side, id))
    }
    const { quantity } = option
    if (quantity && quantity.min > quantity.max)
      errors.push(outOfRange(below(place, 'quantity', 'max'), quantity.max, quantity.min, undefined))
  }

  function decisionErrors(decision: Decision, place: Place): void {
    if ('number' in decision) {
      if (known(index.grids, 'number group', decision.number, below(place, 'number'))) {
        errors.push(...gridError(below(place, 'value'), decision.value, index.grids.get(decision.number)!))
      }
    } else if (known(index.options, 'option', decision.option, below(place, 'option')) && 'quantity' in decision) {
      errors.push(
        ...gridError(below(place, 'quantity'), decision.quantity, quantityGrid(index.options.get(decision.option)!.option)),
      )
    }
  }

  function priceErrors(rule: PriceRule, i: number, rules: readonly PriceRule[], place: Place): void {
    switch (rule.kind) {
      case 'options':
        for (const id of Object.keys(rule.amounts)) known(index.options, 'option', id, below(place, 'amounts', id))
        break
      case 'quantity':
        known(index.grids, 'number group', rule.of, below(place, 'of'))
        break
      case 'tier':
        if (!index.grids.has(rule.of)) known(index.options, 'option', rule.of, below(place, 'of'))
        rule.tiers.forEach(({ upTo }, j) => {
          const before = rule.tiers[j - 1]?.upTo
          const last = j === rule.tiers.length - 1
          if (upTo === undefined ? !last : before !== undefined && upTo <= before) {
            errors.push(notAscending(below(place, 'tiers', j), upTo ?? 'upTo'))
          }
        })
        break
      case 'surcharge': {
        const earlier = new Map(rules.slice(0, rule.of ? i : 0).map(({ id }) => [id, true]))
        rule.of?.forEach((id, j) => {
          if (earlier.has(id)) return
          const own = below(place, 'of', j)
          if (rules.some(other => other.id === id)) errors.push(notEarlier(own, id))
          else known(earlier, 'price rule', id, own)
        })
        break
      }
      default:
    }
  }

  function typeCodeErrors(code: string, place: Place): void {
    for (const [, id = ''] of code.matchAll(/\{([^{}]*)\}/g)) known(index.groups, 'group', id, place)
    if (/[{}]/.test(code.replace(/\{[^{}]*\}/g, ''))) {
      errors.push(
        syntaxError(
          place,
          code,
          text('型号代码中的花括号不成对。', 'The braces of the type code do not match.'),
          text('请写成“VMC-{选项组}”的形式。', 'Write it like "VMC-{group}".'),
        ),
      )
    }
  }
}

/** Ids given twice in one name space. */
function duplicates({ model }: ModelIndex): ModelError[] {
  const errors: ModelError[] = []
  const allDiffer = (ids: string[], pathOf: (place: number) => string) => {
    if (new Set(ids).size === ids.length) return
    const first = new Map<string, number>()
    for (const [place, id] of ids.entries()) {
      if (errors.length >= errorLimit) return
      const earlier = first.get(id)
      if (earlier === undefined) first.set(id, place)
      else errors.push(duplicateId({ path: `${pathOf(place)}/id`, rule: id }, id, pathOf(earlier)))
    }
  }
  const names = model.groups.flatMap(group => [group.id, ...optionsOf(group).map(({ id }) => id)])
  allDiffer(names, place => pathOfName(model.groups, place))
  for (const key of ['attributes', 'interfaces', 'constraints', 'prices', 'spec', 'examples'] as const) {
    const ids = (model[key] ?? []).map(({ id }) => id)
    allDiffer(ids, place => `/${key}/${place}`)
  }
  return errors
}

/** Of each group, then of its options, in the order of the model. */
function pathOfName(groups: readonly Group[], place: number): string {
  let before = 0
  for (const [i, group] of groups.entries()) {
    const option = place - before - 1
    const options = optionsOf(group).length
    if (option < 0) return `/groups/${i}`
    if (option < options) return `/groups/${i}/option${group.kind === 'yes-no' ? '' : `s/${option}`}`
    before += 1 + options
  }
  return '/groups'
}

function groupErrors(group: Group, place: Place): ModelError[] {
  if (group.kind === 'number') return numberErrors(group, place)
  if (group.kind !== 'choose-some') return []
  const { min = 0, max = group.options.length, options } = group
  if (max > options.length) return [outOfRange(below(place, 'max'), max, undefined, options.length)]
  return min > max ? [outOfRange(below(place, 'min'), min, undefined, max)] : []
}

function numberErrors({ min, max, step = 1 }: NumberGroup, place: Place): ModelError[] {
  if (min > max) return [outOfRange(below(place, 'max'), max, min, undefined)]
  const decimals = Math.max(decimalsOf(min), decimalsOf(step), decimalsOf(max))
  const limit = Number.MAX_SAFE_INTEGER / 10 ** decimals
  return (['min', 'max', 'step'] as const)
    .filter(key => scaled({ min, max, step }[key], decimals) === undefined)
    .map(key => outOfRange(below(place, key), { min, max, step }[key], Math.ceil(-limit), Math.floor(limit)))
}

/** One error per cycle. */
function cycles({ groups, options }: ModelIndex): ModelError[] {
  const errors: ModelError[] = []
  const done = new Set<string>()
  for (const start of groups.values()) {
    const trail: Group[] = []
    const onTrail = new Set<string>()
    let at: Group | undefined = start
    while (at && !done.has(at.id) && !onTrail.has(at.id)) {
      trail.push(at)
      onTrail.add(at.id)
      at = at.parent === undefined ? undefined : options.get(at.parent)?.group
    }
    if (at && onTrail.has(at.id)) {
      const ring = trail.slice(trail.findIndex(({ id }) => id === at?.id)).map(({ id }) => id)
      const place = [...groups.keys()].indexOf(ring[0]!)
      errors.push(
        parentCycle({ path: `/groups/${place}/parent`, rule: ring[0]! }, [
          ...ring.slice(0, 8),
          ...(ring.length > 8 ? ['…'] : []),
          ring[0]!,
        ]),
      )
    }
    for (const { id } of trail) done.add(id)
  }
  return errors
}

function tableErrors(table: TableConstraint, index: ModelIndex, place: Place): ModelError[] {
  const errors: ModelError[] = []
  const readers = table.columns.map((column, i) => {
    const own = below(place, 'columns', i)
    const first = table.columns.indexOf(column)
    if (first < i) errors.push(duplicateId(own, column, below(place, 'columns', first).path))
    if (index.options.has(column)) return booleanCell
    const group = index.groups.get(column)
    if (group?.kind === 'number') return numberCell(group, index)
    if (group?.kind === 'choose-one') return optionCell(group)
    if (group === undefined) {
      errors.push(unknownReference(own, 'column', column, nearest(column, [...index.groups.keys(), ...index.options.keys()])))
    } else {
      errors.push(
        wrongKind(
          own,
          column,
          text(`“${column}”不能作为表格的列。`, `"${column}" cannot be a column of a table.`),
          text(
            '请使用单选组、数值组，或单个选项的标识。',
            'Use a choose-one group, a number group, or the id of a single option.',
          ),
        ),
      )
    }
    return () => []
  })
  for (const [i, row] of table.rows.entries()) {
    if (errors.length > 20) break
    const own = below(place, 'rows', i)
    if (row.length !== table.columns.length) errors.push(outOfRange(own, row.length, table.columns.length, table.columns.length))
    else errors.push(...row.flatMap((cell, j) => (cell === '*' ? [] : readers[j]!(cell, below(own, j), table.columns[j]!))))
  }
  return errors
}

type CellReader = (cell: Cell, place: Place, column: string) => ModelError[]

const booleanCell: CellReader = (cell, place, column) =>
  typeof cell === 'boolean' ? [] : [wrongCell(place, cell, column, text('true 或 false', 'true or false'))]

function optionCell(group: Group): CellReader {
  const ids = new Set<unknown>(optionsOf(group).map(({ id }) => id))
  const listed = [...ids].slice(0, 5).join(', ') + (ids.size > 5 ? ' …' : '')
  return (cell, place, column) => {
    const wrong = (Array.isArray(cell) ? cell : [cell]).filter(one => !ids.has(one))
    return wrong.map(one => wrongCell(place, one, column, text(`该组的选项（${listed}）`, `an option of that group (${listed})`)))
  }
}

function numberCell(group: NumberGroup, index: ModelIndex): CellReader {
  const grid = index.grids.get(group.id)!
  return (cell, place, column) => {
    if (!Array.isArray(cell) && typeof cell === 'object') {
      if (cell.min === undefined && cell.max === undefined) return [empty(place, text('范围', 'the range'))]
      return cell.min !== undefined && cell.max !== undefined && cell.min > cell.max
        ? [outOfRange(below(place, 'max'), cell.max, cell.min, undefined)]
        : []
    }
    return (Array.isArray(cell) ? cell : [cell]).flatMap(one =>
      typeof one === 'number'
        ? gridError(place, one, grid)
        : [wrongCell(place, one, column, text('数字或范围', 'a number or a range'))],
    )
  }
}

/** Its path is written when an error asks for it: there are far more places than errors. */
function below(place: Place, ...steps: (string | number)[]): Place {
  return {
    rule: place.rule,
    get path() {
      return place.path + pointer(...steps)
    },
  }
}
