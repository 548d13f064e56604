import { arc, circle, front, polyline, project, side, top } from './isometric.ts'
import { accent, glass, spread } from './sign-kit.ts'
import { box, cylinder, filled, line, paint, prism, type Solid, taper } from './solids.ts'
import type { Node, Point } from './tree.ts'

/** Parts of machines by their usual section or outline. Each takes a word to be written on it and a variant. */
export const mechanicalSigns = {
  rail: (_: string, variant: number) => {
    const rail: Point[] =
      variant === 1
        ? [
            [30, 0],
            [70, 0],
            [70, 18],
            [62, 30],
            [70, 44],
            [30, 44],
            [38, 30],
            [30, 18],
          ]
        : [
            [10, 0],
            [90, 0],
            [90, 30],
            [105, 30],
            [105, 50],
            [-5, 50],
            [-5, 30],
            [10, 30],
          ]
    const width = variant === 1 ? 76 : 130
    return paint([
      prism('y', rail, 0, 260),
      box([50 - width / 2, 80, variant === 1 ? 44 : 50], [width, 110, 36], {
        detail: [0.25, 0.75].map(part => line(circle(top(variant === 1 ? 80 : 86), [50, 80 + 110 * part], 9))),
      }),
    ])
  },

  screw: (kind: string) => {
    const hollow = kind === 'hollow'
    const thread = Array.from({ length: 15 }, (_each, at) => line(arc(side(at * 18), [0, 0], 22, -0.4, 2.75)))
    return paint([
      cylinder('x', [0, 0], 22, 0, 270, {
        detail: [...thread, ...(hollow ? [filled(circle(side(0), [0, 0], 10), 'drawingAccent')] : [])],
      }),
      cylinder('x', [0, 0], 46, 110, 170),
    ])
  },

  spindle: (text: string, variant: number) => {
    const body: Solid[] =
      variant === 3
        ? [
            cylinder('z', [0, 0], 62, 20, 170, { detail: [40, 56, 150].map(z => line(arc(top(z), [0, 0], 62, 2.36, 5.5))) }),
            cylinder('z', [0, 0], 76, 90, 106),
            cylinder('z', [0, 0], 46, -10, 20),
          ]
        : [
            cylinder('z', [0, 0], 46, 10, 110),
            cylinder('z', [0, 0], 66, 84, 100),
            taper([0, 0], { z: -14, radius: 30 }, { z: 10, radius: 44 }),
          ]
    if (variant === 1)
      body.push(box([-60, -40, 116], [230, 80, 26]), cylinder('z', [130, 0], 40, 20, 112), cylinder('z', [0, 0], 20, 142, 156))
    if (variant === 2) body.push(cylinder('z', [0, 0], 28, 110, 128), box([-46, -46, 128], [92, 92, 96]))
    if (variant === 4)
      body.push(
        box([-70, -70, 110], [150, 150, 80], {
          detail: [line(circle(front(-70), [-20, 150], 26), 1), line(circle(front(-70), [32, 150], 20), 1)],
        }),
        cylinder('z', [0, 0], 36, 190, 250),
      )
    return [
      ...paint(body),
      {
        kind: 'path',
        d: [
          ['M', ...project([0, 0, -30])],
          ['L', ...project([0, 0, -64])],
        ],
        stroke: accent,
        weight: 1.5,
      } as Node,
      { kind: 'text', at: [variant === 1 ? 150 : 96, 70], text: `${text}k`, size: 12, tone: 'ink', strong: true } as Node,
    ]
  },

  taper: (text: string, variant: number) => {
    const wide = variant === 4 ? 1.3 : 1
    const shank: Solid[] = [cylinder('z', [0, 0], 26 * wide, -60, 0), cylinder('z', [0, 0], 48 * wide, 0, 18)]
    const hollow = [
      cylinder('z', [0, 0], 48, 18, 34),
      taper(
        [0, 0],
        { z: 34, radius: 36 },
        { z: 90, radius: 30 },
        { detail: [filled(circle(top(90), [0, 0], 20), 'drawingRight')] },
      ),
    ]
    const solid = [
      cylinder('z', [0, 0], 40 * wide, 18, 28),
      cylinder('z', [0, 0], 48 * wide, 28, 46, variant === 2 ? { tones: { top: accent } } : {}),
      taper([0, 0], { z: 46, radius: 36 * wide }, { z: 150 * wide, radius: 17 * wide }),
      cylinder('z', [0, 0], 8 * wide, 150 * wide, 182 * wide),
    ]
    return [
      ...paint([...shank, ...(variant === 3 ? hollow : solid)]),
      { kind: 'text', at: [88, 50], text, size: 12, tone: 'ink' } satisfies Node,
      spread(230),
    ]
  },

  probe: (_: string, variant: number) => [
    ...paint([
      cylinder('z', [0, 0], 48, 0, 30),
      cylinder('z', [0, 0], 36, -90, 0, {
        detail: [line(arc(top(-30), [0, 0], 36, 2.36, 5.5)), line(arc(top(-60), [0, 0], 36, 2.36, 5.5))],
      }),
      cylinder('z', [0, 0], 7, -160, -90),
      cylinder('z', [0, 0], 12, -178, -160, { tones: { front: accent, top: accent } }),
    ]),
    ...(variant === 2
      ? [60, 82, 104].map(r => line(arc(front(0), [20, -30], r, -0.6, 0.6), 1, accent))
      : [-14, 0, 14].map(
          (z): Node => ({
            kind: 'path',
            d: [
              ['M', ...project([44, 0, -30 + z * 0.4])],
              ['L', ...project([140, 0, -30 + z * 2.4])],
            ],
            stroke: accent,
            weight: 1,
            dash: [3, 2],
          }),
        )),
  ],

  fixture: (text: string, variant: number) => [
    ...paint([
      box([0, 0, 0], [90, 80, 60]),
      cylinder('z', [45, 40], 24, 60, variant === 1 ? 120 : 96),
      ...(variant === 1 ? [box([-20, 24, 120], [100, 32, 20])] : [cylinder('z', [45, 40], 34, 96, 106)]),
    ]),
    { kind: 'text', at: [90, 20], text, size: 11, tone: 'ink' },
    spread(330),
  ],

  drive: (_: string, variant: number) => {
    const teeth = Array.from({ length: 24 }, (_each, at) => (at / 24) * 2 * Math.PI)
    if (variant === 3)
      return paint([
        cylinder('x', [0, 0], 90, 0, 60, {
          detail: [
            line(circle(side(0), [0, 0], 70), 1),
            line(circle(side(0), [0, 0], 40), 1),
            ...teeth.map(a =>
              line(
                polyline(side(0), [
                  [Math.cos(a) * 44, Math.sin(a) * 44],
                  [Math.cos(a) * 66, Math.sin(a) * 66],
                ]),
              ),
            ),
          ],
        }),
      ])
    const wheel =
      variant === 1
        ? teeth.map(a =>
            line(
              polyline(side(0), [
                [Math.cos(a) * 72, Math.sin(a) * 72],
                [Math.cos(a) * 86, Math.sin(a) * 86],
              ]),
              1,
            ),
          )
        : teeth
            .filter((_each, at) => at % 2 === 0)
            .map(a => filled(circle(side(0), [Math.cos(a) * 74, Math.sin(a) * 74], 12), 'drawingTop'))
    return paint([
      cylinder('x', [0, 0], 88, 0, 34, { detail: [line(circle(side(0), [0, 0], 28)), ...wheel] }),
      cylinder('y', [17, -112], 24, -110, 110, {
        detail: Array.from({ length: 8 }, (_each, at) =>
          line(arc(front(-96 + at * 26), [17, -112], 24, variant === 1 ? 0.2 : 0.8, 3.2)),
        ),
      }),
    ])
  },

  disc: (_: string, variant: number) => {
    const slots =
      variant === 3 || variant === 4
        ? Array.from({ length: variant === 4 ? 3 : 6 }, (_each, at) => {
            const a = (at / (variant === 4 ? 3 : 6)) * 2 * Math.PI + 0.4
            return line(
              polyline(side(0), [
                [Math.cos(a) * 30, Math.sin(a) * 30],
                [Math.cos(a) * 84, Math.sin(a) * 84],
              ]),
              variant === 4 ? 2 : 1,
            )
          })
        : []
    const modules =
      variant === 5
        ? [0, 1, 2, 3].map(at =>
            filled(circle(side(0), [44 * Math.cos(at * 1.571 + 0.78), 44 * Math.sin(at * 1.571 + 0.78)], 17), 'drawingTop', 1),
          )
        : []
    const parts: Solid[] = [
      cylinder('x', [0, 0], 90, 0, 26, {
        detail: [line(circle(side(0), [0, 0], 26)), line(circle(side(0), [0, 0], 80)), ...slots, ...modules],
      }),
    ]
    if (variant <= 2)
      parts.push(
        box([-26, -40, 50], [70, 80, 70], {
          detail: Array.from({ length: variant }, (_each, at) => line(circle(side(-26), [-18 + at * 36, 85], 11), 1, accent)),
        }),
      )
    return paint(parts)
  },

  nozzle: (text: string, variant: number) => {
    if (variant === 1 || variant === 4)
      return [
        ...paint([cylinder('z', [0, 0], 22, 60, 150), taper([0, 0], { z: 26, radius: 10 }, { z: 60, radius: 22 })]),
        ...(variant === 1 ? [-26, -9, 9, 26] : [-30, -16, 0, 16, 30]).map(
          (x, at): Node => ({
            kind: 'path',
            d: [
              ['M', ...project([x * 0.3, 0, 22])],
              ['L', ...project([x * 1.7, 0, -60 - (at % 2) * 14])],
            ],
            stroke: 'drawingLine',
            weight: 1,
            ...(variant === 4 ? { dash: [1.5, 3] } : {}),
          }),
        ),
      ]
    const jet = variant === 3 ? 3 : 1.5
    return [
      ...paint([
        cylinder('z', [0, 0], 58, 96, 150),
        taper([0, 0], { z: 50, radius: 30 }, { z: 96, radius: 54 }),
        cylinder('z', [0, 0], 15, -30, 50, {
          detail: [
            line([
              ['M', ...project([-14, 0, -20])],
              ['L', ...project([14, 0, 40])],
            ]),
          ],
        }),
      ]),
      {
        kind: 'path',
        d: [
          ['M', ...project([0, 0, -34])],
          ['L', ...project([0, 0, -92])],
        ],
        stroke: accent,
        weight: jet,
      } as Node,
      ...(text === '' ? [] : [{ kind: 'text', at: [46, 62], text: `${text} bar`, size: 11, tone: 'ink' } satisfies Node]),
    ]
  },

  sphere: () => {
    const [x, y] = project([0, 0, 140])
    const r = 38
    const k = r * 0.5523
    return [
      ...paint([box([-50, -50, 0], [100, 100, 24]), cylinder('z', [0, 0], 12, 24, 110)]),
      filled(
        [
          ['M', x + r, y],
          ['C', x + r, y + k, x + k, y + r, x, y + r],
          ['C', x - k, y + r, x - r, y + k, x - r, y],
          ['C', x - r, y - k, x - k, y - r, x, y - r],
          ['C', x + k, y - r, x + r, y - k, x + r, y],
          ['Z'],
        ],
        'drawingTop',
        1,
      ),
    ]
  },

  scale: () =>
    paint([
      box([0, 0, 0], [280, 24, 40], {
        detail: Array.from({ length: 18 }, (_each, at) =>
          line(
            polyline(front(0), [
              [10 + at * 15, 8],
              [10 + at * 15, at % 3 === 0 ? 32 : 20],
            ]),
          ),
        ),
      }),
      box([110, -30, -6], [70, 28, 60], glass),
    ]),

  thermometer: () => [
    ...paint([box([-30, 0, 0], [150, 90, 50])]),
    ...[0, 1, 2].flatMap(at => [
      line(
        [
          ['M', ...project([5 + at * 40, 45, 50])],
          ['L', ...project([5 + at * 40, 45, 130])],
        ],
        2.5,
        at === 1 ? accent : 'drawingLine',
      ),
      filled(circle(top(50), [5 + at * 40, 45], 9), accent),
    ]),
  ],
} satisfies Record<string, (text: string, variant: number) => Node[]>
