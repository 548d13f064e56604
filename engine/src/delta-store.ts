import type { Delta } from './solver/checker.ts'

/**
 * Deltas found for the standings that follow one another, and which of them contain what. It only grows: what a later standing
 * replaced an earlier one, kept for undo, still has.
 */
export interface DeltaStore {
  /** by number, from 1 */
  deltas: (Delta | undefined)[]
  /** by number: the place it was found for */
  places: number[]
  /** numbers of the deltas that contain a literal, or move an integer */
  withLiteral: Map<number, number[]>
  withInteger: Map<number, number[]>
}

export const createStore = (): DeltaStore => ({
  deltas: [undefined],
  places: [-1],
  withLiteral: new Map(),
  withInteger: new Map(),
})

/** Keeps a delta found for a place; answers its number. */
export function keep(store: DeltaStore, place: number, delta: Delta): number {
  const number = store.deltas.push(delta) - 1
  store.places.push(place)
  for (const literal of delta.literals) list(store.withLiteral, literal).push(number)
  for (const integer of delta.integers) list(store.withInteger, integer).push(number)
  return number
}

/** A store of nothing but the deltas of one standing, whose numbers it changes; for when too many were replaced. */
export function withoutReplaced(store: DeltaStore, numbers: Int32Array): DeltaStore {
  const kept = createStore()
  for (let place = 0; place < numbers.length; place++) {
    const delta = store.deltas[numbers[place]!]
    if (delta) numbers[place] = keep(kept, place, delta)
  }
  return kept
}

function list(lists: Map<number, number[]>, key: number): number[] {
  const known = lists.get(key)
  if (known) return known
  const made: number[] = []
  lists.set(key, made)
  return made
}
