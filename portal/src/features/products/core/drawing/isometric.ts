import type { Command, Point } from './tree.ts'

/**
 * Isometric projection at 30°. A machine stands with its front to y = 0: x runs to its right, y to its back, z up, in mm.
 * The viewer stands at the left front and sees the faces that look to -y (front), -x (side) and +z (top).
 */
export type Vec = readonly [x: number, y: number, z: number]

export const cos30 = Math.sqrt(3) / 2

export function project([x, y, z]: Vec): Point {
  return [(x - y) * cos30, -(x + y) / 2 - z]
}

/** How far along the line of sight: larger is nearer to the viewer. */
export function nearness([x, y, z]: Vec): number {
  return z - x - y
}

/** A plane to draw on: the place (p, q) is origin + p u + q v. */
export interface Plane {
  origin: Vec
  u: Vec
  v: Vec
}

/** Coordinates (x, z) on a plane that looks to the front. */
export const front = (y: number): Plane => ({ origin: [0, y, 0], u: [1, 0, 0], v: [0, 0, 1] })
/** Coordinates (y, z) on a plane that looks to the left. */
export const side = (x: number): Plane => ({ origin: [x, 0, 0], u: [0, 1, 0], v: [0, 0, 1] })
/** Coordinates (x, y) on a plane that looks up. */
export const top = (z: number): Plane => ({ origin: [0, 0, z], u: [1, 0, 0], v: [0, 1, 0] })

export function on({ origin, u, v }: Plane, [p, q]: Point): Vec {
  return [origin[0] + p * u[0] + q * v[0], origin[1] + p * u[1] + q * v[1], origin[2] + p * u[2] + q * v[2]]
}

/** Matrix that lays upright text into the plane, its baseline along u. Text on a side plane runs from back to front. */
export function slantOf({ u, v }: Plane): readonly [number, number, number, number] {
  const flip = project(u)[0] < 0 ? -1 : 1
  const [a, b] = project(u)
  const [c, d] = project(v)
  const upright = d > 0 ? 1 : -1
  return [a * flip, b * flip, c * upright, d * upright]
}

export function polygon(plane: Plane, points: readonly Point[]): Command[] {
  return [...polyline(plane, points), ['Z']]
}

export function polyline(plane: Plane, points: readonly Point[]): Command[] {
  return points.map((point, at) => [at === 0 ? 'M' : 'L', ...project(on(plane, point))] as const)
}

export function rectangle(plane: Plane, p: number, q: number, width: number, height: number): Command[] {
  return polygon(plane, [
    [p, q],
    [p + width, q],
    [p + width, q + height],
    [p, q + height],
  ])
}

/** Part of a circle around a centre, from angle a to b in radians (a to b may exceed a turn). Begins with `begin`. */
export function arc(plane: Plane, [p, q]: Point, radius: number, a: number, b: number, begin: 'M' | 'L' = 'M'): Command[] {
  const pieces = Math.max(1, Math.ceil(Math.abs(b - a) / (Math.PI / 2) - 1e-9))
  const step = (b - a) / pieces
  const k = (4 / 3) * Math.tan(step / 4) * radius
  const at = (angle: number): Point => [p + radius * Math.cos(angle), q + radius * Math.sin(angle)]
  const commands: Command[] = [[begin, ...project(on(plane, at(a)))]]
  for (let piece = 0; piece < pieces; piece++) {
    const [from, to] = [a + piece * step, a + (piece + 1) * step]
    const [x1, y1] = at(from)
    const [x2, y2] = at(to)
    commands.push([
      'C',
      ...project(on(plane, [x1 - k * Math.sin(from), y1 + k * Math.cos(from)])),
      ...project(on(plane, [x2 + k * Math.sin(to), y2 - k * Math.cos(to)])),
      ...project(on(plane, [x2, y2])),
    ])
  }
  return commands
}

export function circle(plane: Plane, centre: Point, radius: number): Command[] {
  return [...arc(plane, centre, radius, 0, 2 * Math.PI), ['Z']]
}

export function roundedRectangle(plane: Plane, p: number, q: number, width: number, height: number, radius: number): Command[] {
  const r = Math.min(radius, width / 2, height / 2)
  const turn = Math.PI / 2
  return [
    ...arc(plane, [p + r, q + r], r, 2 * turn, 3 * turn),
    ...arc(plane, [p + width - r, q + r], r, 3 * turn, 4 * turn, 'L'),
    ...arc(plane, [p + width - r, q + height - r], r, 0, turn, 'L'),
    ...arc(plane, [p + r, q + height - r], r, turn, 2 * turn, 'L'),
    ['Z'],
  ]
}
