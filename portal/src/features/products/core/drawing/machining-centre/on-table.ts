import { type Chosen, has, oneOf, pieces } from '../chosen.ts'
import { circle, polyline, side, top, type Vec } from '../isometric.ts'
import { box, cylinder, line, prism, type Solid, together } from '../solids.ts'
import type { Node } from '../tree.ts'
import type { Frame } from './frame.ts'

/** Rotary axis, vise, fixtures and tool setter on the table. */
export function onTable(chosen: Chosen, frame: Frame): Solid[] {
  const { table, centre } = frame
  const z = table.top
  const middle = table.y + table.width / 2
  const right = centre + table.length / 2
  const rotary = oneOf(chosen, 'trunnion_250', 'trunnion_170', 'rot320', 'rot255', 'rot200')
  const solids: Solid[] = []
  if (rotary === 'trunnion_250' || rotary === 'trunnion_170')
    solids.push(...trunnion(rotary, rotary === 'trunnion_250' ? 125 : 85, [centre + 20, middle, z]))
  else if (rotary) solids.push(...upright(chosen, rotary, [right - 330, middle, z], centre - table.length / 2))
  else solids.push(...vise([centre, middle, z]))
  const fixtures = ['hyd_fixture', 'pneu_fixture'] as const
  fixtures.forEach((fixture, row) => {
    for (let at = 0; at < pieces(chosen, fixture); at++) {
      const x = centre - table.length / 2 + 60 + at * 105
      const y = table.y + 30 + row * 90
      solids.push(
        together(
          [
            box([x, y, z], [60, 50, 60], { outline: 0.5 }),
            cylinder('z', [x + 30, y + 25], 18, z + 60, z + (fixture === 'hyd_fixture' ? 120 : 95), { outline: 0.5 }),
          ],
          fixture,
        ),
      )
    }
  })
  const setter = oneOf(chosen, 'setter_laser', 'setter_contact')
  if (setter) {
    const x = right - 110
    const y = table.y + 40
    solids.push(
      together(
        setter === 'setter_contact'
          ? [
              box([x, y, z], [80, 80, 70], { outline: 0.5 }),
              cylinder('z', [x + 40, y + 40], 14, z + 70, z + 130, { outline: 0.5 }),
              cylinder('z', [x + 40, y + 40], 30, z + 130, z + 142, { outline: 0.5, tones: { top: 'drawingAccent' } }),
            ]
          : [
              box([x - 20, y, z], [60, 60, 170], { outline: 0.5 }),
              box([x - 20, y + 190, z], [60, 60, 170], {
                outline: 0.5,
                detail: [
                  line(
                    polyline(side(x + 10), [
                      [y + 60, z + 130],
                      [y + 190, z + 130],
                    ]),
                    1,
                    'drawingAccent',
                  ),
                ],
              }),
            ],
        setter,
      ),
    )
  }
  return solids
}

/** A plain machine vise with a part in it. */
function vise([x, y, z]: Vec): Solid[] {
  return [
    box([x - 150, y - 75, z], [300, 150, 70], { outline: 1 }),
    box([x - 150, y - 75, z + 70], [60, 150, 60], { outline: 1 }),
    box([x - 90, y - 60, z + 70], [150, 120, 85], {
      outline: 1,
      tones: { top: 'drawingGlass', front: 'drawingGlass', side: 'drawingGlass' },
    }),
    box([x + 60, y - 75, z + 70], [60, 150, 60], { outline: 1 }),
  ]
}

