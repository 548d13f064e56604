import { type Chosen, has, oneOf, pieces, value } from '../chosen.ts'
import { circle, front, polyline, rectangle, roundedRectangle, side } from '../isometric.ts'
import { box, cylinder, line, prism, type Solid } from '../solids.ts'
import type { Point } from '../tree.ts'
import type { Frame } from './frame.ts'

const kinds = ['bay_long', 'bay_double', 'bay_drawer', 'bay_trouser', 'bay_shelf'] as const
const glass = { side: 'drawingGlass', front: 'drawingGlass', top: 'drawingGlass' } as const
const light = { front: 'drawingAccent', top: 'drawingAccent', side: 'drawingAccent' } as const

/** The room inside one bay, mm. */
interface Bay {
  x: number
  width: number
  depth: number
  floor: number
  ceiling: number
  board: number
}

/** What stands in the bays, from left to right: hanging first, shelves (which may stand under a slope) last. */
export function drawInterior(chosen: Chosen, frame: Frame): Solid[] {
  const order = kinds.flatMap(kind => Array.from({ length: pieces(chosen, kind) }, () => kind)).slice(0, frame.bays)
  const first = (kind: string) => order.indexOf(kind as (typeof kinds)[number])
  return order.flatMap((kind, at) => {
    const x = at * frame.bay + frame.board
    const width = frame.bay - frame.board
    const bay: Bay = {
      x,
      width,
      depth: frame.depth,
      floor: frame.floor,
      ceiling: Math.min(frame.heightAt(x), frame.heightAt(x + width)) - frame.board,
      board: frame.board,
    }
    const extra = first(kind) === at
    return [...contents(kind, chosen, bay), ...(extra ? extras(kind, chosen, bay) : [])]
  })
}

function contents(kind: (typeof kinds)[number], chosen: Chosen, bay: Bay): Solid[] {
  const { floor, ceiling } = bay
  switch (kind) {
    case 'bay_long': {
      const tiers = value(chosen, 'shoe_tiers')
      return [
        shelf(bay, ceiling - 340, kind),
        ...hanging(chosen, bay, ceiling - 400, 1240, kind),
        ...Array.from({ length: tiers }, (_, at) => shoeTier(bay, floor + 20 + at * 180)),
      ]
    }
    case 'bay_double': {
      const half = (ceiling - floor) / 2
      return [
        ...hanging(chosen, bay, ceiling - 60, half - 170, kind),
        ...hanging(chosen, bay, floor + half - 60, half - 190, kind),
      ]
    }
    case 'bay_drawer': {
      const high = has(chosen, 'drawer_280') ? 280 : 200
      const count = value(chosen, 'drawers', 3)
      return [
        ...Array.from({ length: count }, (_, at) =>
          within(kind, drawer(bay, floor + at * high, high, oneOf(chosen, 'drawer_200', 'drawer_280'))),
        ),
        shelf(bay, floor + count * high, kind),
        ...hanging(chosen, bay, ceiling - 60, Math.min(880, ceiling - 160 - floor - count * high), kind),
      ]
    }
    case 'bay_trouser': {
      const count = value(chosen, 'baskets', 2)
      const under = floor + count * 230
      return [
        ...Array.from({ length: count }, (_, at) => basket(bay, floor + at * 230)),
        ...trousers(bay, Math.min(under + 700, ceiling - 320)),
        shelf(bay, Math.min(under + 730, ceiling - 290), kind),
      ]
    }
    case 'bay_shelf': {
      const count = value(chosen, 'shelves', 5)
      const kindOfBoard = oneOf(chosen, 'shelf_18', 'shelf_25', 'shelf_glass')
      return Array.from({ length: count }, (_, at) => {
        const z = floor + ((ceiling - floor) * (at + 1)) / (count + 1)
        return [
          within(
            kind,
            box([bay.x, 24, z], [bay.width, bay.depth - 40, has(chosen, 'shelf_25') ? 25 : has(chosen, 'shelf_glass') ? 8 : 18], {
              part: kindOfBoard,
              outline: 1,
              ...(has(chosen, 'shelf_glass') ? { tones: glass } : {}),
            }),
          ),
          ...(at < pieces(chosen, 'led_shelf')
            ? [box([bay.x + 20, 30, z - 9], [bay.width - 40, 16, 8], { part: 'led_shelf', outline: 0.5, tones: light })]
            : []),
        ]
      }).flat()
    }
  }
}

