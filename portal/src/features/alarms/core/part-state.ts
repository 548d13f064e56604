import { type Baseline, baselineOf, noteBaseline } from './baseline.ts'
import type { Leaf, Part } from './condition.ts'
import { isWithin } from './schedule.ts'

export interface Point {
  /** milliseconds since 1970, by the machine's clock */
  at: number
  value: number
}

/** What is remembered of one part of a condition. */
export interface PartState {
  /** what it says now, before `lasting` and `repeated` */
  holds: boolean
  /** since when it says so */
  since: number
  /** the last times at which it began to hold long enough, oldest first; as many as `repeated` counts */
  begins: readonly number[]
  lasted: boolean
  /** of a rate: its window */
  window: readonly Point[]
  /** of a deviation */
  baseline: Baseline | null
}

export const newPart = (part: Part): PartState => ({
  holds: false,
  since: 0,
  begins: [],
  lasted: false,
  window: [],
  baseline: part.kind === 'deviation' ? { buckets: [], open: null, centre: null, spread: null } : null,
})

/** Readings of a window that are remembered one by one: closer ones would say nothing more. */
const pointsOfWindow = 60

/** A reading of the part's metric is remembered where its past matters. */
export function notePoint(part: Part, state: PartState, point: Point): PartState {
  if (part.kind === 'deviation') return { ...state, baseline: noteBaseline(state.baseline!, part.hours, point) }
  if (part.kind !== 'rate') return state
  const length = part.seconds * 1000
  const kept = state.window.filter(({ at }) => at >= point.at - length)
  const close = kept.length > 1 && point.at - kept.at(-2)!.at < length / pointsOfWindow
  return { ...state, window: [...(close ? kept.slice(0, -1) : kept), point] }
}

/** What a leaf says by itself. last: the last reading of its metric, or of all where it names none */
export function leafHolds(leaf: Leaf, state: PartState, last: Point | undefined, at: number): boolean {
  switch (leaf.kind) {
    case 'silence':
      return last !== undefined && at >= last.at + leaf.seconds * 1000 // what never spoke is not in use yet
    case 'schedule':
      return isWithin(leaf, at)
    case 'threshold':
      return last !== undefined && compares(leaf, last.value, state.holds)
    case 'rate': {
      if (!last) return false
      const values = state.window.map(({ value }) => value)
      return leaf.side === 'rise' ? last.value - Math.min(...values) > leaf.value : Math.max(...values) - last.value > leaf.value
    }
    case 'deviation': {
      const usual = last && baselineOf(state.baseline!)
      if (!usual) return false
      const off = last.value - usual.centre
      return (leaf.side === 'both' ? Math.abs(off) : leaf.side === 'above' ? off : -off) > leaf.factor * usual.spread
    }
  }
}

function compares(
  { op, value, hysteresis = 0 }: Extract<Leaf, { kind: 'threshold' }>,
  measured: number,
  holds: boolean,
): boolean {
  const slack = holds ? hysteresis : 0
  switch (op) {
    case 'gt':
      return measured > value - slack
    case 'ge':
      return measured >= value - slack
    case 'lt':
      return measured < value + slack
    case 'le':
      return measured <= value + slack
    case 'eq':
      return Math.abs(measured - value) <= slack
    case 'ne':
      return measured !== value
  }
}
