import { type Chosen, has, oneOf, value } from '../chosen.ts'
import { front, polygon, polyline, rectangle, roundedRectangle } from '../isometric.ts'
import { filled, line, prism } from '../solids.ts'
import type { Node, Point, Tone } from '../tree.ts'
import { type Frame, faceOf } from './frame.ts'

/** The leaves that are drawn: those of the last bay are shut, the others left out so that the inside stays in sight. */
export function drawDoors(chosen: Chosen, frame: Frame): Node[] {
  const kind = oneOf(chosen, 'front_hinged', 'front_sliding')
  if (!kind) return []
  const count = Math.max(1, value(chosen, 'doors', kind === 'front_sliding' ? 2 : frame.bays))
  const leaf = frame.width / count
  if (kind === 'front_sliding') {
    const rear = drawLeaf(chosen, frame, frame.width - leaf, leaf, -30, 'left')
    const overlap = count > 2 ? drawLeaf(chosen, frame, frame.width - leaf - Math.min(220, leaf * 0.25), leaf, -66, 'left') : []
    return [{ kind: 'group', part: kind, children: [track(frame), ...rear, ...overlap] }]
  }
  const shut = count >= 2 * frame.bays ? 2 : 1
  return [
    {
      kind: 'group',
      part: kind,
      children: Array.from({ length: shut }, (_, at) =>
        drawLeaf(chosen, frame, frame.width - (shut - at) * leaf, leaf, -24, shut === 2 && at === 0 ? 'right' : 'left'),
      ).flat(),
    },
  ]
}

function drawLeaf(chosen: Chosen, frame: Frame, x: number, width: number, y: number, handle: 'left' | 'right'): Node[] {
  const panel = oneOf(chosen, 'panel_foil', 'panel_lacquer', 'panel_veneer', 'panel_glass', 'panel_mirror', 'panel_rattan')
  const points = faceOf(frame, x + 3, width - 6, frame.rise + 3, 3)
  const top = Math.min(frame.heightAt(x), frame.heightAt(x + width))
  const body = prism('y', points, y, y + 19, {
    part: panel,
    outline: 1.5,
    tones: { front: toneOf(chosen, panel) },
    detail: faceDetail(chosen, panel, frame, x, width, y),
  })
  return [
    { kind: 'group', ...(panel ? { part: panel } : {}), children: body.nodes },
    ...grip(chosen, x, width, y, frame.rise, top, handle),
  ]
}

function toneOf(chosen: Chosen, panel: string | undefined): Tone {
  if (panel === 'panel_glass' || panel === 'panel_mirror') return 'drawingGlass'
  if (has(chosen, 'fin_grey', 'fin_walnut', 'fin_smoked', 'fin_terracotta')) return 'drawingRight'
  return has(chosen, 'fin_white') ? 'drawingTop' : 'drawingLeft'
}

function faceDetail(chosen: Chosen, panel: string | undefined, frame: Frame, x: number, width: number, y: number): Node[] {
  const plane = front(y)
  const inner = faceOf(frame, x + 40, width - 80, frame.rise + 44, 44)
  const low = frame.rise + 44
  const upright = (step: number, weight = 0.5) =>
    Array.from({ length: Math.floor((width - 80) / step) }, (_, at): Node => {
      const p = x + 40 + (at + 0.5) * step
      return line(
        polyline(plane, [
          [p, low],
          [p, frame.heightAt(p) - 44],
        ]),
        weight,
      )
    })
  switch (panel) {
    case 'panel_lacquer':
      return [
        line(
          polygon(
            plane,
            inner.map(([p, q]): Point => [p, q]),
          ),
          0.5,
        ),
      ]
    case 'panel_veneer':
      return upright(54)
    case 'panel_glass':
      return [
        line(polygon(plane, inner), 1),
        ...(has(chosen, 'fin_reeded') ? upright(22) : shine(plane, x, width, low, frame.height)),
      ]
    case 'panel_mirror':
      return shine(plane, x, width, low, frame.height)
    case 'panel_rattan':
      return [
        line(polygon(plane, inner), 1),
        ...upright(26),
        ...Array.from({ length: Math.floor((frame.height - frame.rise - 120) / 52) }, (_, at) =>
          line(
            polyline(plane, [
              [x + 40, low + 26 + at * 52],
              [x + width - 40, low + 26 + at * 52],
            ]),
          ),
        ),
      ]
    default:
      return has(chosen, 'fin_walnut') ? upright(70) : []
  }
}

const shine = (plane: ReturnType<typeof front>, x: number, width: number, low: number, height: number): Node[] =>
  [0.3, 0.42].map(p =>
    line(
      polyline(plane, [
        [x + width * 0.22, low + height * (p - 0.06)],
        [x + width * 0.72, low + height * (p + 0.12)],
      ]),
    ),
  )

function grip(chosen: Chosen, x: number, width: number, y: number, rise: number, top: number, edge: 'left' | 'right'): Node[] {
  const kind = oneOf(chosen, 'handle_bar', 'handle_knob', 'handle_recess', 'handle_edge', 'handle_push')
  const at = edge === 'left' ? x + 44 : x + width - 44
  const z = Math.min(1050, (rise + top) / 2)
  const drawn: Record<string, () => Node[]> = {
    handle_bar: () => [filled(roundedRectangle(front(y - 24), at - 12, z - 160, 24, 320, 12), 'drawingRight', 1)],
    handle_knob: () => [
      filled(roundedRectangle(front(y - 22), at - 19, z - 19, 38, 38, 19), 'drawingTop', 1),
      line(roundedRectangle(front(y - 22), at - 10, z - 10, 20, 20, 10)),
    ],
    handle_recess: () => [filled(roundedRectangle(front(y), at - 13, z - 90, 26, 180, 13), 'drawingRight', 1)],
    handle_edge: () => [
      filled(rectangle(front(y - 6), edge === 'left' ? x + 3 : x + width - 25, rise + 3, 22, top - rise - 6), 'drawingRight', 1),
    ],
  }
  return kind && drawn[kind] ? [{ kind: 'group', part: kind, children: drawn[kind]() }] : []
}

function track({ width, rise }: Frame): Node {
  return line(
    polyline(front(-40), [
      [0, rise],
      [width, rise],
    ]),
    1,
  )
}
