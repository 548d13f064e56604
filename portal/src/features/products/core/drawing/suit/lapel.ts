import { type Chosen, has, oneOf, value } from '../chosen.ts'
import { dashed, filled, line } from '../solids.ts'
import type { Command, Node, Point } from '../tree.ts'
import type { Body } from './body.ts'
import { cut, mirrored, open, part } from './flat.ts'

/** Lapel and collar along the roll line: from where it begins at the front edge to the neck. */
export function drawLapel(chosen: Chosen, { neck, fall }: Body, from: Point, mirror: boolean): Node[] {
  const kind = oneOf(chosen, 'lapel_notch', 'lapel_peak', 'lapel_shawl') ?? 'lapel_notch'
  const width = value(chosen, 'lapel_width', 9) * 10
  const to: Point = [neck - 8, -6]
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  const along: Point = [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
  /** t along the roll line, w outwards in widths of the lapel */
  const at = (t: number, w: number): Point => [
    from[0] + along[0] * t * length - along[1] * w * width,
    from[1] + along[1] * t * length + along[0] * w * width,
  ]
  const shoulder: Point = [neck + 40, fall[1] * 0.16]
  const nape: Point = [neck - 2, -30]
  const { lapel, collar } = shapes(kind, at, shoulder, nape)
  const turn = Math.atan2(along[0], -along[1])
  const flip = (d: Command[]) => (mirror ? mirrored(d) : d)
  const satin = has(chosen, 'facing_satin')
  const facing = satin
    ? [filled(flip(lapel), 'drawingGlass', 1), ...sheen(kind, at, flip)]
    : cut(flip(lapel), chosen, { turn: mirror ? -turn : turn })
  const stitch = oneOf(chosen, 'stitch_amf', 'stitch_hand')
  const byHand = stitch === 'stitch_hand'
  return [
    part(
      kind,
      collar.length > 0 ? cut(flip(collar), chosen, { turn: mirror ? 0.9 : -0.9 }) : [],
      part(satin ? 'facing_satin' : undefined, facing),
    ),
    ...(stitch ? [part(stitch, dashed(flip(stitching(kind, at)), byHand ? [2.5, 3] : [1.5, 2], byHand ? 1 : 0.5))] : []),
    ...(has(chosen, 'hole_milan') && !mirror
      ? [part('hole_milan', line(open(at(0.735, 0.84), at(0.765, 0.56)), 1.5), line(open(at(0.73, 0.86), at(0.74, 0.8)), 1))]
      : []),
  ]
}

type Placed = (t: number, w: number) => Point

function shapes(kind: string, at: Placed, shoulder: Point, nape: Point): { lapel: Command[]; collar: Command[] } {
  if (kind === 'lapel_shawl')
    return {
      lapel: [
        ['M', ...at(0, 0)],
        ['C', ...at(0.2, 0.5), ...at(0.38, 1), ...at(0.62, 1)],
        ['C', ...at(0.8, 1), ...at(0.94, 0.72), ...shoulder],
        ['L', ...nape],
        ['L', ...at(1, 0)],
        ['Z'],
      ],
      collar: [],
    }
  const peak = kind === 'lapel_peak'
  const tip = peak ? at(0.925, 1.12) : at(0.775, 1)
  const inner = peak ? at(0.825, 0.6) : at(0.835, 0.56)
  const end = peak ? at(0.895, 0.66) : at(0.905, 0.82)
  return {
    lapel: [
      ['M', ...at(0, 0)],
      ['C', ...at(0.2, 0.42), ...at(0.46, 0.82), ...(peak ? at(0.72, 0.98) : at(0.7, 0.99))],
      ['L', ...tip],
      ['L', ...inner],
      ['L', ...at(0.93, 0)],
      ['Z'],
    ],
    collar: [
      ['M', ...at(0.93, 0)],
      ['L', ...inner],
      ['L', ...end],
      ['C', ...at(0.97, 0.76), ...shoulder, ...shoulder],
      ['L', ...nape],
      ['L', ...at(1, 0)],
      ['Z'],
    ],
  }
}

function stitching(kind: string, at: Placed): Command[] {
  const peak = kind === 'lapel_peak'
  return [
    ['M', ...at(0.06, 0.06)],
    ['C', ...at(0.2, 0.34), ...at(0.46, 0.74), ...(peak ? at(0.72, 0.9) : at(0.69, 0.91))],
    ['L', ...(peak ? at(0.89, 1.0) : at(0.755, 0.91))],
    ['L', ...(peak ? at(0.82, 0.66) : at(0.81, 0.57))],
  ]
}

/** Light on satin: a few lines along the roll. */
function sheen(kind: string, at: Placed, flip: (d: Command[]) => Command[]): Node[] {
  const far = kind === 'lapel_shawl' ? 0.9 : 0.74
  return [0.25, 0.45].map(w => ({ ...line(flip(open(at(0.2 + w * 0.3, w * 0.7), at(far - w * 0.2, w + 0.12)))), opacity: 0.5 }))
}