/** A part of a part: lit with either. */
function within(outer: string, { part, nodes, ...solid }: Solid): Solid {
  return { ...solid, part: outer, nodes: part === undefined ? nodes : [{ kind: 'group', part, children: nodes }] }
}

function shelf({ x, width, depth, board }: Bay, z: number, part: string): Solid {
  return box([x, 24, z], [width, depth - 40, board], { part, outline: 1 })
}

/** A rail with clothes on hangers, their shoulders towards both sides. */
function hanging(chosen: Chosen, bay: Bay, z: number, length: number, part: string): Solid[] {
  const rail = oneOf(chosen, 'rail_oval', 'rail_38', 'rail_led', 'rail_pull')
  const middle = bay.depth / 2
  const reach = Math.min(215, middle - 30)
  const count = Math.max(3, Math.min(7, Math.floor(bay.width / 105)))
  const clothes = Array.from({ length: count }, (_, at) => {
    const fall = length - ((at * 37) % 5) * 26
    const profile: Point[] = [
      [middle - reach, z - 40 - fall],
      [middle + reach, z - 40 - fall],
      [middle + reach, z - 110],
      [middle + 26, z - 44],
      [middle - 26, z - 44],
      [middle - reach, z - 110],
    ]
    const x = bay.x + 40 + ((bay.width - 110) * at) / Math.max(1, count - 1)
    return prism('x', profile, x, x + 30, { part, outline: 0.5, tones: glass })
  })
  if (rail === 'rail_pull')
    return [
      ...Array.from({ length: 3 }, (_, at) => {
        const [left, right] = [bay.x + bay.width / 2 - 190, bay.x + bay.width / 2 + 190]
        const profile: Point[] = [
          [left, z - 40 - length],
          [right, z - 40 - length],
          [right, z - 110],
          [(left + right) / 2 + 24, z - 44],
          [(left + right) / 2 - 24, z - 44],
          [left, z - 110],
        ]
        const y = 70 + at * ((bay.depth - 160) / 3)
        return prism('y', profile, y, y + 26, { part, outline: 0.5, tones: glass })
      }),
      cylinder('y', [bay.x + bay.width / 2, z - 10], 12, 30, bay.depth - 40, { part: 'rail_pull', outline: 1 }),
    ]
  return [
    ...clothes,
    cylinder('x', [middle, z - 14], rail === 'rail_38' ? 19 : 13, bay.x, bay.x + bay.width, {
      part: rail,
      outline: 1,
      ...(rail === 'rail_led' ? { tones: light } : {}),
    }),
  ]
}

function drawer({ x, width, depth }: Bay, z: number, high: number, part: string | undefined): Solid {
  return box([x + 3, 14, z + 3], [width - 6, depth - 40, high - 6], {
    part,
    outline: 1,
    detail: [line(roundedRectangle(front(14), x + width / 2 - 70, z + high - 48, 140, 16, 8), 1)],
  })
}

function basket({ x, width, depth }: Bay, z: number): Solid {
  const wires = Array.from({ length: Math.floor(width / 45) }, (_, at) =>
    line(
      polyline(front(20), [
        [x + 30 + at * 45, z + 20],
        [x + 30 + at * 45, z + 168],
      ]),
    ),
  )
  return box([x + 10, 20, z + 20], [width - 20, depth - 60, 150], {
    part: 'bay_trouser',
    outline: 1,
    tones: glass,
    detail: [
      ...wires,
      ...[0.33, 0.66].map(p =>
        line(
          polyline(front(20), [
            [x + 10, z + 20 + 150 * p],
            [x + width - 10, z + 20 + 150 * p],
          ]),
        ),
      ),
    ],
  })
}

