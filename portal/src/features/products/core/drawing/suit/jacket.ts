import { type Chosen, has, oneOf, value } from '../chosen.ts'
import { dashed, filled, line } from '../solids.ts'
import type { Command, Node, Point } from '../tree.ts'
import type { Body } from './body.ts'
import { button, cut, disc, mirrored, open, part, poly } from './flat.ts'
import { drawLapel } from './lapel.ts'

const breasts = ['breast_sb1', 'breast_sb2', 'breast_sb3', 'breast_db4', 'breast_db6'] as const
const pads = ['pad_none', 'pad_light', 'pad_rope'] as const

/** How far the fronts overlap, where the lapel begins to roll, and where buttons sit. mm, from centre front and nape. */
function closing(breast: (typeof breasts)[number] | undefined, { waistLine: y }: Body) {
  switch (breast) {
    case 'breast_sb1':
      return { overlap: 18, roll: y - 8, buttons: [[0, y]] as Point[] }
    case 'breast_sb3':
      return {
        overlap: 18,
        roll: y - 60,
        buttons: [
          [0, y - 10],
          [0, y + 92],
        ] as Point[],
        hole: [0, y - 112] as Point,
      }
    case 'breast_db4':
      return {
        overlap: 92,
        roll: y + 14,
        buttons: [
          [-66, y + 24],
          [66, y + 24],
          [-66, y + 124],
          [66, y + 124],
        ] as Point[],
      }
    case 'breast_db6':
      return {
        overlap: 98,
        roll: y - 22,
        buttons: [
          [-112, y - 128],
          [112, y - 128],
          [-68, y - 10],
          [68, y - 10],
          [-68, y + 100],
          [68, y + 100],
        ] as Point[],
      }
    default:
      return {
        overlap: 18,
        roll: y - 30,
        buttons: [
          [0, y - 16],
          [0, y + 92],
        ] as Point[],
      }
  }
}

export function drawJacketFront(chosen: Chosen, body: Body): Node {
  const breast = oneOf(chosen, ...breasts)
  const { overlap, roll, buttons } = closing(breast, body)
  const right = frontPanel(body, body.fall[1], overlap, roll)
  const left = mirrored(frontPanel(body, body.fall[0], overlap, roll))
  return part(
    breast,
    neckline(body),
    ...[-1, 1].map(side => sleeve(chosen, body, side as -1 | 1)),
    cut(left, chosen, { weight: 1.5 }),
    dart(body, -1),
    drawLapel(chosen, body, [-overlap, roll], true),
    cut(right, chosen, { weight: 1.5 }),
    dart(body, 1),
    breastPocket(chosen, body),
    drawLapel(chosen, body, [-overlap, roll], false),
    pockets(chosen, body),
    shoulders(chosen, body),
    buttons.flatMap(at => button(at)),
  )
}

/** The wearer's left front, on the viewer's right: it lies on top. */
function frontPanel(body: Body, fall: number, overlap: number, roll: number): Command[] {
  const { neck, shoulder, chest, waist, seat, armhole, waistLine, length } = body
  const double = overlap > 50
  return [
    ['M', neck - 6, -4],
    ['C', neck + 40, 6, shoulder - 60, fall - 16, shoulder, fall],
    ['C', shoulder - 22, fall + 70, shoulder - 16, armhole - 44, chest, armhole],
    ['C', chest - 4, armhole + 60, waist, waistLine - 80, waist, waistLine],
    ['C', waist, waistLine + 90, seat - 8, length - 180, seat, length - 14],
    ['C', seat - 80, length - 4, 150, length, double ? 60 : 104, length],
    ...(double
      ? ([
          ['L', -overlap, length],
          ['L', -overlap, roll],
        ] as Command[])
      : ([
          ['C', 34, length - 4, -overlap, length - 72, -overlap, length - 170],
          ['L', -overlap, roll],
        ] as Command[])),
    ['Z'],
  ]
}

/** The inside of the back that shows between the lapels, with its label. */
function neckline({ neck, waistLine }: Body): Node[] {
  return [
    filled(
      [
        ['M', -neck, -22],
        ['C', -neck * 0.5, -34, neck * 0.5, -34, neck, -22],
        ['L', 30, waistLine],
        ['L', -30, waistLine],
        ['Z'],
      ],
      'drawingGlass',
    ),
    line(
      [
        ['M', -neck, -12],
        ['C', -neck * 0.5, 22, neck * 0.5, 22, neck, -12],
      ],
      1,
    ),
    filled(poly([-30, 26], [30, 26], [30, 48], [-30, 48]), 'drawingTop'),
    line(open([0, 48], [0, waistLine - 60])),
  ]
}

