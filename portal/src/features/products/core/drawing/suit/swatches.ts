import { type Chosen, has, oneOf, value } from '../chosen.ts'
import { dashed, filled, line } from '../solids.ts'
import type { Command, Node, Point } from '../tree.ts'
import { cut, disc, open, part } from './flat.ts'

const patterns = ['p_plain', 'p_birdseye', 'p_herring', 'p_pin', 'p_chalk', 'p_hound', 'p_pow', 'p_window'] as const
const size = 100

/** A square of the cloth with its edges pinked, the pattern in its own size. 100 mm. */
export function drawCloth(chosen: Chosen): Node {
  const teeth = 12
  const step = size / teeth
  const side = (from: Point, [dx, dy]: Point): Point[] =>
    Array.from({ length: teeth }, (_, at): Point[] => [
      [from[0] + dx * at * step, from[1] + dy * at * step],
      [from[0] + dx * (at + 0.5) * step - dy * 3, from[1] + dy * (at + 0.5) * step + dx * 3],
    ]).flat()
  const points = [
    ...side([0, 0], [1, 0]),
    ...side([size, 0], [0, 1]),
    ...side([size, size], [-1, 0]),
    ...side([0, size], [0, -1]),
  ]
  return part(oneOf(chosen, ...patterns), cut([...open(...points), ['Z']], chosen), line(open([42, 12], [58, 12]), 1))
}

/** The lining with the monogram, folded at a corner. */
export function drawLining(chosen: Chosen): Node {
  const kind = oneOf(chosen, 'lc_cupro', 'lc_viscose', 'lc_silk')
  const d: Command[] = [['M', 0, 0], ['L', size, 0], ['L', size, size * 0.72], ['L', size * 0.72, size], ['L', 0, size], ['Z']]
  const fold: Command[] = [['M', size, size * 0.72], ['L', size * 0.72, size], ['L', size * 0.72, size * 0.72], ['Z']]
  const motif = kind === 'lc_silk' ? paisleys() : kind === 'lc_viscose' ? twill() : []
  const seam = dashed(open([6, 94], [6, 6], [94, 6]), [3, 2])
  return part(kind, filled(d, 'drawingGlass', 1), motif, seam, filled(fold, 'drawingTop', 1), monogram(chosen))
}

function paisleys(): Node[] {
  return Array.from({ length: 12 }, (_, at) => {
    const [x, y] = [14 + (at % 4) * 24 + (Math.floor(at / 4) % 2) * 8, 52 + Math.floor(at / 4) * 20 - 34]
    return line([
      ['M', x, y - 6],
      ['C', x + 12, y - 6, x + 10, y + 8, x, y + 6],
      ['C', x - 6, y + 4, x - 2, y - 2, x + 3, y],
      ['C', x, y - 6, x - 4, y - 4, x, y - 6],
    ])
  }).filter((_, at) => at % 4 !== 3 || at < 8)
}

function twill(): Node[] {
  return Array.from({ length: 11 }, (_, at) => ({
    ...line(
      at < 6
        ? open([0, 12 + at * 16], [12 + at * 16, 0])
        : open([(at - 5) * 16, size], [size * 0.72, size * 0.28 + (at - 5) * 16]),
    ),
    opacity: 0.5,
  }))
}

function monogram(chosen: Chosen): Node[] {
  if (!has(chosen, 'mono')) return []
  const letters = ['A', 'B', 'C', 'D'].slice(0, value(chosen, 'letters', 2)).join(has(chosen, 'ms_script') ? '' : '·')
  return [
    {
      kind: 'group',
      part: 'mono',
      children: [
        {
          kind: 'text',
          at: [40, 52],
          text: letters,
          size: 20,
          scales: true,
          tone: 'ink',
          anchor: 'middle',
          ...(has(chosen, 'ms_block') ? { strong: true as const } : {}),
        },
      ],
    },
  ]
}

/** The button as it is sewn on, enlarged. */
export function drawButton(chosen: Chosen): Node {
  const kind = oneOf(chosen, 'b_horn', 'b_corozo', 'b_pearl', 'b_metal', 'b_covered')
  const c: Point = [50, 50]
  const holes = [-8, 8].flatMap(dx => [-8, 8].map(dy => filled(disc([50 + dx, 50 + dy], 3.6), 'drawingLine', 0)))
  const face: Record<string, Node[]> = {
    b_horn: [
      ...[0, 1, 2].map(at =>
        line([
          ['M', 12 + at * 8, 58 - at * 20],
          ['C', 36, 34 - at * 8 + 14, 62, 70 - at * 14, 86 - at * 6, 44 - at * 12],
        ]),
      ),
      ...holes,
    ],
    b_corozo: [line(disc(c, 26)), ...holes],
    b_pearl: [
      filled(disc(c, 30), 'drawingGlass', 0.5),
      line([
        ['M', 28, 40],
        ['C', 40, 24, 60, 26, 72, 38],
      ]),
      ...holes,
    ],
    b_metal: [
      line(disc(c, 34)),
      line(
        [
          ['M', 50, 26],
          ['L', 50, 70],
          ['M', 36, 36],
          ['L', 64, 36],
          ['M', 30, 56],
          ['C', 32, 76, 68, 76, 70, 56],
        ],
        1.5,
      ),
    ],
    b_covered: [
      ...[-20, -10, 0, 10, 20].map(dx =>
        line([
          ['M', 50 + dx - 8, 50 - Math.sqrt(1444 - dx * dx)],
          ['L', 50 + dx + 8, 50 + Math.sqrt(1444 - dx * dx)],
        ]),
      ),
    ],
  }
  return part(
    kind,
    filled(disc(c, 42), kind === 'b_horn' ? 'drawingRight' : kind === 'b_covered' ? 'drawingGlass' : 'drawingTop', 1.5),
    line(disc(c, kind === 'b_covered' ? 40 : 36), 0.5),
    face[kind ?? 'b_corozo'] ?? [],
  )
}
