import { type Group, indexModel, type Model, type ModelIndex } from '@fettle/engine'

/** A model as a page shows it: its questions and names, none of its rules. What a page says needs no more, and no solver. */
export interface Outline {
  index: ModelIndex
  /** the model has prices */
  priced: boolean
}

/** An outline as plain data. */
export interface OutlineData {
  /** without rules, prices, data and attributes */
  model: Model
  priced: boolean
}

export function outlineOf(model: Model): OutlineData {
  const { format, id, version, name, currency, untranslated, groups } = model
  return {
    model: {
      format,
      id,
      version,
      name,
      currency,
      ...(untranslated === undefined ? {} : { untranslated }),
      attributes: [],
      groups: groups.map(bare),
      constraints: [],
    },
    priced: (model.prices ?? []).length > 0,
  }
}

function bare(group: Group): Group {
  switch (group.kind) {
    case 'choose-one':
    case 'choose-some':
      return { ...group, options: group.options.map(plain) }
    case 'yes-no':
      return { ...group, option: plain(group.option) }
    case 'number':
      return group
  }
}

function plain<Described extends { attributes?: unknown; offers?: unknown; takes?: unknown }>(option: Described) {
  const { attributes: _, offers: __, takes: ___, ...rest } = option
  return rest
}

export const readOutline = ({ model, priced }: OutlineData): Outline => ({ index: indexModel(model), priced })