export function sleeve(chosen: Chosen, body: Body, side: -1 | 1): Node[] {
  const { shoulder, chest, seat, armhole, sleeve: length } = body
  const fall = body.fall[side === 1 ? 1 : 0]
  const outer = Math.max(shoulder + 138, seat + 112)
  const end = fall + length * 0.985
  const rope = has(chosen, 'pad_rope') ? 16 : 0
  const hem: [Point, Point] = [
    [outer, end - 10],
    [outer - 128, end + 12],
  ]
  const d: Command[] = [
    ['M', shoulder - 4, fall - rope / 2],
    ['C', shoulder + 30, fall - rope, shoulder + 62, fall + 60, shoulder + 76, fall + 190],
    ['C', shoulder + 92, fall + 330, outer - 4, end - 220, ...hem[0]],
    ['L', ...hem[1]],
    ['C', outer - 150, end - 200, chest + 8, armhole + 160, chest - 10, armhole + 8],
    ['L', shoulder - 40, armhole - 40], // under the front
    ['Z'],
  ]
  const flip = (path: Command[]) => (side === 1 ? path : mirrored(path))
  const count = Math.max(2, value(chosen, 'sleeve_buttons', 4))
  const working = has(chosen, 'cuff_open')
  return [
    ...cut(flip(d), chosen, { turn: -side * 0.14, weight: 1.5 }),
    line(
      flip([
        ['M', outer - 42, end - 2],
        ['C', outer - 50, end - 200, shoulder + 40, fall + 330, shoulder + 30, armhole + 40],
      ]),
    ),
    part(
      working ? 'cuff_open' : undefined,
      ...Array.from({ length: count }, (_, at) => {
        const [x, y]: Point = [outer - 16 - at * 1.6, end - 36 - at * 19]
        return [...button([side * x, y], 7.5), ...(working ? [line(flip(open([x - 13, y], [x - 32, y + 3])), 1)] : [])]
      }),
      working ? line(flip(open([outer - 34, end - 4], [outer - 40, end - 128])), 1) : [],
    ),
  ]
}

function shoulders(chosen: Chosen, { shoulder, fall }: Body): Node {
  const kind = oneOf(chosen, ...pads)
  const marks = [-1, 1].flatMap(side => {
    const y = fall[side === 1 ? 1 : 0]
    if (kind === 'pad_none')
      return [0, 1, 2, 3, 4].map(at =>
        line(open([side * (shoulder + 6 + at * 7), y + 8 + at * 8], [side * (shoulder + 2 + at * 6), y + 34 + at * 9])),
      )
    return kind === 'pad_rope' ? [line(open([side * (shoulder - 70), y - 6], [side * (shoulder - 6), y + 8]))] : []
  })
  return part(kind, marks)
}

function dart({ chest, armhole, waistLine }: Body, side: -1 | 1): Node {
  return line(open([side * chest * 0.5, armhole + 56], [side * chest * 0.5, waistLine + 58]))
}

const pocketKinds = ['pocket_flap', 'pocket_jet', 'pocket_slant', 'pocket_patch'] as const

function pockets(chosen: Chosen, body: Body): Node[] {
  const kind = oneOf(chosen, ...pocketKinds)
  const double = has(chosen, 'breast_db4', 'breast_db6')
  const [x, y, width] = [body.seat * (double ? 0.65 : 0.61), body.waistLine + 82, Math.min(150, body.seat * 0.56)]
  const lower = part(
    kind,
    ...[-1, 1].flatMap(side => {
      const flip = (d: Command[]) => (side === 1 ? d : mirrored(d))
      if (kind === 'pocket_patch')
        return cut(flip(patchOf(x, y - 8, width + 10, 196)), chosen).concat(
          line(flip(open([x - width / 2 - 5, y + 22], [x + width / 2 + 5, y + 22]))),
        )
      const tilt = kind === 'pocket_slant' ? 0.22 : 0.03
      return pocket(chosen, x, y, width, kind === 'pocket_jet' ? 0 : 52, tilt, flip)
    }),
  )
  const ticket = has(chosen, 'pocket3_ticket')
    ? [
        part(
          'pocket3_ticket',
          pocket(chosen, x + 8, y - 68, width * 0.62, 44, has(chosen, 'pocket_slant') ? 0.22 : 0.03, mirrored),
        ),
      ]
    : []
  return [lower, ...ticket]
}

/** A welted pocket, with a flap of the given height; it falls towards the side. */
function pocket(
  chosen: Chosen,
  x: number,
  y: number,
  width: number,
  flap: number,
  tilt: number,
  flip: (d: Command[]) => Command[],
): Node[] {
  const at = (along: number, down: number): Point => [
    x + along * Math.cos(tilt) - down * Math.sin(tilt),
    y + along * Math.sin(tilt) + down * Math.cos(tilt),
  ]
  const w = width / 2
  const welts = [0, 8, -8].map(down => line(flip(open(at(-w, down), at(w, down))), down === 0 ? 1 : 0.5))
  if (flap === 0) return [...welts, line(flip(open(at(-w, -8), at(-w, 8)))), line(flip(open(at(w, -8), at(w, 8))))]
  const body: Command[] = [
    ['M', ...at(-w, 0)],
    ['L', ...at(w, 0)],
    ['L', ...at(w + 3, flap - 14)],
    ['C', ...at(w + 2, flap), ...at(w - 6, flap), ...at(w - 16, flap)],
    ['L', ...at(16 - w, flap)],
    ['C', ...at(4 - w, flap), ...at(-w - 1, flap - 4), ...at(-w, flap - 18)],
    ['Z'],
  ]
  return [...cut(flip(body), chosen, { turn: 0 }), line(flip(open(at(-w, -8), at(w, -8))))]
}

