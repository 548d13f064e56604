import { arc, circle, cos30, front, nearness, type Plane, polygon, project, side, top, type Vec } from './isometric.ts'
import type { Command, Node, Point, Tone } from './tree.ts'

/** A body with the box it fills and its picture: what later lies nearer covers it. */
export interface Solid {
  part?: string
  /** a mark, not a body: it throws no shade */
  flat?: true
  min: Vec
  max: Vec
  nodes: Node[]
}

export interface Look {
  part?: string
  /** weight of the outline; inner edges take the next lighter one. Default 1 */
  outline?: 1.5 | 1 | 0.5
  tones?: Partial<Tones>
  /** drawn on the finished body */
  detail?: Node[]
}

interface Tones {
  top: Tone
  front: Tone
  side: Tone
}

const plain: Tones = { top: 'drawingTop', front: 'drawingLeft', side: 'drawingRight' }

export function line(d: Command[], weight = 0.5, stroke: Tone = 'drawingLine'): Node {
  return { kind: 'path', d, stroke, weight }
}

/** px of stroke and gap, in turn */
export function dashed(d: Command[], dash: readonly number[], weight = 0.5, stroke: Tone = 'drawingLine'): Node {
  return { kind: 'path', d, stroke, weight, dash }
}

export function filled(d: Command[], fill: Tone, weight = 0.5, stroke: Tone = 'drawingLine'): Node {
  return { kind: 'path', d, fill, stroke, weight }
}

export function box(at: Vec, [width, depth, height]: Vec, look: Look = {}): Solid {
  const [x, y, z] = at
  return prism('z', rectanglePoints(x, y, width, depth), z, z + height, look)
}

/** A flat profile pushed along an axis: (y, z) along x, (x, z) along y, (x, y) along z. */
export function prism(axis: 'x' | 'y' | 'z', profile: readonly Point[], from: number, to: number, look: Look = {}): Solid {
  const plane = { x: side, y: front, z: top }[axis]
  const [near, far] = axis === 'z' ? [plane(to), plane(from)] : [plane(from), plane(to)]
  const tones = { ...plain, ...look.tones }
  const outline = look.outline ?? 1
  const inner = outline === 1.5 ? 1 : 0.5
  const points = area(profile) < 0 ? [...profile].reverse() : [...profile]
  const count = points.length
  const at = (index: number): Point => points[((index % count) + count) % count] as Point

  const sides = points.map((point, index) => {
    const next = at(index + 1)
    const normal = lift(axis, [next[1] - point[1], point[0] - next[0]])
    return {
      index,
      point,
      next,
      normal,
      seen: nearness(normal) > 1e-9,
      depth: nearness(middle(axis, point, next, (from + to) / 2)),
    }
  })
  const seen = (index: number) => sides[((index % count) + count) % count]?.seen === true
  const smooth = (index: number) => angleBetween(sides[(index - 1 + count) % count]?.normal, sides[index % count]?.normal) < 0.45
  const edge = (a: Vec, b: Vec, weight: number): Node =>
    line(
      [
        ['M', ...project(a)],
        ['L', ...project(b)],
      ],
      weight,
    )
  const point3 = (which: Plane, p: Point) => middlePoint(which, p)

  const nodes: Node[] = []
  for (const face of sides.filter(each => each.seen).sort((a, b) => a.depth - b.depth)) {
    const [a, b, c, d] = [
      point3(near, face.point),
      point3(near, face.next),
      point3(far, face.next),
      point3(far, face.point),
    ] as const
    const fill = tones[facing(face.normal)]
    nodes.push({
      kind: 'path',
      d: [['M', ...project(a)], ['L', ...project(b)], ['L', ...project(c)], ['L', ...project(d)], ['Z']],
      fill,
      stroke: fill,
      weight: 0.5,
    })
    nodes.push(edge(d, c, outline))
    for (const [index, p, q] of [
      [face.index, a, d],
      [face.index + 1, b, c],
    ] as const) {
      const both = seen(index) && seen(index - 1)
      if (!both) nodes.push(edge(p, q, outline))
      else if (!smooth(index)) nodes.push(edge(p, q, inner))
    }
  }
  const cap = axis === 'z' ? tones.top : axis === 'y' ? tones.front : tones.side
  nodes.push({ kind: 'path', d: polygon(near, points), fill: cap })
  for (const face of [...sides.filter(each => each.seen), ...sides.filter(each => !each.seen)])
    nodes.push(edge(point3(near, face.point), point3(near, face.next), face.seen ? inner : outline))

  const [min, max] = extent(axis, points, from, to)
  return { part: look.part, min, max, nodes: [...nodes, ...(look.detail ?? [])] }
}