function upright(chosen: Chosen, rotary: 'rot200' | 'rot255' | 'rot320', [x, y, z]: Vec, tableLeft: number): Solid[] {
  const [radius, centreHeight] = { rot200: [100, 140] as const, rot255: [128, 160] as const, rot320: [160, 210] as const }[rotary]
  const c = z + centreHeight
  const plate = x - 40
  const face: Node[] = [
    line(circle(side(plate), [y, c], radius * 0.28)),
    ...[0, 1, 2, 3].map(turn => {
      const [s, k] = [Math.sin((turn * Math.PI) / 2 + 0.6), Math.cos((turn * Math.PI) / 2 + 0.6)]
      return line(
        polyline(side(plate), [
          [y + k * radius * 0.4, c + s * radius * 0.4],
          [y + k * radius * 0.95, c + s * radius * 0.95],
        ]),
        1,
      )
    }),
  ]
  const solids = [
    together(
      [
        prism(
          'x',
          [
            [y - radius - 30, z],
            [y + radius + 30, z],
            [y + radius + 30, c + radius * 0.4],
            [y + radius * 0.6, c + radius + 30],
            [y - radius * 0.6, c + radius + 30],
            [y - radius - 30, c + radius * 0.4],
          ],
          x,
          x + 150,
        ),
        cylinder('x', [y, c], radius, plate, x, { detail: face }),
        box([x + 150, y - 60, z + 40], [130, 120, 130], { outline: 0.5 }),
        ...(has(chosen, 'brake_hyd')
          ? [box([x + 20, y - radius - 75, z + 20], [110, 40, 80], { outline: 0.5, part: 'brake_hyd' })]
          : []),
      ],
      rotary,
    ),
  ]
  if (has(chosen, 'tailstock')) {
    const at = tableLeft + 60
    solids.push(
      together(
        [
          prism(
            'y',
            [
              [at, z],
              [at + 170, z],
              [at + 150, c + 50],
              [at + 20, c + 50],
            ],
            y - 60,
            y + 60,
          ),
          cylinder('x', [y, c], 26, at + 150, at + 240, { outline: 0.5 }),
        ],
        'tailstock',
      ),
      cylinder('x', [y, c], 34, at + 240, plate, { outline: 0.5, tones: { front: 'drawingGlass', side: 'drawingGlass' } }),
    )
  }
  return solids
}

function trunnion(part: string, radius: number, [x, y, z]: Vec): Solid[] {
  const axis = z + radius * 1.5 + 40
  const half = radius + 60
  const cheek = (at: number, width: number) =>
    prism(
      'x',
      [
        [y - radius - 20, z],
        [y + radius + 20, z],
        [y + radius * 0.55, axis + radius * 0.55],
        [y - radius * 0.55, axis + radius * 0.55],
      ],
      at,
      at + width,
      {
        detail: [line(circle(side(at), [y, axis], radius * 0.42), 1), line(circle(side(at), [y, axis], radius * 0.2))],
      },
    )
  return [
    together(
      [
        box([x - half - 90, y - radius - 40, z - 0.1], [2 * half + 260, 2 * radius + 80, 24], { outline: 0.5 }),
        cheek(x - half - 80, 80),
        prism(
          'y',
          [
            [x - half, axis - radius],
            [x + half, axis - radius],
            [x + half, axis + 10],
            [x + half - 30, axis + 10],
            [x + half - 60, axis - radius + 60],
            [x - half + 60, axis - radius + 60],
            [x - half + 30, axis + 10],
            [x - half, axis + 10],
          ],
          y - radius,
          y + radius,
          { outline: 0.5 },
        ),
        cylinder('z', [x, y], radius, axis - radius + 60, axis - 20, {
          detail: [
            line(circle(top(axis - 20), [x, y], radius * 0.35)),
            ...[0, 1, 2, 3].map(turn => {
              const a = (turn * Math.PI) / 2 + 0.4
              return line(
                polyline(top(axis - 20), [
                  [x + Math.cos(a) * radius * 0.45, y + Math.sin(a) * radius * 0.45],
                  [x + Math.cos(a) * radius * 0.95, y + Math.sin(a) * radius * 0.95],
                ]),
                1,
              )
            }),
          ],
        }),
        cheek(x + half, 150),
      ],
      part,
    ),
  ]
}
