import { type Chosen, has, oneOf, pieces, value } from '../chosen.ts'
import { drawDimension } from '../dimensions.ts'
import { front, polygon, polyline, project, rectangle, side, top, type Vec } from '../isometric.ts'
import { box, cylinder, dashed, filled, line, paint, prism, type Solid } from '../solids.ts'
import type { Box, Node } from '../tree.ts'
import { drawDoors } from './doors.ts'
import { type Frame, faceOf, frameOf } from './frame.ts'
import { drawInterior } from './interior.ts'

/** The wardrobe to its own measure: its inside, and the leaves of its last bay. */
export function drawWardrobe(chosen: Chosen, { dimensions = false }: { dimensions?: boolean } = {}): Node[] {
  const frame = frameOf(chosen)
  return [
    ...surroundings(chosen, frame, dimensions),
    part(frame.body, [
      filled(polygon(front(frame.depth), faceOf(frame, 0, frame.width, frame.rise)), backTone(chosen), 1),
      ...grain(chosen, frame),
    ]),
    ...paint([...stand(chosen, frame), ...carcass(chosen, frame), ...drawInterior(chosen, frame), ...lights(chosen, frame)]),
    ...drawDoors(chosen, frame),
    ...(dimensions ? measure(chosen, frame) : []),
  ]
}

const part = (id: string | undefined, children: Node[]): Node => ({ kind: 'group', ...(id ? { part: id } : {}), children })
const backTone = (chosen: Chosen) => (has(chosen, 'inside_white') ? 'drawingTop' : 'drawingLeft')

/** Floor, walls of a niche and the line of the ceiling, as far as they matter. */
function surroundings(chosen: Chosen, { width, height, depth }: Frame, dimensions: boolean): Node[] {
  const ceiling = value(chosen, 'room_height', 0)
  const wall = (x: number): Node => filled(rectangle(side(x), -40, 0, depth + 40, Math.max(ceiling, height + 60)), 'surface', 0.5)
  const niche = has(chosen, 'place_niche') ? (value(chosen, 'niche_width', width + 60) - width) / 2 : 0
  return [
    { kind: 'path', d: rectangle(top(0), -60, -60, width + 120, depth + 120), fill: 'surface' },
    ...(has(chosen, 'place_niche')
      ? [
          part('place_niche', [
            wall(width + niche),
            line(
              polyline(top(0), [
                [-niche, -40],
                [-niche, depth],
              ]),
              1,
            ),
          ]),
        ]
      : []),
    ...(has(chosen, 'place_corner') ? [part('place_corner', [wall(width + 30)])] : []),
    ...(dimensions && ceiling > 0
      ? [
          dashed(
            polyline(front(depth), [
              [-120, ceiling],
              [width * 0.35, ceiling],
            ]),
            [8, 3, 2, 3],
            0.5,
            'inkMuted',
          ),
        ]
      : []),
  ]
}

/** Plinth or legs. */
function stand(chosen: Chosen, { width, depth, rise }: Frame): Solid[] {
  const kind = oneOf(chosen, 'base_plinth', 'base_vent', 'base_legs')
  if (kind === 'base_legs') {
    const across = Math.max(2, Math.ceil(width / 1200) + 1)
    return Array.from({ length: across * 2 }, (_, at) => {
      const x = 60 + ((width - 120) * (at % across)) / (across - 1)
      return cylinder('z', [x, at < across ? 60 : depth - 60], 16, 0, rise, { part: kind, outline: 1 })
    })
  }
  const slots = Math.floor((width - 160) / 60)
  const grille =
    kind === 'base_vent'
      ? [0.35, 0.65].flatMap(level =>
          Array.from({ length: slots }, (_, at) =>
            line(
              polyline(front(30), [
                [100 + at * 60, rise * level],
                [140 + at * 60, rise * level],
              ]),
              1,
            ),
          ),
        )
      : []
  return [
    box([20, 30, 0], [width - 40, depth - 40, rise], {
      part: kind,
      outline: 1,
      tones: { front: 'drawingRight' },
      detail: grille,
    }),
  ]
}

