import { type Chosen, has, oneOf, pieces, value } from '../chosen.ts'
import { circle, front, polygon, polyline, rectangle, side, top, type Vec } from '../isometric.ts'
import { box, cylinder, filled, line, paint, prism, type Solid, taper, together } from '../solids.ts'
import type { Node } from '../tree.ts'
import type { Frame } from './frame.ts'

/** Table, rotary axis, fixtures, spindle and probes, seen through the open door. */
export function drawInterior(chosen: Chosen, frame: Frame): Node[] {
  const { opening, table, centre, roof } = frame
  const back = table.y + table.width + 330
  const [left, right] = [opening.left - 500, opening.right + 40]
  const walls: Node[] = [
    filled(rectangle(front(back), left, 300, right - left, roof - 300), 'drawingLeft', 0.5),
    filled(rectangle(side(right), 0, 300, back, roof - 300), 'drawingRight', 0.5),
    ...Array.from({ length: 9 }, (_, at) =>
      line(
        polyline(front(back), [
          [left + (at + 1) * 260, 300],
          [left + (at + 1) * 260, roof],
        ]),
      ),
    ),
    filled(
      polygon(top(640), [
        [left, 0],
        [right, 0],
        [right, back],
        [left, back],
      ]),
      'drawingLeft',
      0.5,
    ),
  ]
  const covers = [-1, 1].map(sign => {
    const inner = centre + sign * (table.length / 2 - 40)
    const outer = sign < 0 ? left : right
    return box([Math.min(inner, outer), table.y + 30, 700], [Math.abs(outer - inner), table.width - 60, 130], {
      outline: 0.5,
      detail: Array.from({ length: 7 }, (_, at) => {
        const x = inner + ((outer - inner) * (at + 1)) / 8
        return line([
          ...polyline(top(830), [
            [x, table.y + 30],
            [x, table.y + table.width - 30],
          ]),
          ...polyline(front(table.y + 30), [
            [x, 700],
            [x, 830],
          ]),
        ])
      }),
    })
  })
  const saddle = box([centre - 330, table.y - 40, 640], [660, table.width + 80, 190], {
    outline: 1,
    part: oneOf(chosen, 'ways_box', 'ways_roller'),
  })
  return [
    ...walls,
    ...paint([saddle, ...covers, tableBody(chosen, frame), ...onTable(chosen, frame), ...head(chosen, frame, back)]),
  ]
}

function tableBody(chosen: Chosen, { table, centre, base }: Frame): Solid {
  const x = centre - table.length / 2
  const { y, width, length, top: z } = table
  const kind = oneOf(chosen, 'table_pallet2', 'table_zero', 'table_tslot')
  const detail: Node[] = []
  if (kind === 'table_zero') {
    detail.push(line(rectangle(top(z), x + 60, y + 40, length - 120, width - 80)))
    for (const [dx, dy] of [
      [0.28, 0.27],
      [0.72, 0.27],
      [0.28, 0.73],
      [0.72, 0.73],
    ] as const) {
      detail.push(
        filled(circle(top(z), [x + length * dx, y + width * dy], 78), 'drawingLeft', 1),
        line(circle(top(z), [x + length * dx, y + width * dy], 36)),
      )
    }
  } else {
    const slots = (base === 'vm850' ? 5 : 7) + value(chosen, 'tslots')
    for (let slot = 1; slot <= slots; slot++) {
      const at = y + (width * slot) / (slots + 1)
      detail.push(
        line([
          ...polyline(top(z), [
            [x, at - 8],
            [x + length, at - 8],
          ]),
          ...polyline(top(z), [
            [x, at + 8],
            [x + length, at + 8],
          ]),
        ]),
        line(
          polyline(side(x), [
            [at - 8, z],
            [at - 8, z - 24],
            [at - 20, z - 24],
            [at - 20, z - 44],
            [at + 20, z - 44],
            [at + 20, z - 24],
            [at + 8, z - 24],
            [at + 8, z],
          ]),
        ),
      )
    }
  }
  if (has(chosen, 'scales'))
    detail.push({
      kind: 'group',
      part: 'scales',
      children: [filled(rectangle(front(y), x + 40, z - 110, length - 80, 26), 'drawingGlass', 0.5)],
    })
  return box([x, y, z - 130], [length, width, 130], { outline: 1.5, part: kind, detail })
}

function onTable(chosen: Chosen, frame: Frame): Solid[] {
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

function head(chosen: Chosen, frame: Frame, back: number): Solid[] {
  const { table, centre, roof, riser } = frame
  const y = table.y + table.width / 2
  const nose = table.top + 430 + riser * 0.8
  const spindle = oneOf(chosen, 'sp6_gear', 'sp8_belt', 'sp10_direct', 'sp12_direct', 'sp15_builtin', 'sp18_builtin')
  const half = { sp6_gear: 230, sp8_belt: 165, sp10_direct: 165, sp12_direct: 170, sp15_builtin: 190, sp18_builtin: 200 }[
    spindle ?? 'sp10_direct'
  ]
  const builtin = spindle === 'sp15_builtin' || spindle === 'sp18_builtin'
  const holder = oneOf(chosen, 'bt50') ? 62 : oneOf(chosen, 'hsk_a63') ? 44 : 50
  const probe = oneOf(chosen, 'probe_radio', 'probe_ir')
  const lower = nose + 190
  const solids: Solid[] = [
    box([centre - half, y - half * 0.9, lower], [2 * half, back - y + half * 0.9, Math.max(60, roof - lower)], {
      outline: 1.5,
      part: spindle,
    }),
    ...(builtin
      ? [
          cylinder('z', [centre, y], half * 0.78, nose + 40, lower, { outline: 1, part: spindle, detail: [] }),
          cylinder('z', [centre, y], half * 0.62, nose, nose + 40, { outline: 1, part: spindle }),
        ]
      : [taper([centre, y], { z: nose, radius: half * 0.55 }, { z: lower, radius: half * 0.82 }, { part: spindle })]),
    cylinder('z', [centre, y], holder, nose - 42, nose, { outline: 1, part: oneOf(chosen, 'bt40', 'bbt40', 'hsk_a63', 'bt50') }),
    probe
      ? together(
          [
            cylinder('z', [centre, y], 32, nose - 130, nose - 42, { outline: 0.5 }),
            cylinder('z', [centre, y], 5, nose - 205, nose - 130, { outline: 0.5 }),
            cylinder('z', [centre, y], 10, nose - 222, nose - 205, {
              outline: 0.5,
              tones: { top: 'drawingAccent', front: 'drawingAccent' },
            }),
          ],
          probe,
        )
      : cylinder('z', [centre, y], 22, nose - 190, nose - 42, {
          outline: 0.5,
          detail: [
            line(
              polyline(front(y - 22), [
                [centre - 10, nose - 190],
                [centre + 14, nose - 120],
              ]),
            ),
          ],
        }),
  ]
  const coolant = oneOf(chosen, 'cool_flood', 'cts20', 'cts70', 'mql')
  if (coolant)
    solids.push({
      part: coolant,
      min: [centre - half - 30, y - half, nose - 60],
      max: [centre - half, y - half + 10, nose + 200],
      nodes: [-0.8, 0.8].map(at =>
        line(
          polyline(front(y - half * 0.9), [
            [centre + half * at, lower],
            [centre + half * at, nose + 60],
            [centre + half * at * 0.62, nose - 10],
          ]),
          1,
        ),
      ),
    })
  return solids
}
