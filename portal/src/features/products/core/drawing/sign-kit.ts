import { front, polyline, project, rectangle, slantOf } from './isometric.ts'
import { line } from './solids.ts'
import type { Command, Node, Point, Tone } from './tree.ts'

export const accent: Tone = 'drawingAccent'
export const glass = { tones: { front: 'drawingGlass', top: 'drawingGlass', side: 'drawingGlass' } } as const

/** An unseen line that keeps room for words beside the sign. */
export function spread(width: number): Node {
  return {
    kind: 'path',
    d: [
      ['M', -width / 3, 0],
      ['L', (width * 2) / 3, 0],
    ],
  }
}

export function label(text: string, x: number, y: number, z: number): Node {
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

export function grid(y: number, x: number, z: number, columns: number, rows: number, width: number, height: number): Node[] {
  return Array.from({ length: columns * rows }, (_, at) =>
    line(
      rectangle(front(y), x + (at % columns) * (width + 2), z + Math.floor(at / columns) * (height + 2), width - 4, height - 6),
    ),
  )
}

export function wave(
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

export function curve(plane: Parameters<typeof polyline>[0], [a, b, c, d]: [Point, Point, Point, Point]): Command[] {
  return polyline(
    plane,
    Array.from({ length: 25 }, (_, at): Point => {
      const t = at / 24
      const mix = (i: 0 | 1) => (1 - t) ** 3 * a[i] + 3 * (1 - t) ** 2 * t * b[i] + 3 * (1 - t) * t * t * c[i] + t ** 3 * d[i]
      return [mix(0), mix(1)]
    }),
  )
}
