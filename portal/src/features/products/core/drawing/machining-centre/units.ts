import { type Chosen, has, oneOf } from '../chosen.ts'
import { circle, front, polyline, rectangle, roundedRectangle, side, top } from '../isometric.ts'
import { box, cylinder, filled, line, type Solid, together } from '../solids.ts'
import type { Point } from '../tree.ts'
import type { Frame } from './frame.ts'

/** Hydraulic unit, chiller and transformer in a row beside the rear of the machine. */
export function drawUnits(chosen: Chosen, { depth, fullDepth, width }: Frame): Solid[] {
  const solids: Solid[] = []
  const x = -120
  let y = depth * 0.72
  const next = (length: number) => {
    const at = y
    y += length + 130
    return at
  }
  const hydraulics = oneOf(chosen, 'hyd_4', 'hyd_8')
  if (hydraulics) {
    const [w, d, h] = hydraulics === 'hyd_4' ? [480, 400, 420] : [560, 480, 500]
    const at = next(d)
    const valves: Solid[] = Array.from({ length: hydraulics === 'hyd_4' ? 4 : 8 }, (_, index) =>
      box([x - w + 30 + (index % 4) * 62, at + 20 + Math.floor(index / 4) * 70, h + 30], [46, 50, 80], { outline: 0.5 }),
    )
    solids.push(
      together(
        [
          box([x - w, at, 30], [w, d, h], {
            outline: 1,
            detail: [
              filled(roundedRectangle(front(at), x - w + 40, 130, 40, 180, 20), 'drawingGlass'),
              line(circle(front(at), [x - 110, 250], 44)),
            ],
          }),
          ...valves,
          cylinder('z', [x - 130, at + d - 130], 92, h + 30, h + 300, { outline: 1 }),
        ],
        hydraulics,
      ),
    )
  }
  const chiller = oneOf(chosen, 'chill_3', 'chill_5')
  if (chiller) {
    const [w, d, h] = chiller === 'chill_3' ? [430, 470, 920] : [520, 560, 1240]
    const at = next(d)
    const fans = chiller === 'chill_3' ? [h - 190] : [h - 210, h - 600]
    solids.push(
      box([x - w, at, 60], [w, d, h], {
        outline: 1.5,
        part: chiller,
        detail: [
          ...fans.flatMap(z => [
            filled(circle(side(x - w), [at + d / 2, z], d * 0.34), 'drawingTop', 1),
            ...[0.72, 0.44, 0.16].map(ring => line(circle(side(x - w), [at + d / 2, z], d * 0.34 * ring))),
          ]),
          ...Array.from({ length: 7 }, (_, index) =>
            line(
              polyline(front(at), [
                [x - w + 50, 140 + index * 36],
                [x - 50, 140 + index * 36],
              ]),
            ),
          ),
          filled(rectangle(front(at), x - w + 60, h - 120, 150, 90), 'drawingGlass'),
        ],
      }),
    )
  }
  const transformer = oneOf(chosen, 'tr_40', 'tr_75')
  if (transformer) {
    const [w, d, h] = transformer === 'tr_40' ? [520, 600, 760] : [620, 720, 960]
    const at = next(d)
    const bolt: Point[] = [
      [0, 90],
      [-46, 0],
      [-6, 0],
      [-20, -90],
      [46, 14],
      [8, 14],
      [24, 90],
    ]
    solids.push(
      box([x - w, at, 60], [w, d, h], {
        outline: 1.5,
        part: transformer,
        detail: [
          ...Array.from({ length: 9 }, (_, index) =>
            line(
              polyline(side(x - w), [
                [at + 70 + (index * (d - 140)) / 8, 130],
                [at + 70 + (index * (d - 140)) / 8, h - 60],
              ]),
            ),
          ),
          line(
            [
              ...polyline(
                front(at),
                bolt.map(([p, q]): Point => [x - w / 2 + p, h * 0.62 + q]),
              ),
              ['Z'],
            ],
            1,
          ),
        ],
      }),
    )
  }
  return [...solids, ...cabinet(chosen, depth, fullDepth, width), ...airService(chosen, depth)]
}

function cabinet(chosen: Chosen, depth: number, fullDepth: number, width: number): Solid[] {
  const cooling = oneOf(chosen, 'cab_ac', 'cab_hex')
  const [from, to] = [560, width * 0.82]
  const z = 1980
  const solids = [
    box([from, depth, 150], [to - from, fullDepth - depth, z - 150], {
      outline: 1,
      part: oneOf(chosen, 'supply_30', 'supply_40', 'supply_55', 'supply_75'),
      detail: [
        line(
          polyline(top(z), [
            [(from + to) / 2, depth],
            [(from + to) / 2, fullDepth],
          ]),
        ),
      ],
    }),
  ]
  if (cooling) {
    const [w, h] = cooling === 'cab_ac' ? [620, 420] : [340, 250]
    solids.push(
      box([from + 40, depth + 60, z], [w, 320, h], {
        part: cooling,
        outline: 1,
        detail: Array.from({ length: 5 }, (_, at) =>
          line(
            polyline(side(from + 40), [
              [depth + 100, z + h - 40 - at * 30],
              [depth + 340, z + h - 40 - at * 30],
            ]),
          ),
        ),
      }),
    )
  }
  return solids
}

/** Dryer and oil-air unit on the left wall. */
function airService(chosen: Chosen, depth: number): Solid[] {
  const solids: Solid[] = []
  const y = depth * 0.86
  if (has(chosen, 'air_dryer'))
    solids.push(
      together(
        [
          box([-40, y - 20, 1180], [40, 260, 420], { outline: 0.5 }),
          ...[30, 170].map(dy => cylinder('z', [-90, y + dy], 48, 1150, 1560, { outline: 1 })),
        ],
        'air_dryer',
      ),
    )
  if (has(chosen, 'oil_air'))
    solids.push(
      together(
        [
          box([-150, y - 20, 1680], [150, 230, 240], {
            outline: 1,
            detail: [filled(roundedRectangle(side(-150), y + 30, 1720, 60, 150, 20), 'drawingGlass')],
          }),
        ],
        'oil_air',
      ),
    )
  return solids
}
