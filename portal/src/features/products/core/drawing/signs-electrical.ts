import { arc, circle, front, polyline, project, rectangle, roundedRectangle } from './isometric.ts'
import { accent, curve, grid, label, wave } from './sign-kit.ts'
import { box, filled, line, paint } from './solids.ts'
import type { Node, Point } from './tree.ts'

/** Controls, screens and connections. Each takes a word to be written on it and a variant. */
export const electricalSigns = {
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
} satisfies Record<string, (text: string, variant: number) => Node[]>
