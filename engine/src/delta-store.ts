import type { Delta } from './solver/checker.ts'
import { addTo, emptyLists, type Lists } from './solver/lists.ts'
import type { Problem } from './solver/problem.ts'

/**
 * Deltas found for the standings that follow one another, and which of them contain what. It only grows: what a later standing
 * replaced an earlier one, kept for undo, still has.
 */
export interface DeltaStore {
  problem: Problem
  /** by number, from 1 */
  deltas: (Delta | undefined)[]
  /** by number: the place it was found for */
  places: number[]
  /** numbers of the deltas that contain a literal, or move an integer */
  withLiteral: Lists<number>
  withInteger: Lists<number>
}

export const createStore = (problem: Problem): DeltaStore => ({
  problem,
  deltas: [undefined],
  places: [-1],
  withLiteral: emptyLists(2 * problem.variables),
  withInteger: emptyLists(problem.integers.length),
})

/** Keeps a delta found for a place; answers its number. */
export function keep(store: DeltaStore, place: number, delta: Delta): number {
  const number = store.deltas.push(delta) - 1
  store.places.push(place)
  for (const literal of delta.literals) addTo(store.withLiteral, literal, number)
  for (const integer of delta.integers) addTo(store.withInteger, integer, number)
  return number
}

/** A store of nothing but the deltas of one standing, whose numbers it changes; for when too many were replaced. */
export function withoutReplaced(store: DeltaStore, numbers: Int32Array): DeltaStore {
  const kept = createStore(store.problem)
  for (let place = 0; place < numbers.length; place++) {
    const delta = store.deltas[numbers[place]!]
    if (delta) numbers[place] = keep(kept, place, delta)
  }
  return kept
}
