import { type Chosen, oneOf } from '../chosen.ts'
import { filled, line } from '../solids.ts'
import type { Command, Node, Point } from '../tree.ts'
import type { Body } from './body.ts'
import { button, cut, mirrored, open, part, poly } from './flat.ts'

/** The waistcoat from the nape down, in mm. */
export function drawWaistcoat(chosen: Chosen, body: Body): Node {
  const front = oneOf(chosen, 'wcf_5', 'wcf_6', 'wcf_db') ?? 'wcf_5'
  const double = front === 'wcf_db'
  const [chest, waist] = [body.chest * 0.9, body.waist * 0.92]
  const [neck, shoulder, fall] = [body.neck, body.shoulder * 0.66, body.fall[1] * 0.5]
  const [armhole, hem] = [body.armhole + 22, body.waistLine + 96]
  const top = body.armhole + (double ? 22 : front === 'wcf_6' ? -18 : 14)
  const overlap = double ? 62 : 14
  const panel: Command[] = [
    ['M', neck, -8],
    ['L', shoulder, fall],
    ['C', shoulder - 24, fall + 100, shoulder + 4, armhole - 26, chest, armhole],
    ['C', chest - 4, armhole + 70, waist, body.waistLine - 60, waist, body.waistLine],
    ['L', waist + 4, hem - 28],
    ['L', double ? 60 : 50, hem + (double ? 0 : 34)],
    ['L', -overlap, hem - (double ? 0 : 18)],
    ['L', -overlap, top],
    ['Z'],
  ]
  const flat = (d: Command[]) => cut(d, chosen, { weight: 1.5 })
  const pocket = (y: number, side: -1 | 1): Node[] =>
    cut(
      poly([side * chest * 0.4, y + 8], [side * chest * 0.78, y], [side * chest * 0.78, y + 16], [side * chest * 0.4, y + 24]),
      chosen,
    )
  const count = front === 'wcf_5' ? 5 : 6
  const last = hem - (double ? 60 : 34)
  const rows = double ? 3 : count
  const places = Array.from({ length: rows }, (_, at) => top + 16 + ((last - top - 16) * at) / (rows - 1))
  const back = oneOf(chosen, 'wcb_lining', 'wcb_cloth')
  const figure = part(
    front,
    part(
      back,
      filled(
        [
          ['M', -neck, -12],
          ['C', -neck * 0.5, -26, neck * 0.5, -26, neck, -12],
          ['L', shoulder - 20, fall + 80],
          ['L', 0, top + 20],
          ['L', 20 - shoulder, fall + 80],
          ['Z'],
        ],
        back === 'wcb_cloth' ? 'drawingLeft' : 'drawingGlass',
        1,
      ),
      line(open([0, -22], [0, top + 10])),
      line(
        [
          ['M', -neck, -4],
          ['C', -neck * 0.5, 22, neck * 0.5, 22, neck, -4],
        ],
        1,
      ),
    ),
    flat(mirrored(panel)),
    lapels(chosen, [neck, -8], [-overlap, top], true),
    flat(panel),
    lapels(chosen, [neck, -8], [-overlap, top], false),
    ...([-1, 1] as const).flatMap(side => [
      ...pocket(body.waistLine - 4, side),
      line(open([side * chest * 0.56, armhole + 20], [side * chest * 0.56, body.waistLine + 24])),
    ]),
    ...places.flatMap(y => (double ? [-46, 46] : [0]).flatMap(x => button([x * (1 + (last - y) / 500), y], 8.5))),
  )
  return part('wc', figure)
}

function lapels(chosen: Chosen, [nx, ny]: Point, [fx, fy]: Point, mirror: boolean): Node {
  const kind = oneOf(chosen, 'wcl_none', 'wcl_notch', 'wcl_shawl')
  const flip = (path: Command[]) => (mirror ? mirrored(path) : path)
  if (kind === undefined || kind === 'wcl_none')
    return part(kind, ...[8, 14].map(by => line(flip(open([nx - by + 12, ny + 8], [fx + by + 6, fy + 4])))))
  const on = (t: number, out: number): Point => [fx + (nx - fx) * t + out, fy + (ny - fy) * t + out * 0.2]
  const d: Command[] =
    kind === 'wcl_shawl'
      ? [
          ['M', fx, fy],
          ['C', ...on(0.2, 34), ...on(0.5, 58), ...on(0.74, 44)],
          ['C', ...on(0.9, 26), nx + 12, ny + 4, nx, ny],
          ['Z'],
        ]
      : [
          ['M', fx, fy],
          ['L', ...on(0.52, 62)],
          ['L', ...on(0.6, 36)],
          ['L', ...on(0.68, 50)],
          ['C', ...on(0.86, 30), nx + 12, ny + 4, nx, ny],
          ['Z'],
        ]
  return part(kind, cut(flip(d), chosen, { turn: mirror ? -0.3 : 0.3 }))
}