function trousers({ x, width, depth }: Bay, z: number): Solid[] {
  const count = Math.max(5, Math.floor(width / 85))
  const pairs = Array.from({ length: count }, (_, at) =>
    box([x + 30 + ((width - 80) * at) / (count - 1), 60, z - 520], [20, depth - 150, 500], {
      part: 'bay_trouser',
      outline: 0.5,
      tones: glass,
    }),
  )
  return [...pairs, box([x + 8, 24, z - 16], [width - 16, 22, 26], { part: 'bay_trouser', outline: 1 })]
}

function shoeTier({ x, width, depth }: Bay, z: number): Solid {
  const profile: Point[] = [
    [30, z],
    [depth - 60, z + 90],
    [depth - 60, z + 104],
    [30, z + 14],
  ]
  return prism('x', profile, x, x + width, { part: 'bay_long', outline: 1 })
}

/** Extras stand once, in the first bay that takes them. */
function extras(kind: string, chosen: Chosen, { x, width, depth, floor, ceiling }: Bay): Solid[] {
  const solids: Solid[] = []
  if (kind === 'bay_double' && has(chosen, 'lift'))
    solids.push(
      cylinder('z', [x + width / 2, 90], 9, ceiling - 620, ceiling - 90, { part: 'lift', outline: 1 }),
      cylinder('x', [90, ceiling - 620], 14, x + width / 2 - 60, x + width / 2 + 60, { part: 'lift', outline: 1 }),
    )
  if (kind === 'bay_long' && has(chosen, 'mirror')) solids.push(mirror(x, width, depth, floor))
  if (kind === 'bay_shelf' && has(chosen, 'mirror') && !has(chosen, 'bay_long')) solids.push(mirror(x, width, depth, floor))
  if ((kind === 'bay_drawer' || (kind === 'bay_shelf' && !has(chosen, 'bay_drawer'))) && has(chosen, 'safe')) {
    const z = kind === 'bay_drawer' ? floor + value(chosen, 'drawers', 3) * (has(chosen, 'drawer_280') ? 280 : 200) + 18 : floor
    solids.push(
      box([x + width / 2 - 180, 60, z], [360, depth - 160, 220], {
        part: 'safe',
        outline: 1,
        tones: { front: 'drawingRight' },
        detail: [
          line(circle(front(60), [x + width / 2 + 90, z + 110], 32), 1),
          line(rectangle(front(60), x + width / 2 - 160, z + 22, 320, 176)),
        ],
      }),
    )
  }
  if (kind === 'bay_trouser' && has(chosen, 'ironing'))
    solids.push(
      box([x + width / 2 - 150, -360, floor + value(chosen, 'baskets', 2) * 230 + 10], [300, 420, 26], {
        part: 'ironing',
        outline: 1,
      }),
    )
  if (kind === 'bay_drawer' && has(chosen, 'tray'))
    solids.push(
      box([x + 30, -150, floor + (value(chosen, 'drawers', 3) - 1) * 200 + 110], [width - 60, 164, 40], {
        part: 'tray',
        outline: 1,
        tones: glass,
      }),
    )
  return solids
}

function mirror(x: number, width: number, depth: number, floor: number): Solid {
  return box([x + width - 46, 16, floor + 300], [22, depth - 150, 1200], {
    part: 'mirror',
    outline: 1,
    tones: { side: 'drawingGlass' },
    detail: [
      line(
        polyline(side(x + width - 46), [
          [80, floor + 420],
          [depth - 240, floor + 900],
        ]),
      ),
    ],
  })
}
