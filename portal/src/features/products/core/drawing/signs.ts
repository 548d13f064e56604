import { arc, circle, front, polygon, polyline, project, rectangle, roundedRectangle, side, slantOf, top } from './isometric.ts'
import { box, cylinder, filled, line, paint, prism, type Solid, taper } from './solids.ts'
import type { Command, Node, Point, Tone } from './tree.ts'

export type SignKind = keyof typeof signs

/** A sign for an option, in the same projection as the machine; `text` and `variant` make it particular. */
export function sign(kind: SignKind, text = '', variant = 1): Node[] {
  return signs[kind](text, variant)
}

const accent: Tone = 'drawingAccent'
const glass = { tones: { front: 'drawingGlass', top: 'drawingGlass', side: 'drawingGlass' } } as const

const signs = {
  module: () => paint([box([0, 0, 0], [100, 100, 60]), box([20, 20, 60], [60, 60, 24])]),

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

  anchor: () =>
    paint([
      box([-90, -90, 0], [180, 180, 26]),
      cylinder('z', [0, 0], 16, 26, 150, {
        detail: Array.from({ length: 5 }, (_each, at) => line(arc(top(60 + at * 18), [0, 0], 16, 2.4, 5.5))),
      }),
      cylinder('z', [0, 0], 42, 26, 56),
    ]),

  billet: (text: string, variant: number) => {
    const chips: Node[] =
      variant === 2
        ? Array.from({ length: 16 }, (_each, at) =>
            filled(circle(top(0), [-40 - ((at * 37) % 90), -30 + ((at * 53) % 150)], 4), 'drawingLine', 0),
          )
        : Array.from({ length: 3 }, (_each, at) => line(arc(top(0), [-60 - at * 34, 30 + at * 36], 20, 0, 4.6), 1))
    return [...chips, ...paint([box([0, 0, 0], [150, 120, 80], variant >= 3 ? glass : {})]), label(text, 75, 0, 28)]
  },

  swatches: (_: string, variant: number) => {
    const fills: Tone[] =
      variant === 2
        ? ['drawingRight', 'drawingLeft', 'drawingTop']
        : variant === 3
          ? ['drawingLeft', 'drawingRight', 'drawingTop']
          : ['drawingTop', 'drawingGlass', 'drawingRight']
    return fills
      .flatMap((fill, at) =>
        paint([
          box([at * 34, at * 46, 60 - at * 22], [90, 90, 10], {
            tones: { top: fill },
            detail:
              variant === 3
                ? [20, 45, 70].map(p =>
                    line(
                      polyline(top(70 - at * 22), [
                        [at * 34 + p, at * 46],
                        [at * 34 + p, at * 46 + 90],
                      ]),
                    ),
                  )
                : [],
          }),
        ]),
      )
      .reverse()
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

  tank: (text: string, variant: number) => {
    const length = 130 + variant * 35
    return [
      ...paint([
        box([0, 0, 0], [length, 110, 90], { detail: [line(rectangle(front(0), 12, 12, length - 24, 66))] }),
        box([length - 60, 30, 90], [40, 50, 40]),
      ]),
      label(`${text} L`, length / 2, 0, 32),
    ]
  },

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

  tag: () => [
    ...paint([cylinder('z', [0, 0], 50, 0, 60)]),
    ...[70, 92, 114].map(r => line(arc(top(60), [0, 0], r, 2.2, 3.9), 1, accent)),
    filled(circle(top(60), [0, 0], 16), accent),
  ],

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

  control: (text: string) => [
    ...paint([
      box([0, 0, 0], [220, 26, 170], {
        detail: [
          filled(roundedRectangle(front(0), 14, 62, 150, 96, 8), 'drawingGlass'),
          ...grid(0, 176, 62, 2, 4, 18, 24),
          ...grid(0, 14, 12, 8, 2, 18, 20),
        ],
      }),
    ]),
    label(text, 89, 0, 96),
  ],

  screen: (_: string, variant: number) => {
    const plane = front(0)
    const inner: Record<number, Node[]> = {
      1: [line(wave(plane, 20, 90, 180, 26, 5), 1)],
      2: [
        line(
          curve(plane, [
            [20, 50],
            [70, 140],
            [130, 20],
            [200, 120],
          ]),
          1,
        ),
        line(
          polyline(plane, [
            [20, 50],
            [60, 96],
            [96, 86],
            [150, 62],
            [200, 120],
          ]),
          0.5,
        ),
      ],
      3: [
        line(arc(plane, [110, 60], 60, 0.3, 2.8), 1),
        line(
          polyline(plane, [
            [110, 60],
            [70, 130],
          ]),
          1.5,
        ),
        line(
          polyline(plane, [
            [110, 60],
            [150, 130],
          ]),
          1,
        ),
        filled(circle(plane, [110, 60], 7), accent),
      ],
      4: [
        line(circle(plane, [110, 84], 38), 1),
        line(
          polyline(plane, [
            [54, 84],
            [166, 84],
          ]),
        ),
        line(
          polyline(plane, [
            [110, 32],
            [110, 136],
          ]),
        ),
        filled(circle(plane, [148, 84], 8), accent),
      ],
      5: [
        line(rectangle(plane, 40, 40, 70, 60), 1),
        line(rectangle(plane, 92, 76, 80, 60), 1),
        filled(rectangle(plane, 92, 76, 18, 24), accent),
      ],
      6: [
        ...[120, 96, 72, 48].map((z, at) =>
          line(
            polyline(plane, [
              [26, z],
              [90 + ((at * 29) % 40), z],
            ]),
            1,
          ),
        ),
        line(rectangle(plane, 146, 52, 52, 66), 1),
        line(circle(plane, [172, 85], 14)),
      ],
    }
    return [
      ...paint([
        box([0, 0, 0], [224, 22, 168], { detail: [filled(roundedRectangle(plane, 12, 16, 200, 138, 8), 'drawingGlass')] }),
      ]),
      ...(inner[variant] ?? []),
    ]
  },

  terminals: (_: string, rows: number) => {
    const pins = Array.from({ length: rows === 1 ? 5 : 8 }, (_each, at) =>
      rows === 1
        ? [filled(rectangle(front(0), 14 + at * 34, 40, 24, 26), at === 0 ? accent : 'drawingTop')]
        : [0, 1].map(row => filled(rectangle(front(0), 10 + at * 21, 30 + row * 50, 13, 26), 'drawingTop')),
    ).flat()
    return paint([box([0, 0, 0], [184, 90, rows === 1 ? 90 : 130], { detail: pins })])
  },

  network: (_: string, nodes: number) => {
    const places: Point[] =
      nodes === 3
        ? [
            [0, 0],
            [150, -10],
            [70, 130],
          ]
        : [
            [0, 0],
            [150, 0],
          ]
    const links = places.flatMap((a, at) =>
      places.slice(at + 1).map(b =>
        line(
          [
            ['M', ...project([a[0] + 30, a[1] + 30, 20])],
            ['L', ...project([b[0] + 30, b[1] + 30, 20])],
          ],
          1,
          accent,
        ),
      ),
    )
    return [...links, ...paint(places.map(([x, y]) => box([x, y, 0], [60, 60, 44])))]
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

  direction: (_: string, variant: number) => {
    const arrow: Point[] = [
      [0, -9],
      [70, -9],
      [70, -24],
      [110, 0],
      [70, 24],
      [70, 9],
      [0, 9],
    ]
    const points: Point[] =
      variant === 1 ? arrow.map(([p, q]): Point => [-10 - p, 60 + q]) : arrow.map(([p, q]): Point => [40 + q, 130 + p])
    return [filled(polygon(top(0), points), accent), ...paint([box([0, 0, 0], [130, 120, 90])])]
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

  breaker: (text: string) => [
    ...paint([
      box([0, 0, 0], [130, 70, 160], {
        detail: [
          filled(rectangle(front(0), 44, 96, 42, 44), 'drawingTop', 1),
          filled(rectangle(front(0), 52, 116, 26, 16), accent),
        ],
      }),
    ]),
    label(text, 65, 0, 34),
  ],

  phases: (text: string) =>
    [0, 1, 2]
      .map(at =>
        line(wave(front(at * 34), at * 10, 60, 200, 34, 2, (at * 2 * Math.PI) / 3), 1.25, at === 0 ? accent : 'drawingLine'),
      )
      .concat([{ kind: 'text', at: project([120, 0, -40]), text: `${text} V`, size: 12, tone: 'ink', anchor: 'middle' }]),

  socket: (_: string, variant: number) =>
    paint([
      box([0, 0, 0], [130, 60, 150], {
        detail: [
          filled(circle(front(0), [65, 92], 40), 'drawingTop', 1),
          ...Array.from({ length: 6 }, (_each, at) =>
            filled(circle(front(0), [65 + 22 * Math.cos(at), 92 + 22 * Math.sin(at)], 5), 'drawingLine', 0),
          ),
          ...(variant === 2 ? [filled(circle(front(0), [65, 26], 12), accent)] : [line(rectangle(front(0), 40, 16, 50, 20))]),
        ],
      }),
    ]),

  kit: () =>
    paint([
      box([0, 0, 0], [200, 130, 70], { detail: [filled(rectangle(top(70), 10, 10, 180, 110), 'drawingRight')] }),
      cylinder('z', [50, 60], 26, 70, 120),
      box([90, 40, 70], [50, 50, 26]),
      cylinder('z', [170, 70], 14, 70, 100, glass),
    ]),

  document: (text: string) => [
    filled(
      polygon(front(0), [
        [0, 0],
        [130, 0],
        [130, 150],
        [100, 180],
        [0, 180],
      ]),
      'drawingTop',
      1,
    ),
    line(
      polyline(front(0), [
        [100, 180],
        [100, 150],
        [130, 150],
      ]),
      1,
    ),
    ...[130, 112].map(z =>
      line(
        polyline(front(0), [
          [18, z],
          [82, z],
        ]),
      ),
    ),
    ...(text === ''
      ? [90, 72, 54, 36].map(z =>
          line(
            polyline(front(0), [
              [18, z],
              [110, z],
            ]),
          ),
        )
      : [label(text, 65, 0, 40)]),
  ],

  crate: (_: string, variant: number) => {
    const planks =
      variant === 1
        ? [
            line(
              curve(front(0), [
                [0, 110],
                [60, 60],
                [130, 90],
                [190, 40],
              ]),
              1,
            ),
          ]
        : [30, 60, 90].map(z =>
            line(
              polyline(front(0), [
                [0, z],
                [190, z],
              ]),
            ),
          )
    const braces =
      variant === 3
        ? [
            line(
              polyline(front(0), [
                [0, 0],
                [190, 120],
              ]),
              1,
            ),
            line(
              polyline(front(0), [
                [0, 120],
                [190, 0],
              ]),
              1,
            ),
            line(
              polyline(side(0), [
                [0, 0],
                [120, 120],
              ]),
              1,
            ),
          ]
        : []
    return paint([
      box([-8, 0, -22], [30, 120, 22]),
      box([168, 0, -22], [30, 120, 22]),
      box([0, 0, 0], [190, 120, 120], { ...(variant === 1 ? glass : {}), detail: [...planks, ...braces] }),
    ])
  },

  handle: (_: string, variant: number) => [
    ...paint([box([0, 0, 0], [130, 22, 190])]),
    variant === 1
      ? filled(roundedRectangle(front(-14), 96, 40, 14, 110, 7), 'drawingRight', 1)
      : variant === 2
        ? filled(roundedRectangle(front(0), 86, 50, 26, 90, 13), 'drawingRight', 1)
        : filled(circle(front(0), [104, 96], 10), accent),
  ],
} satisfies Record<string, (text: string, variant: number) => Node[]>

/** An unseen line that keeps room for words beside the sign. */
function spread(width: number): Node {
  return {
    kind: 'path',
    d: [
      ['M', -width / 3, 0],
      ['L', (width * 2) / 3, 0],
    ],
  }
}

function label(text: string, x: number, y: number, z: number): Node {
  return {
    kind: 'text',
    at: project([x, y, z]),
    text,
    size: 12,
    tone: 'ink',
    anchor: 'middle',
    strong: true,
    slant: slantOf(front(y)),
  }
}

function grid(y: number, x: number, z: number, columns: number, rows: number, width: number, height: number): Node[] {
  return Array.from({ length: columns * rows }, (_, at) =>
    line(
      rectangle(front(y), x + (at % columns) * (width + 2), z + Math.floor(at / columns) * (height + 2), width - 4, height - 6),
    ),
  )
}

function wave(
  plane: Parameters<typeof polyline>[0],
  x: number,
  z: number,
  length: number,
  height: number,
  turns: number,
  shift = 0,
): Command[] {
  return polyline(
    plane,
    Array.from(
      { length: 40 },
      (_, at): Point => [x + (length * at) / 39, z + height * Math.sin((turns * 2 * Math.PI * at) / 39 + shift)],
    ),
  )
}

function curve(plane: Parameters<typeof polyline>[0], [a, b, c, d]: [Point, Point, Point, Point]): Command[] {
  return polyline(
    plane,
    Array.from({ length: 25 }, (_, at): Point => {
      const t = at / 24
      const mix = (i: 0 | 1) => (1 - t) ** 3 * a[i] + 3 * (1 - t) ** 2 * t * b[i] + 3 * (1 - t) * t * t * c[i] + t ** 3 * d[i]
      return [mix(0), mix(1)]
    }),
  )
}
