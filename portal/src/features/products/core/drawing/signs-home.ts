import { arc, circle, front, polyline, rectangle, roundedRectangle, side, top } from './isometric.ts'
import { accent, glass, label } from './sign-kit.ts'
import { box, cylinder, filled, line, paint } from './solids.ts'
import type { Node, Tone } from './tree.ts'

const grain = (count: number, step: number): Node[] =>
  Array.from({ length: count }, (_, at) =>
    line(
      polyline(front(0), [
        [12 + at * step, 8],
        [12 + at * step + ((at % 3) - 1) * 4, 182],
      ]),
    ),
  )

/** What a wardrobe maker shows on a card. Each takes a word to be written on it and a variant. */
export const homeSigns = {
  /** a corner of board with its surface */
  board: (text: string, variant: number) => [
    ...paint([
      box([0, 0, 0], [150, 110, 22], {
        tones: { top: variant === 1 ? 'drawingTop' : variant === 4 ? 'drawingRight' : 'drawingLeft' },
        detail: [
          ...Array.from({ length: variant === 1 ? 0 : variant === 2 ? 10 : 5 }, (_, at) =>
            line(
              polyline(top(22), [
                [10 + at * (variant === 2 ? 14 : 28), 4],
                [10 + at * (variant === 2 ? 14 : 28), 106],
              ]),
            ),
          ),
          ...(variant === 2
            ? Array.from({ length: 7 }, (_, at) =>
                line(
                  polyline(top(22), [
                    [4, 12 + at * 14],
                    [146, 12 + at * 14],
                  ]),
                ),
              )
            : []),
        ],
      }),
    ]),
    ...(text === '' ? [] : [label(text, 75, 0, 5)]),
  ],

  /** a leaf in its colour: plain light, middle, dark; grained light, dark; glass, dark glass, reeded, mirror */
  leaf: (_: string, variant: number) => {
    const tones: Tone[] = [
      'drawingTop',
      'drawingLeft',
      'drawingRight',
      'drawingLeft',
      'drawingRight',
      'drawingGlass',
      'drawingRight',
      'drawingGlass',
      'drawingGlass',
      'drawingTop',
      'drawingRight',
    ]
    const shine = [0, 26].map(by =>
      line(
        polyline(front(0), [
          [24, 60 + by],
          [92, 128 + by],
        ]),
      ),
    )
    const detail: Record<number, Node[]> = {
      4: grain(6, 18),
      5: grain(9, 12),
      6: shine,
      7: shine,
      8: grain(14, 7.4),
      9: [...shine, line(rectangle(front(0), 6, 6, 108, 178))],
      10: grain(5, 22),
      11: [line(rectangle(front(0), 14, 14, 92, 162))],
    }
    return paint([
      box([0, 0, 0], [120, 16, 190], { tones: { front: tones[variant - 1] ?? 'drawingTop' }, detail: detail[variant] ?? [] }),
    ])
  },

  /** against a wall, in a corner, between walls; open above, closed to the ceiling */
  room: (_: string, variant: number) => {
    const wardrobe = box([40, 60, 0], [120, 60, variant === 5 ? 190 : 150], { outline: 1, tones: { front: 'drawingTop' } })
    return [
      filled(rectangle(front(120), 0, 0, 200, 200), 'drawingLeft'),
      ...(variant === 2 || variant === 3
        ? [filled(rectangle(side(variant === 3 ? 162 : 162), 40, 0, 80, 200), 'drawingRight')]
        : []),
      ...paint([wardrobe]),
      ...(variant === 3 ? [filled(rectangle(side(38), 0, 0, 120, 200), 'drawingGlass')] : []),
      ...(variant >= 4
        ? [
            line(
              polyline(front(120), [
                [0, 190],
                [200, 190],
              ]),
              1,
              accent,
            ),
          ]
        : []),
      ...(variant === 5 ? [line(rectangle(front(60), 40, 150, 120, 40), 1, accent)] : []),
    ]
  },

  /** a rail over a bay: profile, tube, with light, pulled out to the front */
  rod: (_: string, variant: number) => {
    const look = variant === 3 ? { tones: { front: accent, top: accent, side: accent } } : {}
    const cheek = { tones: { side: 'drawingTop' as const } }
    return variant === 4
      ? paint([
          box([0, 0, 60], [120, 160, 8], cheek),
          cylinder('y', [60, 40], 9, -60, 150),
          box([46, -60, -60], [28, 10, 88], glass),
        ])
      : paint([
          box([-8, 0, 0], [8, 70, 110], cheek),
          box([150, 0, 0], [8, 70, 110], cheek),
          cylinder('x', [35, 80], variant === 2 ? 14 : 8, 0, 150, look),
        ])
  },

  hinge: () => [
    ...paint([box([0, 0, 0], [70, 14, 150]), cylinder('y', [100, 76], 30, -4, 10)]),
    filled(roundedRectangle(front(-6), 30, 64, 80, 24, 8), 'drawingRight', 1),
    line(circle(front(-6), [46, 76], 6)),
  ],

  /** door contact, motion sensor, touch dimmer */
  switch: (_: string, variant: number) => [
    ...paint([box([0, 0, 0], [96, 14, 96])]),
    ...(variant === 1
      ? [
          filled(circle(front(0), [48, 48], 14), accent, 1),
          line(
            polyline(front(0), [
              [48, 62],
              [48, 84],
            ]),
            1,
          ),
        ]
      : variant === 2
        ? [16, 28, 40].map(radius => line(arc(front(0), [48, 26], radius, 0.6, 2.5), 1, accent))
        : [line(circle(front(0), [48, 48], 30), 1), line(arc(front(0), [48, 48], 30, 0.4, 3.6), 1.5, accent)]),
  ],

  driver: (text: string) => [
    ...paint([
      box([0, 0, 0], [150, 60, 36], {
        detail: [
          line(circle(front(0), [132, 18], 6)),
          line(
            polyline(front(0), [
              [150, 10],
              [176, -14],
            ]),
            1.5,
            accent,
          ),
        ],
      }),
    ]),
    label(text, 64, 0, 12),
  ],

  /** built lying and set up, built upright, by oneself */
  build: (_: string, variant: number) => {
    if (variant === 3)
      return [
        ...paint([box([0, 0, 0], [150, 90, 12]), box([10, 6, 12], [130, 78, 12])]),
        line(
          polyline(front(-20), [
            [20, 40],
            [90, 90],
          ]),
          1.5,
        ),
        filled(circle(front(-20), [92, 92], 12), 'drawingRight', 1),
      ]
    const solids =
      variant === 1
        ? [box([0, 0, 0], [130, 150, 40], { tones: glass.tones }), box([0, 150, 0], [130, 40, 150])]
        : [
            box([0, 0, 0], [8, 60, 150]),
            box([60, 0, 0], [8, 60, 150]),
            box([120, 0, 0], [8, 60, 150]),
            box([0, 0, 150], [128, 60, 8]),
          ]
    return [...paint(solids), line(arc(side(-10), [150, 20], 90, 1.7, 2.9), 1.5, accent)]
  },

  elevator: () => [
    ...paint([
      box([0, 0, 0], [110, 80, 180], {
        detail: [
          line(rectangle(front(0), 12, 6, 40, 150), 1),
          line(rectangle(front(0), 56, 6, 40, 150), 1),
          line(
            polyline(front(0), [
              [44, 168],
              [54, 176],
              [64, 168],
            ]),
            1.5,
            accent,
          ),
        ],
      }),
    ]),
  ],
} satisfies Record<string, (text: string, variant: number) => Node[]>
