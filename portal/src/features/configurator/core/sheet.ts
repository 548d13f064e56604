import {
  type Decision,
  type Group,
  type ModelIndex,
  price,
  type Rulebook,
  type Selection,
  sectionOf,
  spec,
  typeCode,
} from '@fettle/engine'
import type { PricesTold } from '#features/products/core'
import type { Sheet } from './api.ts'

/** Days for which the price of a saved configuration holds. */
export const sheetValidity = 30

interface SavedConfiguration {
  token: string
  productSlug: string
  modelVersionId: string
  modelVersion: string
  withdrawn: boolean
  currentVersionId: string | null
  createdAt: Date
  decisions: Decision[]
  selection: Selection
}

/** Everything a specification sheet says, computed from the saved selection. prices: what its reader is told of them */
export function sheetOf(rulebook: Rulebook, saved: SavedConfiguration, prices: PricesTold): Sheet {
  const { model } = rulebook.index
  const { createdAt, decisions, selection, ...rest } = saved
  return {
    ...rest,
    productName: model.name,
    modelId: model.id,
    typeCode: typeCode(rulebook, selection) || null,
    createdAt: createdAt.toISOString(),
    validUntil: new Date(createdAt.getTime() + sheetValidity * 86_400_000).toISOString(),
    decisions,
    selection,
    groups: byStep(rulebook.index)
      .map(group => groupOnSheet(rulebook.index, group, selection))
      .filter(group => group.items.length > 0),
    spec: spec(rulebook, selection),
    prices,
    price: prices === 'shown' ? priceOnSheet(rulebook, selection) : withheld(model.currency),
  }
}

function priceOnSheet(rulebook: Rulebook, selection: Selection): Sheet['price'] {
  const { status, currency, lines, net, tax, gross } = price(rulebook, selection)
  return {
    status,
    currency,
    // A number that stands at zero costs nothing and says nothing.
    lines: lines.filter(line => line.amount !== 0 || line.quantity !== 0).map(({ kind: _, ...line }) => line),
    net,
    tax,
    gross,
  }
}

const withheld = (currency: string): Sheet['price'] => ({
  status: 'on-request',
  currency,
  lines: [],
  net: 0,
  tax: null,
  gross: 0,
})

/** Groups as a visitor meets them: step by step, in model order within each. */
function byStep(index: ModelIndex): Group[] {
  const groups = [...index.groups.values()]
  const place = new Map(groups.map(({ id }, i) => [id, i]))
  const step = (group: Group) => place.get(sectionOf(index, group)) ?? 0
  return groups.toSorted((a, b) => step(a) - step(b))
}

function groupOnSheet(index: ModelIndex, group: Group, selection: Selection): Sheet['groups'][number] {
  const { id, name } = group
  const step = index.groups.get(sectionOf(index, group))?.name ?? name
  if (group.kind === 'number') {
    const value = selection.numbers[id]
    return { id, name, step, items: value === undefined ? [] : [{ name, value, ...(group.unit ? { unit: group.unit } : {}) }] }
  }
  const options = group.kind === 'yes-no' ? [group.option] : group.options
  const chosen = options.filter(option => selection.options[option.id] !== undefined && option.visibility !== 'hidden')
  return {
    id,
    name,
    step,
    items: chosen.map(option => ({
      name: option.name,
      ...(option.quantity ? { quantity: selection.options[option.id]! } : {}),
      ...(option.code ? { code: option.code } : {}),
    })),
  }
}
