import { arc, circle, front, polygon, polyline, rectangle, roundedRectangle } from './isometric.ts'
import { curve, label } from './sign-kit.ts'
import { dashed, filled, line, paint, prism } from './solids.ts'
import type { Command, Node, Point, Tone } from './tree.ts'

const plane = front(0)
const path = (...points: Point[]): Command[] => polyline(plane, points)
const shape = (...points: Point[]): Command[] => polygon(plane, points)

/** Half a jacket as a cutter draws it: neck, shoulder, armhole, side, hem, front edge. */
const half: Point[] = [
  [20, 190],
  [62, 172],
  [56, 130],
  [72, 112],
  [64, 70],
  [74, 0],
  [10, 0],
  [0, 80],
]

/** What a tailor shows on a card. Each takes a word to be written on it and a variant. */
export const tailorSigns = {
  bolt: (text: string, variant: number) => {
    const weave: Node[][] = [
      [],
      Array.from({ length: 9 }, (_, at) => line(path([8 + at * 16, 4], [20 + at * 16, 58]))),
      Array.from({ length: 14 }, (_, at) => line(path([8 + at * 10, 4], [8 + at * 10, 58]))),
      Array.from({ length: 24 }, (_, at) =>
        line(path([8 + ((at * 37) % 136), 8 + ((at * 23) % 46)], [16 + ((at * 37) % 136), 14 + ((at * 23) % 46)])),
      ),
      Array.from({ length: 4 }, (_, at) =>
        line(
          curve(plane, [
            [4, 10 + at * 15],
            [50, 22 + at * 15],
            [100, -2 + at * 15],
            [148, 12 + at * 15],
          ]),
        ),
      ),
    ]
    const profile: Point[] = Array.from(
      { length: 18 },
      (_, at): Point => [30 + 30 * Math.cos((at * Math.PI) / 9), 92 + 30 * Math.sin((at * Math.PI) / 9)],
    )
    return [
      ...paint([prism('x', profile, 0, 152, { outline: 1 })]),
      filled(shape([0, 0], [152, 0], [152, 84], [0, 84]), 'drawingTop', 1),
      ...(weave[variant - 1] ?? []),
      ...(text === '' ? [] : [label(text, 76, 0, 28)]),
    ]
  },

  chip: (text: string, variant: number) => {
    const tones: Tone[] = ['drawingTop', 'drawingLeft', 'drawingRight', 'drawingGlass']
    const teeth = Array.from({ length: 9 }, (_, at): Point[] => [
      [at * 14, 0],
      [at * 14 + 7, 6],
    ]).flat()
    return [
      filled(shape(...teeth, [126, 0], [126, 110], [0, 110]), tones[variant - 1] ?? 'drawingTop', 1),
      line(path([8, 96], [118, 96])),
      line(path([8, 14], [118, 14])),
      label(text, 63, 0, 46),
    ]
  },

  /** slim, regular, comfort: ease around the body */
  figure: (_: string, variant: number) => {
    const out = variant * 9
    const side = (sign: 1 | -1, more: number): Point[] => [
      [0, 186],
      [sign * 22, 180],
      [sign * (56 + more * 0.4), 164],
      [sign * (50 + more), 120],
      [sign * (38 + more), 70],
      [sign * (50 + more), 0],
    ]
    return [
      filled(shape(...side(1, out), ...side(-1, out).toReversed()), 'drawingTop', 1),
      ...([1, -1] as const).map(sign => dashed(path(...side(sign, 0)), [3, 2], 1, 'drawingAccent')),
      line(path([0, 186], [0, 0])),
    ]
  },

  posture: (_: string, variant: number) => {
    const lean = [0, -16, 18][variant - 1] ?? 0
    const back = curve(plane, [
      [0, 0],
      [-20, 60],
      [-12 + lean * 1.6, 130],
      [lean * 0.6, 180],
    ])
    const chest = curve(plane, [
      [46, 0],
      [52, 50],
      [66 + (variant === 2 ? 16 : variant === 3 ? -12 : 0), 120],
      [34 + lean * 0.6, 180],
    ])
    return [
      filled(circle(plane, [24 + lean, 214], 24), 'drawingTop', 1),
      line(back, 1.5),
      line(chest, 1),
      dashed(path([24, -8], [24, 246]), [5, 3], 0.5, 'drawingAccent'),
    ]
  },

  shoulder: (_: string, variant: number) => {
    const fall = [38, 22, 62][variant - 1] ?? 38
    const side = (sign: 1 | -1): Point[] => [
      [sign * 22, 150],
      [sign * 30, 120],
      [sign * 100, 120 - fall],
      [sign * 108, 20],
    ]
    return [
      filled(circle(plane, [0, 172], 30), 'drawingTop', 1),
      ...([1, -1] as const).map(sign => line(path(...side(sign)), 1.5)),
      ...([1, -1] as const).map(sign => dashed(path([sign * 30, 120], [sign * 112, 120]), [3, 2], 0.5, 'drawingAccent')),
    ]
  },

  /** none, thin, roped: a section through the shoulder */
  pad: (_: string, variant: number) => {
    const thick = [0, 10, 20][variant - 1] ?? 0
    const rope = variant === 3 ? 18 : 0
    return [
      line(
        curve(plane, [
          [0, 70],
          [60, 66],
          [110, 60],
          [130, 20],
        ]),
        1,
      ),
      ...(thick > 0 ? [filled(shape([40, 72], [124, 58], [120, 66 + thick], [90, 68 + thick]), 'drawingAccent', 0.5)] : []),
      line(path([0, 78 + thick], [112, 70 + thick], [124, 74 + thick + rope], [146, 52], [152, 0]), 1.5),
      ...(variant === 1 ? [0, 1, 2, 3].map(at => line(path([120 + at * 7, 66 - at * 6], [118 + at * 8, 42 - at * 6]))) : []),
    ]
  },

  /** what holds the front: fusing, half canvas, full canvas, nothing */
  canvas: (_: string, variant: number) => {
    const area: Point[][] = [
      half,
      [
        [20, 190],
        [62, 172],
        [56, 130],
        [60, 108],
        [20, 84],
        [0, 84],
      ],
      half,
      [],
    ]
    const tones: Tone[] = ['drawingGlass', 'drawingAccent', 'drawingAccent', 'drawingTop']
    const held = area[variant - 1] ?? []
    return [
      filled(shape(...half), 'drawingTop', 1.5),
      ...(held.length > 0 ? [{ ...filled(shape(...held), tones[variant - 1] ?? 'drawingTop', 0.5), opacity: 0.55 }] : []),
      ...(variant === 2 || variant === 3
        ? [0, 1, 2, 3].map(at => dashed(path([10 + at * 2, 170 - at * 22], [40 + at * 3, 160 - at * 20]), [3, 3], 1))
        : []),
      line(path([20, 190], [0, 80]), 1),
      line(path([22, 60], [58, 60]), 1),
    ]
  },

  /** full, half, sleeves only; the trouser leg to its knee */
  lined: (_: string, variant: number) => {
    if (variant === 4)
      return [
        filled(shape([0, 190], [70, 190], [58, 0], [16, 0]), 'drawingTop', 1.5),
        filled(shape([0, 190], [70, 190], [64, 92], [10, 92]), 'drawingGlass', 1),
        line(path([36, 190], [37, 0])),
      ]
    const whole = half.map(([x, y]): Point => [-x, y]).toReversed()
    const inside: Point[] =
      variant === 1
        ? [...half, ...whole]
        : [
            [20, 190],
            [62, 172],
            [56, 130],
            [70, 118],
            [-70, 118],
            [-56, 130],
            [-62, 172],
            [-20, 190],
          ]
    return [
      filled(shape(...half, ...whole), 'drawingTop', 1.5),
      ...(variant === 3 ? [] : [filled(shape(...inside), 'drawingGlass', 0.5)]),
      ...([1, -1] as const).map(sign =>
        filled(
          shape([sign * 62, 172], [sign * 84, 150], [sign * 104, 30], [sign * 76, 26], [sign * 70, 112], [sign * 56, 130]),
          'drawingGlass',
          1,
        ),
      ),
      line(path([0, 184], [0, 0])),
    ]
  },

  /** plain, by machine, by hand; with a buttonhole */
  edge: (_: string, variant: number) => [
    filled(shape([0, 0], [120, 0], [120, 40], [60, 130], [0, 130]), 'drawingLeft', 0.5),
    line(path([120, 0], [120, 40], [60, 130], [0, 130]), 1.5),
    ...(variant === 2 || variant === 3
      ? [
          dashed(
            path([106, 0], [106, 36], [52, 117], [0, 117]),
            variant === 3 ? [5, 4] : [2.5, 2.5],
            variant === 3 ? 1.5 : 1,
            'drawingAccent',
          ),
        ]
      : []),
    ...(variant === 4
      ? [line(path([46, 92], [86, 62]), 1.5, 'drawingAccent'), line(path([42, 88], [50, 97]), 1.5, 'drawingAccent')]
      : []),
    line(path([20, 30], [70, 30])),
  ],

  /** none, centre, sides: the back below the waist */
  vent: (_: string, variant: number) => [
    filled(shape([-70, 0], [70, 0], [60, 130], [-60, 130]), 'drawingTop', 1.5),
    line(path([0, 130], [0, variant === 2 ? 78 : 0]), 1),
    ...(variant === 2 ? [filled(shape([0, 78], [0, 0], [-12, 0]), 'drawingAccent', 1)] : []),
    ...(variant === 3
      ? ([1, -1] as const).map(sign => filled(shape([sign * 44, 78], [sign * 48, 0], [sign * 34, 0]), 'drawingAccent', 1))
      : []),
    line(path([-64, 130], [64, 130]), 1),
  ],

  cuff: () => [
    filled(shape([0, 0], [110, 0], [104, 160], [4, 160]), 'drawingLeft', 1.5),
    line(path([84, 0], [80, 120]), 1),
    ...[24, 46, 68, 90].flatMap(z => [
      filled(circle(plane, [94, z], 8), 'drawingTop', 1),
      line(path([62, z], [80, z]), 1, 'drawingAccent'),
    ]),
  ],

  letters: (text: string) => [
    filled(roundedRectangle(plane, 0, 0, 150, 96, 10), 'drawingGlass', 1),
    dashed(roundedRectangle(plane, 10, 10, 130, 76, 6), [3, 2]),
    line(path([30, 26], [120, 26])),
    label(text, 75, 0, 42),
  ],

  spool: (_: string, variant: number) => {
    const tones: Tone[] = ['drawingLeft', 'drawingTop', 'drawingGlass', 'drawingRight', 'drawingRight']
    return [
      filled(rectangle(plane, 10, 14, 70, 92), tones[variant - 1] ?? 'drawingLeft', 1),
      ...Array.from({ length: 5 + variant }, (_each, at) =>
        line(path([10, 20 + (at * 80) / (5 + variant)], [80, 26 + (at * 80) / (5 + variant)])),
      ),
      filled(rectangle(plane, 0, 0, 90, 14), 'drawingTop', 1),
      filled(rectangle(plane, 0, 106, 90, 14), 'drawingTop', 1),
    ]
  },

  clock: (text: string, variant: number) => [
    filled(circle(plane, [60, 60], 60), 'drawingTop', 1.5),
    line(arc(plane, [60, 60], 48, Math.PI / 2 - (variant === 2 ? 2 : 5.4), Math.PI / 2), 1.5, 'drawingAccent'),
    line(path([60, 60], [60, 98]), 1.5),
    line(path([60, 60], [86, 60]), 1.5),
    ...(text === '' ? [] : [label(text, 60, 0, 20)]),
  ],

  hanger: (_: string, variant: number) => [
    line(arc(plane, [70, 138], 14, -1.4, 3.1), 1.5),
    filled(shape([70, 122], [140, 80], [140, 70], [0, 70], [0, 80]), 'drawingRight', 1),
    ...(variant === 2
      ? [filled(shape([8, 70], [132, 70], [128, -60], [12, -60]), 'drawingGlass', 1), line(path([70, 70], [70, -60]))]
      : []),
    line(path([20, 74], [120, 74])),
  ],
} satisfies Record<string, (text: string, variant: number) => Node[]>
