import { type Constraint, type Model, printName } from '@fettle/engine'

/** The model with one constraint turned into its opposite: its selections are those that this constraint alone forbids. */
export function breaking(model: Model, id: string): Model {
  return {
    ...model,
    constraints: model.constraints.flatMap(constraint => (constraint.id === id ? opposite(model, constraint) : [constraint])),
  }
}

function opposite(model: Model, constraint: Constraint): Constraint[] {
  const formula = (text: string): Constraint => ({
    id: constraint.id,
    kind: 'formula',
    formula: constraint.when === undefined ? text : `(${constraint.when}) & (${text})`,
  })
  switch (constraint.kind) {
    case 'requires':
      return [formula(`(${constraint.if}) & !(${constraint.then})`)]
    case 'excludes':
      return [formula(`count(${constraint.options.join(', ')}) >= 2`)]
    case 'clause':
      return [
        formula(
          [...(constraint.chosen ?? []).map(id => `!${printName(id)}`), ...(constraint.not ?? []).map(printName)].join(' & ') ||
            'true',
        ),
      ]
    case 'formula':
      return [formula(`!(${constraint.formula})`)]
    case 'capacity':
      return [formula(`taken(${constraint.interface}) > offered(${constraint.interface})`)]
    case 'table':
      return [
        { ...constraint, mode: constraint.mode === 'forbidden' ? 'allowed' : 'forbidden' },
        // a table speaks only where each column has a value
        ...constraint.columns.flatMap((column): Constraint[] => {
          const group = model.groups.find(each => each.id === column)
          if (group?.kind === 'choose-one') return [{ id: `${constraint.id}-${column}`, kind: 'formula', formula: column }]
          if (group?.parent !== undefined) return [{ id: `${constraint.id}-${column}`, kind: 'formula', formula: group.parent }]
          return []
        }),
      ]
  }
}
