import type { BomRule, Decision, Default, Example, Group, Objective, SpecField } from '@fettle/engine'
import { expectations, goals, roles } from './form.ts'
import * as problems from './problems.ts'
import { tableOf } from './read-groups.ts'
import type { Row } from './read-table.ts'
import { idKeeper, keepOrigin, present, type Reading } from './reading.ts'
import { readNumber, readYesNo, yesNo } from './values.ts'

export function readDefaults(reading: Reading, groups: readonly Group[]): Default[] {
  const table = tableOf(reading, 'defaults')
  return (table?.rows ?? []).map(row =>
    keepOrigin(reading, { ...present({ when: row.formula('when') }), ...decisionOf(row, groups) }, row, table!, 'defaults'),
  )
}

export function readObjectives(reading: Reading): Objective[] {
  const table = tableOf(reading, 'objectives')
  return (table?.rows ?? []).map(row => {
    const goal = row.neededChoice<Objective['goal']>('goal', goals) ?? 'least'
    return keepOrigin(reading, { goal, of: row.needed('of', 'formula') }, row, table!, 'objectives')
  })
}

/** A decision a row; the rows of one example follow each other. */
export function readExamples(reading: Reading, groups: readonly Group[]): Example[] {
  const table = tableOf(reading, 'examples')
  const unique = idKeeper(reading.report)
  const examples: Example[] = []
  for (const row of table?.rows ?? []) {
    const last = examples.at(-1)
    const id = row.text('id')
    const decision = keepOrigin(reading, decisionOf(row, groups), row, table!, 'examples')
    if (last && (id === undefined || id === last.id)) {
      last.decisions.push(decision)
      continue
    }
    const example: Example = {
      id: unique(row.needed('id'), row.place('id')),
      ...present({ name: row.localized('name') }),
      decisions: [decision],
      expect: row.neededChoice<Example['expect']>('expect', expectations) ?? 'possible',
    }
    examples.push(keepOrigin(reading, example, row, table!, 'examples'))
  }
  return examples
}

export function readBom(reading: Reading): BomRule[] {
  const table = tableOf(reading, 'bom')
  return (table?.rows ?? []).map(row =>
    keepOrigin(
      reading,
      {
        part: row.needed('part'),
        name: row.neededLocalized('name'),
        ...present({ when: row.formula('when'), quantity: row.formula('quantity'), unit: row.text('unit') }),
      },
      row,
      table!,
      'bom',
    ),
  )
}

export function readSpec(reading: Reading): SpecField[] {
  const table = tableOf(reading, 'spec')
  const unique = idKeeper(reading.report)
  return (table?.rows ?? []).map(row =>
    keepOrigin(
      reading,
      {
        id: unique(row.needed('id'), row.place('id')),
        name: row.neededLocalized('name'),
        ...present({
          when: row.formula('when'),
          formula: row.formula('formula'),
          group: row.text('group'),
          unit: row.text('unit'),
          decimals: row.number('decimals'),
          headline: row.yesNo('headline'),
          role: row.choice<NonNullable<SpecField['role']>>('role', roles),
        }),
      },
      row,
      table!,
      'spec',
    ),
  )
}

/** Of a number group its value; of an option yes, no, or how many pieces. */
function decisionOf(row: Row, groups: readonly Group[]): Decision {
  const item = row.needed('item')
  if (groups.some(group => group.kind === 'number' && group.id === item))
    return { number: item, value: row.neededNumber('value') }
  if (!row.has('value')) row.needed('value')
  const cell = row.raw('value')
  const quantity =
    typeof cell === 'number' || (typeof cell === 'string' && readNumber(cell) !== undefined) ? row.number('value') : undefined
  if (quantity !== undefined) return { option: item, quantity }
  const chosen = cell === null ? true : readYesNo(cell)
  if (chosen === undefined) {
    if (cell instanceof Date) row.report(problems.dateInstead(row.place('value'), cell))
    else row.report(problems.notAmong(row.place('value'), cell!, [yesNo.true, yesNo.false, '1, 2, 3 …']))
  }
  return { option: item, chosen: chosen ?? true }
}
