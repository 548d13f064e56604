import { cos30, type Plane, project, slantOf, type Vec } from './isometric.ts'
import type { Node, Point } from './tree.ts'

/** A dimension line as in ISO 129-1: extension lines, a line with closed arrow heads, the number above it. mm. */
export interface Dimension {
  from: Vec
  to: Vec
  /** the side to which the extension lines pass the dimension line */
  away: Vec
  /** the measured points, where they are not on the dimension line's own height */
  feet: readonly [Vec, Vec]
  /** leads from the measured point to the second foot, along the axes */
  over?: readonly Vec[]
  text: string
  /** length of the arrow heads */
  arrow?: number
  /** the plane the number lies in; absent: upright beside a vertical line */
  plane?: Plane
}

export function drawDimension({ from, to, away, feet, over, text, plane, arrow: size = 78 }: Dimension): Node[] {
  const arrow = { length: size, half: size / 6 }
  const [a, b] = [project(from), project(to)]
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = Math.hypot(dx, dy)
  const [ux, uy] = [dx / length, dy / length]
  const head = ([x, y]: Point, sign: 1 | -1): Node => ({
    kind: 'path',
    d: [
      ['M', x, y],
      ['L', x + sign * ux * arrow.length - uy * arrow.half, y + sign * uy * arrow.length + ux * arrow.half],
      ['L', x + sign * ux * arrow.length + uy * arrow.half, y + sign * uy * arrow.length - ux * arrow.half],
      ['Z'],
    ],
    fill: 'inkMuted',
  })
  const past = (v: Vec, by: number): Vec => [v[0] + away[0] * by, v[1] + away[1] * by, v[2] + away[2] * by]
  const extension = (foot: Vec, end: Vec): Node => ({
    kind: 'path',
    d: [
      ['M', ...project(past(foot, size * 0.75))],
      ['L', ...project(past(end, size * 0.75))],
    ],
    stroke: 'inkMuted',
    weight: 0.5,
  })
  const middle: Vec = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2]
  const slanted = plane === undefined
  return [
    extension(feet[0], from),
    extension(feet[1], to),
    ...(over
      ? [
          {
            kind: 'path',
            d: over.map((point, at) => [at === 0 ? 'M' : 'L', ...project(point)] as const),
            stroke: 'inkMuted',
            weight: 0.5,
            dash: [6, 3],
          } satisfies Node,
        ]
      : []),
    {
      kind: 'path',
      d: [
        ['M', ...a],
        ['L', ...b],
      ],
      stroke: 'inkMuted',
      weight: 0.5,
    },
    head(a, 1),
    head(b, -1),
    {
      kind: 'text',
      at: project(middle),
      text,
      size: 14,
      tone: 'ink',
      anchor: 'middle',
      shift: [0, -6],
      slant: slanted ? ([0, -1, cos30, 0.5] as const) : slantOf(along(plane, from, to)),
    },
  ]
}

/** The plane turned so that its u runs along the line. */
function along(plane: Plane, from: Vec, to: Vec): Plane {
  const runsInY = Math.abs(to[1] - from[1]) > Math.abs(to[0] - from[0])
  return runsInY ? { origin: plane.origin, u: plane.v, v: plane.u } : plane
}

/** The axes X, Y, Z at a corner, lengths in mm. */
export function drawTriad(at: Vec, length: number): Node[] {
  const axes: [string, Vec][] = [
    ['X', [length, 0, 0]],
    ['Y', [0, length, 0]],
    ['Z', [0, 0, length]],
  ]
  return axes.flatMap(([name, [x, y, z]]): Node[] => {
    const end = project([at[0] + x, at[1] + y, at[2] + z])
    const tip = project([at[0] + x * 1.22, at[1] + y * 1.22, at[2] + z * 1.12])
    return [
      {
        kind: 'path',
        d: [
          ['M', ...project(at)],
          ['L', ...end],
        ],
        stroke: 'inkMuted',
        weight: 1,
      },
      { kind: 'text', at: tip, text: name, size: 11, tone: 'inkMuted', anchor: 'middle', shift: [0, 4] },
    ]
  })
}
