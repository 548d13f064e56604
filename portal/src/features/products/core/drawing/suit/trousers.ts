import { type Chosen, has, oneOf, value } from '../chosen.ts'
import { filled, line } from '../solids.ts'
import type { Command, Node, Point } from '../tree.ts'
import { button, cut, filledOnly, mirrored, open, part, poly } from './flat.ts'

const band = 38

/** The front of the trousers from the top of the waistband, in mm. */
export function drawTrousers(chosen: Chosen): {
  node: Node
  length: number
  rise: number
  half: number
  hem: readonly [number, number]
} {
  const cm = (group: string, usual: number) => value(chosen, group, usual) * 10
  const height = cm('height', 175)
  const riseKind = oneOf(chosen, 'rise_low', 'rise_mid', 'rise_high')
  const rise = height * (riseKind === 'rise_low' ? 0.128 : riseKind === 'rise_high' ? 0.17 : 0.148)
  const waist = Math.max(cm('waist', 86) * 0.236, 140)
  const seat = Math.max(
    (cm('hip', 100) + (has(chosen, 'pleat_two') ? 90 : has(chosen, 'pleat_one') ? 60 : 40)) * 0.236,
    waist + 6,
  )
  const length = rise + cm('inseam', 80)
  const hem = cm('hem_width', 20)
  const knee = hem + (cm('thigh', 60) / 2 + 30 - hem) * 0.25
  const axis = seat * 0.52
  const kneeAt = rise + (length - rise) * 0.5
  const leg: Command[] = [
    ['M', 0, 0],
    ['L', waist, 0],
    ['C', waist + 14, rise * 0.4, seat, rise * 0.62, seat, rise * 0.86],
    ['C', seat, rise + 120, axis + knee / 2 + 4, kneeAt - 120, axis + knee / 2, kneeAt],
    ['L', axis + hem / 2, length],
    ['L', axis - hem / 2, length],
    ['L', axis - knee / 2, kneeAt],
    ['C', axis - knee / 2 - 2, kneeAt - 160, 10, rise + 70, 0, rise + 6],
    ['Z'],
  ]
  const pleat = oneOf(chosen, 'pleat_none', 'pleat_one', 'pleat_two')
  const both = (draw: (flip: (d: Command[]) => Command[]) => Node[]) => [(d: Command[]) => d, mirrored].flatMap(draw)
  const nodes: Node[] = [
    ...both(flip => cut(flip(leg), chosen, { weight: 1.5 })),
    ...(has(chosen, 'facing_satin')
      ? [
          part(
            'facing_satin',
            both(flip => [filled(flip(braid(leg)), 'drawingGlass')]),
          ),
        ]
      : []),
    line(
      [
        ['M', 0, band],
        ['L', 0, rise + 6],
      ],
      1,
    ),
    line([
      ['M', 42, band],
      ['L', 42, rise * 0.55],
      ['C', 42, rise * 0.74, 26, rise * 0.8, 0, rise * 0.82],
    ]),
    part(
      pleat,
      both(flip => [
        line(flip(open([waist - 34, band], [waist + 4, rise * 0.62])), 1),
        line(flip(open([waist - 46, band], [waist - 8, rise * 0.62]))),
        line(
          flip(open([axis, pleat === 'pleat_none' ? rise * 0.7 : band], [axis, length - 4])),
          pleat === 'pleat_none' ? 0.5 : 1,
        ),
        ...folds(pleat, axis, waist).map(d => line(flip(d), 1)),
      ]),
    ),
    waistband(chosen, waist),
    turnUps(chosen, axis, hem, length),
  ]
  return {
    node: part(riseKind, nodes),
    length,
    rise,
    half: Math.max(seat, axis + hem / 2),
    hem: [axis - hem / 2, axis + hem / 2],
  }
}

/** A strip of 14 mm along the outer seam, from the waist to the hem. */
function braid(leg: readonly Command[]): Command[] {
  const outer = leg.slice(1, 5)
  const ends = outer.map(command => command.slice(-2) as unknown as Point)
  const back = outer.slice(1).map((command, at): Command => {
    const [x, y] = ends[at] as Point
    return command[0] === 'C' ? ['C', command[3] - 14, command[4], command[1] - 14, command[2], x - 14, y] : ['L', x - 14, y]
  })
  const [hemX, hemY] = ends.at(-1) as Point
  return [['M', ...(ends[0] as Point)], ...outer.slice(1), ['L', hemX - 14, hemY], ...back.toReversed(), ['Z']]
}

function folds(pleat: string | undefined, axis: number, waist: number): Command[][] {
  const count = pleat === 'pleat_two' ? 2 : pleat === 'pleat_one' ? 1 : 0
  return Array.from({ length: count }, (_, at): Command[] => {
    const x = axis + at * Math.min(34, (waist - axis) * 0.4)
    return open([x + 9, band], [x, band + 92 - at * 30])
  })
}

function waistband(chosen: Chosen, waist: number): Node {
  const kind = oneOf(chosen, 'wb_loops', 'wb_side', 'wb_brace')
  const belt = cut(poly([-waist - 1, 0], [waist + 1, 0], [waist + 3, band], [-waist - 3, band]), chosen)
  const tab = line(open([-46, 6], [-46, band - 6]))
  const sides = [-1, 1].flatMap((side): Node[] => {
    if (kind === 'wb_loops')
      return [0.34, 0.78].map(x =>
        filled(
          poly(
            [side * waist * x - 5, -5],
            [side * waist * x + 5, -5],
            [side * waist * x + 5, band + 6],
            [side * waist * x - 5, band + 6],
          ),
          'drawingTop',
          1,
        ),
      )
    if (kind === 'wb_side')
      return [
        filled(
          poly(
            [side * (waist - 66), 12],
            [side * (waist + 2), 9],
            [side * (waist + 2), band - 9],
            [side * (waist - 66), band - 12],
          ),
          'drawingTop',
          1,
        ),
        line(
          poly(
            [side * (waist - 54), 7],
            [side * (waist - 38), 7],
            [side * (waist - 38), band - 7],
            [side * (waist - 54), band - 7],
          ),
          1,
        ),
      ]
    return [0.46, 0.66].flatMap(x => button([side * waist * x, band / 2], 8))
  })
  const fishtail =
    kind === 'wb_brace'
      ? [
          filledOnly(poly([-90, 0], [-70, -46], [-6, -14], [6, -14], [70, -46], [90, 0]), 'drawingGlass'),
          line(open([-90, 0], [-70, -46], [0, -12], [70, -46], [90, 0]), 1),
        ]
      : []
  return part(kind, fishtail, belt, tab, sides)
}

function turnUps(chosen: Chosen, axis: number, hem: number, length: number): Node {
  const kind = oneOf(chosen, 'hem_plain', 'hem_cuff')
  const up = value(chosen, 'cuff_height', 4) * 10
  return part(
    kind,
    ...[-1, 1].flatMap(side => {
      const [a, b] = [side * (axis - hem / 2), side * (axis + hem / 2)]
      if (kind !== 'hem_cuff') return [line(open([a, length], [b, length]), 1.5), line(open([a, length - 12], [b, length - 12]))]
      return cut(
        poly([a - side * 3, length - up], [b + side * 3, length - up], [b + side * 2, length], [a - side * 2, length]),
        chosen,
        { weight: 1.5 },
      )
    }),
  )
}
