import { type Chosen, has, oneOf, pieces, value } from './chosen.ts'
import { drawDimension } from './dimensions.ts'
import { circle, front, polygon, polyline, rectangle, roundedRectangle, top } from './isometric.ts'
import { box, cylinder, filled, line, paint, type Solid } from './solids.ts'
import type { Node } from './tree.ts'

/** The wardrobe to its own measure, doors drawn aside so that the inside stays in sight. */
export function drawWardrobe(chosen: Chosen, { dimensions = false }: { dimensions?: boolean } = {}): Node[] {
  const [width, height, depth] = [value(chosen, 'width', 1800), value(chosen, 'height', 2200), value(chosen, 'depth', 580)]
  const bays = Math.max(1, value(chosen, 'bays', 3))
  const board = has(chosen, 'body_oak') ? 20 : 18
  const body = oneOf(chosen, 'body_particle', 'body_ply', 'body_oak')
  const inside = height - 2 * board - 70
  const floor = 70 + board
  const bay = (width - board) / bays
  const level = height >= 2200 ? 5 : 4
  const nodes: Node[] = [
    { kind: 'path', d: rectangle(top(0), -60, -60, width + 120, depth + 120), fill: 'surface' },
    filled(rectangle(front(depth), 0, 0, width, height), 'drawingLeft', 1),
    ...(has(chosen, 'fin_wood') ? grain(width, height, depth) : []),
    filled(
      polygon(top(floor), [
        [0, 0],
        [width, 0],
        [width, depth],
        [0, depth],
      ]),
      'drawingTop',
      0.5,
    ),
  ]
  const parts: Solid[] = []
  const cell = inside / level
  const queue = interiorOf(chosen)
  const filledTo = Array.from({ length: bays }, () => 0)
  for (const { part, cells, index } of queue) {
    const at = filledTo.reduce(
      (best, used, bayAt) => (used + cells <= level && used < (filledTo[best] as number) ? bayAt : best),
      filledTo.findIndex(used => used + cells <= level),
    )
    if (at < 0) continue
    const z = floor + (filledTo[at] as number) * cell
    filledTo[at] = (filledTo[at] as number) + cells
    parts.push(...fitting(part, index, { x: at * bay + board, z, width: bay - board, depth, cell, board }))
  }
  const strips = Math.min(bays, pieces(chosen, 'led_strip'))
  for (let at = 0; at < strips; at++)
    parts.push(
      box([at * bay + board + 20, 30, floor + inside - 24], [bay - board - 40, 24, 14], {
        part: 'led_strip',
        outline: 0.5,
        tones: { front: 'drawingAccent', top: 'drawingAccent', side: 'drawingAccent' },
      }),
    )
  for (let at = 0; at <= bays; at++)
    parts.push(box([at * bay, 0, floor], [board, depth, inside], { part: body, outline: at === 0 || at === bays ? 1.5 : 1 }))
  parts.push(
    box([0, 0, 70], [width, depth, board], { outline: 1, part: body }),
    box([30, 40, 0], [width - 60, depth - 60, 70], {
      outline: 1,
      part: has(chosen, 'plinth') ? 'plinth' : undefined,
      tones: { front: 'drawingRight' },
    }),
    box([0, 0, floor + inside], [width, depth, board], { outline: 1.5, part: body }),
    ...Array.from({ length: pieces(chosen, 'led_driver') }, (_, at) =>
      box([80 + at * 320, depth - 160, height - 0.1], [240, 90, 40], { part: 'led_driver', outline: 0.5 }),
    ),
  )
  const doors = doorsOf(chosen, { width, height, bays, bay, board })
  return [...nodes, ...paint(parts), ...doors, ...(dimensions ? measure(width, height, depth) : [])]
}

function interiorOf(chosen: Chosen): { part: string; cells: number; index: number }[] {
  const cells = { drawer: 1, safe: 1, trousers: 2, mirror: 3, rail: 2, shelf: 1 }
  return Object.entries(cells).flatMap(([part, count]) =>
    Array.from({ length: pieces(chosen, part) }, (_, index) => ({ part, cells: count, index })),
  )
}

interface Place {
  x: number
  z: number
  width: number
  depth: number
  cell: number
  board: number
}

