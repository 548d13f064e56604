import { arc, circle, front, polygon, polyline, rectangle, roundedRectangle, side, top } from './isometric.ts'
import { accent, curve, glass, label } from './sign-kit.ts'
import { box, cylinder, filled, line, paint } from './solids.ts'
import type { Node, Point, Tone } from './tree.ts'

/** What surrounds a machine: materials, packing, papers. Each takes a word to be written on it and a variant. */
export const shopSigns = {
  module: () => paint([box([0, 0, 0], [100, 100, 60]), box([20, 20, 60], [60, 60, 24])]),

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

  kit: () =>
    paint([
      box([0, 0, 0], [200, 130, 70], { detail: [filled(rectangle(top(70), 10, 10, 180, 110), 'drawingRight')] }),
      cylinder('z', [50, 60], 26, 70, 120),
      box([90, 40, 70], [50, 50, 26]),
      cylinder('z', [170, 70], 14, 70, 100, glass),
    ]),

  anchor: () =>
    paint([
      box([-90, -90, 0], [180, 180, 26]),
      cylinder('z', [0, 0], 16, 26, 150, {
        detail: Array.from({ length: 5 }, (_each, at) => line(arc(top(60 + at * 18), [0, 0], 16, 2.4, 5.5))),
      }),
      cylinder('z', [0, 0], 42, 26, 56),
    ]),

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

  tag: () => [
    ...paint([cylinder('z', [0, 0], 50, 0, 60)]),
    ...[70, 92, 114].map(r => line(arc(top(60), [0, 0], r, 2.2, 3.9), 1, accent)),
    filled(circle(top(60), [0, 0], 16), accent),
  ],

  handle: (_: string, variant: number) => [
    ...paint([box([0, 0, 0], [130, 22, 190])]),
    variant === 1
      ? filled(roundedRectangle(front(-14), 96, 40, 14, 110, 7), 'drawingRight', 1)
      : variant === 2
        ? filled(roundedRectangle(front(0), 86, 50, 26, 90, 13), 'drawingRight', 1)
        : variant === 3
          ? filled(circle(front(0), [104, 96], 10), accent)
          : variant === 4
            ? filled(circle(front(-18), [102, 96], 15), 'drawingTop', 1)
            : filled(rectangle(front(-4), 114, 2, 14, 186), 'drawingRight', 1),
  ],
} satisfies Record<string, (text: string, variant: number) => Node[]>