/** A round bar along an axis; (p, q) is its centre in the plane across the axis, as in `prism`. */
export function cylinder(axis: 'x' | 'y' | 'z', [p, q]: Point, radius: number, from: number, to: number, look: Look = {}): Solid {
  const plane = { x: side, y: front, z: top }[axis]
  const [near, far] = axis === 'z' ? [plane(to), plane(from)] : [plane(from), plane(to)]
  const tones = { ...plain, ...look.tones }
  const outline = look.outline ?? 1
  // the outline touches where the surface normal is square to the line of sight
  const [du, dv] = [nearness(near.u), nearness(near.v)]
  const a = Math.atan2(dv, du) - Math.PI / 2
  const b = a + Math.PI
  const body: Command[] = [...arc(far, [p, q], radius, a, b), ...arc(near, [p, q], radius, b, a, 'L'), ['Z']]
  const bodyTone = axis === 'z' ? tones.front : axis === 'y' ? tones.side : tones.front
  const cap = axis === 'z' ? tones.top : axis === 'y' ? tones.front : tones.side
  const r: Point[] = [
    [p - radius, q - radius],
    [p + radius, q + radius],
  ]
  const [min, max] = extent(axis, r, from, to)
  const nodes: Node[] = [
    filled(body, bodyTone, outline),
    filled(circle(near, [p, q], radius), cap, outline === 1.5 ? 1 : outline),
  ]
  return { part: look.part, min, max, nodes: [...nodes, ...(look.detail ?? [])] }
}

/** A cone or taper standing on the axis z between two radii. */
export function taper(
  [x, y]: Point,
  from: { z: number; radius: number },
  to: { z: number; radius: number },
  look: Look = {},
): Solid {
  const tones = { ...plain, ...look.tones }
  const ring = ({ z, radius }: { z: number; radius: number }) =>
    Array.from({ length: 24 }, (_, at) =>
      project([x + radius * Math.cos((at * Math.PI) / 12), y + radius * Math.sin((at * Math.PI) / 12), z]),
    )
  const widest = Math.max(from.radius, to.radius)
  const outline = look.outline ?? 1
  return {
    part: look.part,
    min: [x - widest, y - widest, from.z],
    max: [x + widest, y + widest, to.z],
    nodes: [
      filled(
        hull([...ring(from), ...ring(to)])
          .map((point, at) => [at === 0 ? 'M' : 'L', ...point] as Command)
          .concat([['Z']]),
        tones.front,
        outline,
      ),
      filled(circle(top(to.z), [x, y], to.radius), tones.top, outline),
      ...(look.detail ?? []),
    ],
  }
}

/** Bodies in the order in which they must be painted, each as a group that names its part. */
export function paint(solids: readonly Solid[]): Node[] {
  const done = new Set<Solid>()
  const ordered: Solid[] = []
  const spans = new Map(solids.map(solid => [solid, spanOf(solid)]))
  const covers = (one: Solid, other: Solid) => mayCover(one, other) && meet(spans.get(one)!, spans.get(other)!)
  const visit = (solid: Solid, trail: Set<Solid>) => {
    if (done.has(solid) || trail.has(solid)) return
    trail.add(solid)
    for (const other of solids) if (other !== solid && covers(solid, other) && !covers(other, solid)) visit(other, trail)
    trail.delete(solid)
    if (!done.has(solid)) {
      done.add(solid)
      ordered.push(solid)
    }
  }
  for (const solid of solids) visit(solid, new Set())
  return ordered.map(solid => ({
    kind: 'group',
    ...(solid.part === undefined ? {} : { part: solid.part }),
    children: solid.nodes,
  }))
}

/** Several bodies that are one thing: painted among themselves, then as one. */
export function together(solids: readonly Solid[], part?: string, detail: Node[] = []): Solid {
  const reach = (pick: (...values: number[]) => number, of: 'min' | 'max') =>
    [0, 1, 2].map(axis => pick(...solids.map(solid => solid[of][axis] as number))) as unknown as Vec
  return { part, min: reach(Math.min, 'min'), max: reach(Math.max, 'max'), nodes: [...paint(solids), ...detail] }
}

