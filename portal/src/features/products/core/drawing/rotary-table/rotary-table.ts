import { type Chosen, has, oneOf } from '../chosen.ts'
import { drawDimension } from '../dimensions.ts'
import { circle, front, polyline, rectangle, roundedRectangle, side, top } from '../isometric.ts'
import { box, cylinder, filled, line, paint, prism, rectanglePoints, type Solid, together } from '../solids.ts'
import type { Node } from '../tree.ts'

/** The rotary table as mounted, on a strip of machine table. */
export function drawRotaryTable(chosen: Chosen, { dimensions = false }: { dimensions?: boolean } = {}): Node[] {
  const size = oneOf(chosen, 'd400', 'd320', 'd200') ?? 'd255'
  const [diameter, centre] = {
    d200: [200, 140] as const,
    d255: [255, 160] as const,
    d320: [320, 210] as const,
    d400: [400, 260] as const,
  }[size]
  const flat = has(chosen, 'flat')
  const r = diameter / 2
  const solids = flat ? lying(chosen, r) : standing(chosen, r, centre, size)
  const left = flat ? -r - 260 : has(chosen, 'ts_manual', 'ts_hyd', 'c_bridge') ? -520 : -300
  const table = box([left, -260, -90], [(flat ? r + 180 : 460) - left, 520, 90], {
    outline: 1,
    detail: [-160, 0, 160].flatMap(y => [
      line(
        polyline(top(0), [
          [left, y - 9],
          [flat ? r + 180 : 460, y - 9],
        ]),
      ),
      line(
        polyline(top(0), [
          [left, y + 9],
          [flat ? r + 180 : 460, y + 9],
        ]),
      ),
    ]),
  })
  return [...paint([table, ...solids]), ...(dimensions && !flat ? measure(diameter, centre) : [])]
}

function standing(chosen: Chosen, r: number, c: number, size: string): Solid[] {
  const drive = oneOf(chosen, 'worm', 'cam', 'direct')
  const motor = oneOf(chosen, 'm_fanuc', 'm_siemens')
  const brake = oneOf(chosen, 'b_air', 'b_hyd')
  const wide = r + 34
  const plate = 120
  const solids: Solid[] = [
    together(
      [
        box([plate + 10, -wide - 20, 0], [175, 2 * wide + 40, 34], { outline: 1 }),
        prism(
          'x',
          [
            [-wide, 34],
            [wide, 34],
            [wide, c + r * 0.3],
            [wide * 0.62, c + wide],
            [-wide * 0.62, c + wide],
            [-wide, c + r * 0.3],
          ],
          plate + 30,
          plate + 190,
          { outline: 1.5 },
        ),
        cylinder('x', [0, c], r, plate, plate + 30, { outline: 1.5, detail: faceOf(chosen, r, c, plate) }),
      ],
      size,
    ),
    together(
      [
        drive === 'direct'
          ? cylinder('x', [0, c], r * 0.8, plate + 190, plate + 290, { outline: 1 })
          : box([plate + 190, -wide * 0.5, 60], [80, wide, c], { outline: 1 }),
        ...(drive === 'cam' ? [cylinder('x', [0, c], r * 0.45, plate + 270, plate + 300, { outline: 0.5 })] : []),
      ],
      drive,
    ),
  ]
  if (motor && drive !== 'direct')
    solids.push(
      together(
        [
          box([plate + 60, -wide - 150, c * 0.5], [110, 130, 110], { outline: 1 }),
          box([plate + 75, -wide - 250, c * 0.5 + 12], [80, 100, 86], { outline: 0.5 }),
        ],
        motor,
      ),
    )
  if (brake === 'b_hyd') solids.push(box([plate + 60, -40, c + wide], [90, 80, 46], { part: brake, outline: 1 }))
  if (has(chosen, 'enc'))
    solids.push(
      cylinder('x', [0, c], 46, plate + 300, plate + 360, {
        part: 'enc',
        outline: 1,
        detail: [line(circle(side(plate + 300), [0, c], 34), 1, 'drawingAccent'), line(circle(side(plate + 300), [0, c], 14))],
      }),
    )
  const support = oneOf(chosen, 'ts_manual', 'ts_hyd')
  if (support)
    solids.push(
      together(
        [
          prism(
            'y',
            [
              [-470, 0],
              [-300, 0],
              [-310, c + 60],
              [-450, c + 60],
            ],
            -70,
            70,
            { outline: 1.5 },
          ),
          cylinder('x', [0, c], 30, -310, -250, { outline: 1 }),
          ...(support === 'ts_hyd'
            ? [cylinder('z', [-380, 0], 26, c + 60, c + 120, { outline: 0.5 })]
            : [cylinder('y', [-380, c], 34, -110, -70, { outline: 1 })]),
        ],
        support,
      ),
    )
  if (has(chosen, 'c_bridge'))
    solids.push(
      box([support ? -250 : -180, -r * 0.7, c - 24], [(support ? 250 : 180) + plate, r * 1.4, 48], {
        part: 'c_bridge',
        outline: 1,
        detail: [line(rectangle(top(c + 24), -160, -r * 0.5, 240, r))],
      }),
    )
  if (has(chosen, 'rotary_joint'))
    solids.push(
      together(
        [
          cylinder('x', [0, c], 34, plate + 360, plate + 430, { outline: 1 }),
          ...[0, 1].map(at => cylinder('z', [plate + 385 + at * 28, 0], 8, c + 34, c + 74, { outline: 0.5 })),
        ],
        'rotary_joint',
      ),
    )
  return solids
}