function patchOf(x: number, y: number, width: number, height: number): Command[] {
  const w = width / 2
  return [
    ['M', x - w, y],
    ['L', x + w, y],
    ['L', x + w + 4, y + height - 40],
    ['C', x + w + 4, y + height - 8, x + w - 14, y + height, x + w - 40, y + height],
    ['L', x - w + 40, y + height],
    ['C', x - w + 14, y + height, x - w - 2, y + height - 8, x - w - 2, y + height - 40],
    ['Z'],
  ]
}

function breastPocket(chosen: Chosen, { chest, armhole }: Body): Node {
  const kind = oneOf(chosen, 'cp_welt', 'cp_barca', 'cp_patch')
  const [x, y] = [chest * 0.56, armhole - 4]
  if (kind === 'cp_patch')
    return part(kind, cut(patchOf(x, y - 20, 98, 112), chosen), line(open([x - 49, y + 2], [x + 49, y + 2])))
  if (kind === 'cp_barca')
    return part(
      kind,
      cut(
        [
          ['M', x - 52, y + 2],
          ['C', x - 20, y + 10, x + 16, y + 2, x + 52, y - 22],
          ['L', x + 54, y + 4],
          ['C', x + 18, y + 28, x - 20, y + 34, x - 50, y + 26],
          ['Z'],
        ],
        chosen,
      ),
      line([
        ['M', x - 48, y + 23],
        ['C', x - 20, y + 31, x + 18, y + 25, x + 52, y + 2],
      ]),
    )
  return part(
    kind,
    cut(poly([x - 50, y], [x + 50, y - 12], [x + 51, y + 12], [x - 49, y + 24]), chosen),
    line(open([x - 47, y + 21], [x + 49, y + 9])),
  )
}

/** The back, where the vents are. */
export function drawJacketBack(chosen: Chosen, body: Body): Node[] {
  const { neck, shoulder, fall, chest, waist, seat, armhole, waistLine, length } = body
  const half = (drop: number): Command[] => [
    ['M', 0, -2],
    ['C', neck * 0.5, -2, neck - 8, -8, neck, -14],
    ['C', neck + 40, 2, shoulder - 60, drop - 16, shoulder, drop],
    ['C', shoulder - 14, drop + 70, shoulder - 8, armhole - 44, chest, armhole],
    ['C', chest - 4, armhole + 60, waist, waistLine - 80, waist, waistLine],
    ['C', waist, waistLine + 90, seat - 8, length - 180, seat, length - 6],
    ['C', seat - 60, length, 60, length, 0, length],
    ['Z'],
  ]
  const vent = oneOf(chosen, 'vent_none', 'vent_centre', 'vent_side')
  const slit = (x: number, lean: number): Node[] => [
    line(open([x, length - 226], [x, length - 2]), 1.5),
    line(open([x, length - 226], [x + lean, length - 204], [x + lean, length - 2])),
  ]
  return [
    ...[-1, 1].map(side => part(undefined, sleeve(chosen, body, side as -1 | 1))),
    ...(has(chosen, 'patch_elbow')
      ? [
          part(
            'patch_elbow',
            ...[-1, 1].flatMap(side => {
              const at: Point = [side * (shoulder + 66), body.sleeve * 0.62 + 30]
              return [filled(disc(at, 34, 66), 'drawingGlass', 1), dashed(disc(at, 28, 60), [2, 2])]
            }),
          ),
        ]
      : []),
    ...cut(mirrored(half(fall[0])), chosen, { weight: 1.5 }),
    ...cut(half(fall[1]), chosen, { weight: 1.5 }),
    line(
      [
        ['M', 0, 0],
        ['L', 0, length],
      ],
      1,
    ),
    ...[-1, 1].map(side =>
      line([
        ['M', side * (chest - 44), armhole - 30],
        ['C', side * (waist - 60), waistLine - 80, side * (waist - 62), waistLine + 40, side * (seat - 62), length - 4],
      ]),
    ),
    ...cut(
      [
        ['M', -neck - 4, -16],
        ['C', -neck * 0.5, -44, neck * 0.5, -44, neck + 4, -16],
        ['C', neck * 0.6, 18, -neck * 0.6, 18, -neck - 4, -16],
        ['Z'],
      ],
      chosen,
    ),
    part(
      vent,
      vent === 'vent_centre'
        ? slit(0, -16)
        : vent === 'vent_side'
          ? [...slit(seat - 66, -14), ...slit(66 - seat, 14)]
          : [line(open([0, length - 226], [0, length]), 1)],
    ),
  ]
}