/** Whether some of `one` can lie between the viewer and `other`, if they meet on paper. */
function mayCover(one: Solid, other: Solid): boolean {
  const slack = 0.01
  return one.min[0] < other.max[0] - slack && one.min[1] < other.max[1] - slack && one.max[2] > other.min[2] + slack
}

/** The rectangle on paper that a body lies in. */
interface Span {
  left: number
  right: number
  top: number
  bottom: number
}

const spanOf = ({ min, max }: Solid): Span => ({
  left: (min[0] - max[1]) * cos30,
  right: (max[0] - min[1]) * cos30,
  top: -(max[0] + max[1]) / 2 - max[2],
  bottom: -(min[0] + min[1]) / 2 - min[2],
})

const meet = (one: Span, other: Span): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom

export function rectanglePoints(p: number, q: number, width: number, height: number): Point[] {
  return [
    [p, q],
    [p + width, q],
    [p + width, q + height],
    [p, q + height],
  ]
}

/** Points of a stadium or rounded rectangle, for smooth prisms. */
export function roundedPoints(p: number, q: number, width: number, height: number, radius: number, perCorner = 6): Point[] {
  const r = Math.min(radius, width / 2, height / 2)
  const corners: [number, number, number][] = [
    [p + r, q + r, Math.PI],
    [p + width - r, q + r, 1.5 * Math.PI],
    [p + width - r, q + height - r, 0],
    [p + r, q + height - r, 0.5 * Math.PI],
  ]
  return corners.flatMap(([x, y, start]) =>
    Array.from({ length: perCorner + 1 }, (_, at): Point => {
      const angle = start + ((at / perCorner) * Math.PI) / 2
      return [x + r * Math.cos(angle), y + r * Math.sin(angle)]
    }),
  )
}

function facing([x, y, z]: Vec): keyof Tones {
  if (z > 0 && z >= Math.abs(x) && z >= Math.abs(y)) return 'top'
  return -y >= -x ? 'front' : 'side'
}

function lift(axis: 'x' | 'y' | 'z', [p, q]: Point): Vec {
  const length = Math.hypot(p, q) || 1
  const [a, b] = [p / length, q / length]
  return axis === 'x' ? [0, a, b] : axis === 'y' ? [a, 0, b] : [a, b, 0]
}

function middle(axis: 'x' | 'y' | 'z', [p1, q1]: Point, [p2, q2]: Point, along: number): Vec {
  const [p, q] = [(p1 + p2) / 2, (q1 + q2) / 2]
  return axis === 'x' ? [along, p, q] : axis === 'y' ? [p, along, q] : [p, q, along]
}

function middlePoint({ origin, u, v }: Plane, [p, q]: Point): Vec {
  return [origin[0] + p * u[0] + q * v[0], origin[1] + p * u[1] + q * v[1], origin[2] + p * u[2] + q * v[2]]
}

function extent(axis: 'x' | 'y' | 'z', points: readonly Point[], from: number, to: number): [Vec, Vec] {
  const [p, q] = [points.map(point => point[0]), points.map(point => point[1])]
  const [p0, p1, q0, q1] = [Math.min(...p), Math.max(...p), Math.min(...q), Math.max(...q)]
  if (axis === 'x')
    return [
      [from, p0, q0],
      [to, p1, q1],
    ]
  if (axis === 'y')
    return [
      [p0, from, q0],
      [p1, to, q1],
    ]
  return [
    [p0, q0, from],
    [p1, q1, to],
  ]
}

function area(points: readonly Point[]): number {
  return points.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = points[(at + 1) % points.length] as Point
    return sum + (x * nextY - nextX * y) / 2
  }, 0)
}

function angleBetween(one: Vec | undefined, other: Vec | undefined): number {
  if (!one || !other) return Math.PI
  return Math.acos(Math.min(1, Math.max(-1, one[0] * other[0] + one[1] * other[1] + one[2] * other[2])))
}

/** Convex hull by Andrew's monotone chain. */
function hull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (list: readonly Point[]) => {
    const chain: Point[] = []
    for (const point of list) {
      while (chain.length > 1) {
        const [a, b] = [chain.at(-2) as Point, chain.at(-1) as Point]
        if ((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 0) break
        chain.pop()
      }
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half([...sorted].reverse())]
}