function lying(chosen: Chosen, r: number): Solid[] {
  const height = r * 1.15
  const solids: Solid[] = [
    together(
      [
        prism('z', rectanglePoints(-r - 60, -r - 40, 2 * r + 160, 2 * r + 80), 0, height, { outline: 1.5 }),
        cylinder('z', [0, 0], r, height, height + 34, {
          outline: 1.5,
          detail: [
            line(circle(top(height + 34), [0, 0], r * 0.25), 1),
            ...slots(r).map(([a, b]) => line(polyline(top(height + 34), [a, b]), 1)),
          ],
        }),
      ],
      oneOf(chosen, 'd200', 'd255', 'd320', 'd400'),
    ),
  ]
  const motor = oneOf(chosen, 'm_fanuc', 'm_siemens')
  if (motor && !has(chosen, 'direct')) solids.push(box([-r - 220, -55, 30], [160, 110, 110], { part: motor, outline: 1 }))
  if (has(chosen, 'c_chuck'))
    solids.push(
      cylinder('z', [0, 0], r * 0.75, height + 34, height + 100, {
        part: 'c_chuck',
        outline: 1,
        detail: slots(r * 0.75, 3).map(([a, b]) => line(polyline(top(height + 100), [a, b]), 1.5)),
      }),
    )
  if (has(chosen, 'c_zero'))
    solids.push(
      cylinder('z', [0, 0], r * 0.5, height + 34, height + 70, {
        part: 'c_zero',
        outline: 1,
        detail: [line(circle(top(height + 70), [0, 0], r * 0.22), 1)],
      }),
    )
  return solids
}

function slots(r: number, count = 6): [[number, number], [number, number]][] {
  return Array.from({ length: count }, (_, at) => {
    const angle = (at / count) * 2 * Math.PI + 0.35
    return [
      [Math.cos(angle) * r * 0.36, Math.sin(angle) * r * 0.36],
      [Math.cos(angle) * r * 0.95, Math.sin(angle) * r * 0.95],
    ]
  })
}

function faceOf(chosen: Chosen, r: number, c: number, x: number): Node[] {
  const moved = slots(r, has(chosen, 'c_chuck') ? 3 : 6).map(points => points.map(([p, q]) => [p, q + c] as const))
  const nodes = [
    line(circle(side(x), [0, c], r * 0.25), 1),
    line(circle(side(x), [0, c], r - 12)),
    ...moved.map(points => line(polyline(side(x), points), has(chosen, 'c_chuck') ? 1.5 : 1)),
  ]
  if (has(chosen, 'c_chuck'))
    nodes.push(
      ...cylinder('x', [0, c], r * 0.7, x - 50, x, {
        outline: 1,
        detail: [
          line(circle(side(x - 50), [0, c], r * 0.2), 1),
          ...slots(r * 0.7, 3).map(points =>
            line(
              polyline(
                side(x - 50),
                points.map(([p, q]) => [p, q + c] as const),
              ),
              1.5,
            ),
          ),
        ],
      }).nodes,
    )
  if (has(chosen, 'c_zero'))
    nodes.push(
      ...cylinder('x', [0, c], r * 0.5, x - 30, x, {
        outline: 1,
        detail: [filled(roundedRectangle(side(x - 30), -20, c - 20, 40, 40, 20), 'drawingTop')],
      }).nodes,
    )
  return nodes
}

function measure(diameter: number, centre: number): Node[] {
  const [x, before] = [120, 20]
  return [
    ...drawDimension({
      from: [x - 150, -diameter / 2, 0],
      to: [x - 150, diameter / 2, 0],
      away: [-1, 0, 0],
      feet: [
        [x, -diameter / 2, 0],
        [x, diameter / 2, 0],
      ],
      text: `Ø${diameter}`,
      plane: top(0),
      arrow: 22,
    }),
    ...drawDimension({
      from: [before, -diameter / 2 - 110, 0],
      to: [before, -diameter / 2 - 110, centre],
      away: [0, -1, 0],
      feet: [
        [before, -diameter / 2, 0],
        [before, 0, centre],
      ],
      text: String(centre),
      arrow: 22,
    }),
    line(
      polyline(front(0), [
        [before - 60, centre],
        [x + 420, centre],
      ]),
      0.5,
      'inkMuted',
    ),
  ]
}