function fitting(part: string, index: number, { x, z, width, depth, cell, board }: Place): Solid[] {
  switch (part) {
    case 'drawer':
      return [
        box([x + 4, 12, z + 6], [width - 8, depth - 40, cell - 12], {
          part,
          outline: 1,
          detail: [line(roundedRectangle(front(12), x + width / 2 - 80, z + cell * 0.62, 160, 18, 9), 1)],
        }),
      ]
    case 'safe':
      return [
        box([x + width * 0.15, 60, z + 10], [width * 0.7, depth - 120, cell * 0.75], {
          part,
          outline: 1,
          detail: [
            line(circle(front(60), [x + width * 0.62, z + cell * 0.4], 34), 1),
            line(rectangle(front(60), x + width * 0.2, z + 40, width * 0.6, cell * 0.62)),
          ],
        }),
      ]
    case 'mirror':
      return [box([x + 20, 20, z + 40], [24, depth - 120, cell * 3 - 120], { part, outline: 1, tones: { side: 'drawingGlass' } })]
    case 'trousers':
      return Array.from({ length: 6 }, (_, at) =>
        box([x + 40 + ((width - 80) * at) / 6, 60, z + cell * 1.6], [10, depth - 120, 12], { part, outline: 0.5 }),
      )
    case 'rail': {
      const clothes = Array.from({ length: 5 }, (_, at) =>
        box(
          [x + 60 + ((width - 140) * at) / 5 + (index % 2) * 12, depth * 0.22, z + cell * 0.35],
          [26, depth * 0.56, cell * 1.35 - 40],
          { part, outline: 0.5, tones: { side: 'drawingGlass', front: 'drawingGlass', top: 'drawingGlass' } },
        ),
      )
      return [...clothes, cylinder('x', [depth / 2, z + cell * 1.75], 14, x, x + width, { part, outline: 0.5 })]
    }
    default:
      return [box([x, 20, z + cell - board], [width, depth - 20, board], { part, outline: 1 })]
  }
}

function doorsOf(
  chosen: Chosen,
  { width, height, bays, bay, board }: { width: number; height: number; bays: number; bay: number; board: number },
): Node[] {
  const kind = oneOf(chosen, 'front_hinged', 'front_sliding', 'front_glass')
  if (!kind) return []
  const handle = oneOf(chosen, 'handle_bar', 'handle_recess', 'handle_push')
  if (kind === 'front_sliding') {
    const leaf = width / 2 + 20
    return [
      {
        kind: 'group',
        part: kind,
        children: [
          ...box([width - leaf, -46, 74], [leaf, 36, height - 90], {
            outline: 1.5,
            detail: [
              ...(handle
                ? [filled(roundedRectangle(front(-46), width - leaf + 40, height * 0.45, 28, 220, 14), 'drawingRight')]
                : []),
              line(rectangle(front(-46), width - leaf + 100, 160, leaf - 180, height - 300)),
            ],
          }).nodes,
        ],
      },
    ]
  }
  const glass = kind === 'front_glass'
  // the leaves of the last bay are shut, the others taken off, so that the inside shows
  const x = (bays - 1) * bay
  const leaf = bay / 2
  return [
    {
      kind: 'group',
      part: kind,
      children: [0, 1].flatMap(at => {
        const left = x + at * leaf + board / 2
        return box([left, -24, 76], [leaf - 6, 20, height - 90], {
          outline: 1.5,
          tones: glass ? { front: 'drawingGlass' } : {},
          detail: [
            ...(glass
              ? [line(rectangle(front(-24), left + 24, 100, leaf - 54, height - 138))]
              : has(chosen, 'fin_wood')
                ? [0.25, 0.5, 0.75].map(part =>
                    line(
                      polyline(front(-24), [
                        [left + leaf * part, 110],
                        [left + leaf * part, height - 60],
                      ]),
                    ),
                  )
                : []),
            ...(handle === 'handle_bar'
              ? [
                  filled(
                    roundedRectangle(front(-40), at === 0 ? left + leaf - 46 : left + 22, height * 0.45, 16, 320, 8),
                    'drawingTop',
                    1,
                  ),
                ]
              : handle === 'handle_recess'
                ? [
                    filled(
                      roundedRectangle(front(-24), at === 0 ? left + leaf - 56 : left + 24, height * 0.46, 26, 180, 13),
                      'drawingRight',
                    ),
                  ]
                : []),
          ],
        }).nodes
      }),
    },
  ]
}

function grain(width: number, height: number, depth: number): Node[] {
  return Array.from({ length: Math.floor(width / 150) }, (_, at) =>
    line(
      polyline(front(depth), [
        [(at + 0.5) * 150, 90],
        [(at + 0.5) * 150, height - 20],
      ]),
    ),
  )
}

function measure(width: number, height: number, depth: number): Node[] {
  return [
    {
      from: [0, -260, 0],
      to: [width, -260, 0],
      away: [0, -1, 0],
      feet: [
        [0, 0, 0],
        [width, 0, 0],
      ],
      text: String(width),
      plane: top(0),
    } as const,
    {
      from: [-220, 0, 0],
      to: [-220, depth, 0],
      away: [-1, 0, 0],
      feet: [
        [0, 0, 0],
        [0, depth, 0],
      ],
      text: String(depth),
      plane: top(0),
    } as const,
    {
      from: [width + 200, 0, 0],
      to: [width + 200, 0, height],
      away: [1, 0, 0],
      feet: [
        [width, 0, 0],
        [width, 0, height],
      ],
      text: String(height),
      plane: undefined,
    } as const,
  ].flatMap(dimension => drawDimension({ ...dimension, arrow: 46 }))
}
