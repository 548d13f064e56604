import { negate } from './problem.ts'
import type { Solver } from './solver.ts'
import { byClause, byLiteral, cancel, enqueue, FACT, level } from './trail.ts'

/** Words before a clause's first literal in the arena: its size and its quality. */
export const HEADER = 2

/** Adds a clause of distinct literals that always holds. Only at level 0. */
export function addClause(solver: Solver, literals: number[]): void {
  let settled = 0
  for (let i = 0; i < literals.length; i++) {
    const value = solver.values[literals[i]!]!
    if (value > 0) return
    if (value < 0) settled++
  }
  const open = settled === 0 ? literals : literals.filter(literal => solver.values[literal] === 0)
  const [first, second] = open
  if (first === undefined) {
    solver.consistent = false
    solver.conflict = []
  } else if (second === undefined) enqueue(solver, first, FACT)
  else if (open.length === 2) addPair(solver, first, second)
  else store(solver, open, 0)
}

/** Takes in the clause that a conflict taught and assigns its first literal, which alone is open now. */
export function learn(solver: Solver, literals: number[]): void {
  const [first, second] = literals as [number, number | undefined]
  if (second === undefined) {
    if (level(solver) > 0) solver.facts.push(first)
    enqueue(solver, first, FACT)
    return
  }
  if (literals.length === 2) {
    addPair(solver, first, second)
    enqueue(solver, first, byLiteral(second))
    return
  }
  let deepest = 1
  for (let i = 2; i < literals.length; i++) {
    if (levelOf(solver, literals[i]) > levelOf(solver, literals[deepest])) deepest = i
  }
  literals[1] = literals[deepest]!
  literals[deepest] = second
  const place = store(solver, literals, Math.max(1, levelsIn(solver, literals)))
  solver.learned.push(place)
  enqueue(solver, first, byClause(place))
}

/** Forgets the weaker half of what was learned, once there is more than `limit`. Everything above `base` is taken back first. */
export function forget(solver: Solver, base: number, limit: number): boolean {
  if (solver.learned.length <= limit) return false
  cancel(solver, base)
  const inUse = new Set<number>()
  for (let i = 0; i < solver.trailSize; i++) {
    const reason = solver.reasons[solver.trail[i]! >> 1]!
    if ((reason & 3) === 1) inUse.add(reason >> 2)
  }
  const quality = (place: number) => solver.arena[place + 1]!
  const ranked = solver.learned.slice().sort((a, b) => quality(a) - quality(b) || b - a)
  compact(solver, new Set(ranked.slice(ranked.length >> 1).filter(place => !inUse.has(place))))
  return true
}

function compact(solver: Solver, dropped: Set<number>): void {
  const old = solver.arena
  const moved = new Map<number, number>()
  solver.arena = new Int32Array(old.length)
  const end = solver.arenaSize
  solver.arenaSize = 1
  for (let place = 1; place < end; ) {
    const words = old[place]! + HEADER
    if (!dropped.has(place)) {
      moved.set(place, solver.arenaSize)
      solver.arena.set(old.subarray(place, place + words), solver.arenaSize)
      solver.arenaSize += words
    }
    place += words
  }
  const places = (list: number[]) => {
    let kept = 0
    for (const place of list) {
      const to = moved.get(place)
      if (to !== undefined) list[kept++] = to
    }
    list.length = kept
  }
  for (const list of solver.watches) places(list)
  places(solver.learned)
  for (let i = 0; i < solver.trailSize; i++) {
    const variable = solver.trail[i]! >> 1
    const reason = solver.reasons[variable]!
    if ((reason & 3) === 1) solver.reasons[variable] = byClause(moved.get(reason >> 2)!)
  }
}

function addPair(solver: Solver, a: number, b: number): void {
  solver.implied[negate(a)]!.push(b)
  solver.implied[negate(b)]!.push(a)
}

function store(solver: Solver, literals: number[], quality: number): number {
  const place = solver.arenaSize
  if (place + literals.length + HEADER > solver.arena.length) {
    const grown = new Int32Array(2 * (place + literals.length + HEADER))
    grown.set(solver.arena)
    solver.arena = grown
  }
  solver.arena[place] = literals.length
  solver.arena[place + 1] = quality
  solver.arena.set(literals, place + HEADER)
  solver.arenaSize = place + HEADER + literals.length
  solver.watches[literals[0]!]!.push(place)
  solver.watches[literals[1]!]!.push(place)
  return place
}

function levelsIn(solver: Solver, literals: number[]): number {
  const levels = new Set<number>()
  for (const literal of literals) levels.add(levelOf(solver, literal))
  return levels.size
}

const levelOf = (solver: Solver, literal: number | undefined) => solver.levels[literal! >> 1]!