function carcass(chosen: Chosen, frame: Frame): Solid[] {
  const { width, height, depth, bays, bay, board, floor, rise, body, slope, heightAt } = frame
  const flat = width - (slope?.run ?? 0)
  const solids: Solid[] = [box([0, 0, rise], [width, depth, board], { part: body, outline: 1 })]
  for (let at = 0; at <= bays; at++) {
    const x = at * bay
    const high = Math.min(heightAt(x), heightAt(x + board)) - board
    solids.push(box([x, 0, floor], [board, depth, high - floor], { part: body, outline: at === 0 || at === bays ? 1.5 : 1 }))
  }
  solids.push(box([0, 0, height - board], [flat, depth, board], { part: body, outline: 1.5 }))
  if (slope)
    solids.push(
      prism(
        'y',
        [
          [flat, height - board],
          [width, slope.low - board],
          [width, slope.low],
          [flat, height],
        ],
        0,
        depth,
        { part: 'slope', outline: 1.5 },
      ),
    )
  const room = value(chosen, 'room_height', height + 120)
  if (has(chosen, 'top_panel') && room > height)
    solids.push(box([0, 6, height], [flat, 18, room - height], { part: 'top_panel', outline: 1 }))
  const driver = oneOf(chosen, 'driver_30', 'driver_60', 'driver_150')
  if (driver && !has(chosen, 'top_panel'))
    solids.push(
      box([90, depth - 170, height], [driver === 'driver_150' ? 300 : driver === 'driver_60' ? 220 : 160, 80, 38], {
        part: driver,
        outline: 0.5,
      }),
    )
  return solids
}

/** Strips in the front edges of the partitions, from the left. */
function lights(chosen: Chosen, { bays, bay, board, floor, heightAt }: Frame): Solid[] {
  const tones = { front: 'drawingAccent', top: 'drawingAccent', side: 'drawingAccent' } as const
  return Array.from({ length: Math.min(bays + 1, pieces(chosen, 'led_vertical')) }, (_, at) => {
    const x = at * bay
    return box([x + board / 2 - 6, -4, floor + 40], [12, 4, heightAt(x) - board - floor - 80], {
      part: 'led_vertical',
      outline: 0.5,
      tones,
    })
  })
}

function grain(chosen: Chosen, { width, depth, rise, heightAt }: Frame): Node[] {
  if (!has(chosen, 'body_oak', 'body_ply', 'inside_linen')) return []
  const step = has(chosen, 'inside_linen') ? 60 : 130
  return Array.from({ length: Math.floor(width / step) }, (_, at) => {
    const x = (at + 0.5) * step
    return {
      ...line(
        polyline(front(depth), [
          [x, rise + 20],
          [x, heightAt(x) - 20],
        ]),
      ),
      opacity: 0.5,
    }
  })
}

function measure(chosen: Chosen, { width, height, depth, slope, bay, board, bays }: Frame): Node[] {
  const lines: { from: Vec; to: Vec; away: Vec; feet: readonly [Vec, Vec]; text: string; plane?: ReturnType<typeof top> }[] = [
    {
      from: [0, -330, 0],
      to: [width, -330, 0],
      away: [0, -1, 0],
      feet: [
        [0, 0, 0],
        [width, 0, 0],
      ],
      text: String(width),
      plane: top(0),
    },
    {
      from: [-190, 0, 0],
      to: [-190, depth, 0],
      away: [-1, 0, 0],
      feet: [
        [0, 0, 0],
        [0, depth, 0],
      ],
      text: String(depth),
      plane: top(0),
    },
    {
      from: [-190, depth, 0],
      to: [-190, depth, height],
      away: [-1, 0, 0],
      feet: [
        [0, depth, 0],
        [0, depth, height],
      ],
      text: String(height),
    },
  ]
  if (slope)
    lines.push({
      from: [width + 170, 0, 0],
      to: [width + 170, 0, slope.low],
      away: [1, 0, 0],
      feet: [
        [width, 0, 0],
        [width, 0, slope.low],
      ],
      text: String(slope.low),
    })
  if (bays > 1)
    lines.push({
      from: [board / 2, -170, 0],
      to: [board / 2 + bay, -170, 0],
      away: [0, -1, 0],
      feet: [
        [board / 2, 0, 0],
        [board / 2 + bay, 0, 0],
      ],
      text: String(Math.round(bay)),
      plane: top(0),
    })
  const ceiling = value(chosen, 'room_height', 0)
  return [
    ...lines.flatMap(each => drawDimension({ ...each, arrow: 40 })),
    ...(ceiling > 0
      ? [
          {
            kind: 'text',
            at: project([-120, depth, ceiling]),
            text: String(ceiling),
            size: 12,
            tone: 'inkMuted',
            anchor: 'middle',
            shift: [0, -5],
          } satisfies Node,
        ]
      : []),
  ]
}

/** What a wardrobe of this class of width can cover on paper: within a class nothing jumps. */
export function stageOfWardrobe(chosen: Chosen): Box {
  const width = [2000, 3200].find(most => value(chosen, 'width', 1800) <= most) ?? 4800
  return { x: -960, y: -(width + 700) / 2 - 2860, width: 1230 + width * 0.866, height: (width + 700) / 2 + 3110 }
}
