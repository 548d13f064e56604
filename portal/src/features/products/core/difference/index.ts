import type { LocalizedText, Model } from '@fettle/engine'
import { writerOf } from './facts.ts'
import { type ThingKind, thingKinds } from './kinds.ts'
import { type Order, ordersOf, type Thing, thingsOf } from './things.ts'

export { type ThingKind, thingKinds } from './kinds.ts'

/** What became of one part of a model. */
export interface Difference {
  kind: ThingKind
  change: 'added' | 'removed' | 'changed'
  id: string
  /** as the later version calls it, or the earlier where it is gone */
  name: LocalizedText
  /** what changed of it; null: it said nothing of that, before or after */
  details: { label: LocalizedText; from: LocalizedText | null; to: LocalizedText | null }[]
}

/**
 * What changed from one model to another, in the order of `thingKinds` and then of the models. Parts are recognised by their ids;
 * names stand for ids wherever something is referred to. Empty exactly where both say the same.
 */
export function diffModels(before: Model, after: Model): Difference[] {
  const old = byKey(thingsOf(before, writerOf(before)))
  const now = byKey(thingsOf(after, writerOf(after)))
  const moved = movedIn(before, after)
  const found: Difference[] = []
  for (const [key, thing] of now) {
    const former = old.get(key)
    if (!former) found.push({ ...headOf(thing), change: 'added', details: added(thing) })
    else {
      const details = [...changed(former, thing), ...(moved.get(key) ?? [])]
      if (details.length > 0) found.push({ ...headOf(thing), change: 'changed', details })
    }
  }
  for (const [key, thing] of old) if (!now.has(key)) found.push({ ...headOf(thing), change: 'removed', details: [] })
  return found.toSorted((a, b) => thingKinds.indexOf(a.kind) - thingKinds.indexOf(b.kind))
}

const byKey = (things: Thing[]) => new Map(things.map(thing => [keyOf(thing.kind, thing.id), thing]))
const keyOf = (kind: ThingKind, id: string) => (kind === 'product' ? kind : `${kind} ${id}`)
const headOf = ({ kind, id, name }: Thing) => ({ kind, id, name })

/** Of a new part its name says what it is; what it costs or demands is told too. */
const told = new Set([
  'if',
  'then',
  'when',
  'formula',
  'amount',
  'percent',
  'inGroup',
  'part',
  'quantity',
  'expect',
  'min',
  'max',
])
const toldOfRules = new Set(['chosen', 'not'])
const added = ({ kind, facts }: Thing): Difference['details'] =>
  [...facts]
    .filter(([key]) => told.has(key) || (kind === 'rule' && toldOfRules.has(key)) || key.startsWith('amounts '))
    .map(([, { label, shown }]) => ({ label, from: null, to: shown() }))

function changed(before: Thing, after: Thing): Difference['details'] {
  const keys = new Set([...before.facts.keys(), ...after.facts.keys()])
  return [...keys].flatMap(key => {
    const from = before.facts.get(key)
    const to = after.facts.get(key)
    if (from?.raw === to?.raw) return []
    return { label: (to ?? from)!.label, from: from?.shown() ?? null, to: to?.shown() ?? null }
  })
}

/** Lists that stand in another order, what was added or removed aside, by the key of the thing they belong to. */
function movedIn(before: Model, after: Model): Map<string, Difference['details']> {
  const name = ({ kind, id, label }: Order) => `${keyOf(kind, id)} ${label.en}`
  const old = new Map(ordersOf(before).map(order => [name(order), order.ids]))
  const moved = new Map<string, Difference['details']>()
  for (const order of ordersOf(after)) {
    const former = old.get(name(order)) ?? []
    const common = new Set(former)
    const present = new Set(order.ids)
    const left = former.filter(id => present.has(id))
    const right = order.ids.filter(id => common.has(id))
    if (left.every((id, at) => id === right[at])) continue
    const key = keyOf(order.kind, order.id)
    moved.set(key, [...(moved.get(key) ?? []), { label: order.label, from: null, to: { 'zh-CN': '已调整', en: 'changed' } }])
  }
  return moved
}
