import { type Chosen, has } from '../chosen.ts'
import { drawDimension } from '../dimensions.ts'
import { cos30, type Vec } from '../isometric.ts'
import { filled, line } from '../solids.ts'
import type { Command, Node, Point, Tone } from '../tree.ts'

/** A tailor's flat: the garment laid out, seen square from above. x to the viewer's right, y down, in mm. */
export function poly(...points: Point[]): Command[] {
  return [...points.map(([x, y], at) => [at === 0 ? 'M' : 'L', x, y] as Command), ['Z']]
}

export function open(...points: Point[]): Command[] {
  return points.map(([x, y], at) => [at === 0 ? 'M' : 'L', x, y] as Command)
}

export function mirrored(d: readonly Command[]): Command[] {
  return d.map(command => {
    if (command[0] === 'Z') return command
    if (command[0] === 'C') return ['C', -command[1], command[2], -command[3], command[4], -command[5], command[6]]
    return [command[0], -command[1], command[2]]
  })
}

export function disc([x, y]: Point, r: number, ry = r): Command[] {
  const [k, l] = [r * 0.5523, ry * 0.5523]
  return [
    ['M', x + r, y],
    ['C', x + r, y + l, x + k, y + ry, x, y + ry],
    ['C', x - k, y + ry, x - r, y + l, x - r, y],
    ['C', x - r, y - l, x - k, y - ry, x, y - ry],
    ['C', x + k, y - ry, x + r, y - l, x + r, y],
    ['Z'],
  ]
}

/** A button with its four holes. */
export function button([x, y]: Point, radius = 10): Node[] {
  const hole = radius * 0.3
  return [
    filled(disc([x, y], radius), 'drawingTop', 1),
    ...[-hole, hole].map(dx => line(open([x + dx, y - hole], [x - dx, y + hole]))),
  ]
}

export function part(id: string | undefined, ...children: (Node | Node[])[]): Node {
  return { kind: 'group', ...(id === undefined ? {} : { part: id }), children: children.flat() }
}

export function word(at: Point, zh: string, en: string): Node {
  return { kind: 'text', at, text: { 'zh-CN': zh, en }, size: 13, tone: 'inkMuted', anchor: 'middle' }
}

/** The piece of cloth with its pattern, turned by an angle in radians as it was cut, and its outline. */
export function cut(
  d: readonly Command[],
  chosen: Chosen,
  { turn = 0, weight = 1 }: { turn?: number; weight?: number } = {},
): Node[] {
  return [filledOnly(d, toneOf(chosen)), ...weave(d, chosen, turn), line([...d], weight)]
}

export function filledOnly(d: readonly Command[], fill: Tone): Node {
  return { kind: 'path', d, fill }
}

function toneOf(chosen: Chosen): Tone {
  if (has(chosen, 'c_navy', 'c_charcoal', 'c_black')) return 'drawingRight'
  return has(chosen, 'c_beige', 'c_blue') ? 'drawingTop' : 'drawingLeft'
}

interface Weave {
  /** where lines lie within one repeat, along the weft and along the warp, mm */
  upright: number[]
  across: number[]
  repeat: number
  weight?: number
  dash?: number[]
  opacity: number
}

const weaves: Record<string, Weave> = {
  p_pin: { upright: [0], across: [], repeat: 12, opacity: 0.6 },
  p_chalk: { upright: [0], across: [], repeat: 20, weight: 1, dash: [3, 1.5], opacity: 0.5 },
  p_window: { upright: [0], across: [0], repeat: 60, weight: 1, opacity: 0.45 },
  p_pow: { upright: [0, 6, 12, 18, 24], across: [0, 6, 12, 18, 24], repeat: 80, opacity: 0.4 },
  p_hound: { upright: [0], across: [], repeat: 14, weight: 2.4, dash: [2.6, 3], opacity: 0.4 },
  p_birdseye: { upright: [0], across: [], repeat: 14, weight: 1, dash: [0.1, 5], opacity: 0.6 },
}

function weave(d: readonly Command[], chosen: Chosen, turn: number): Node[] {
  if (has(chosen, 'f_cord')) return ribs(d, turn, { upright: [0], across: [], repeat: 9, opacity: 0.3 })
  if (has(chosen, 'p_herring')) return herringbone(d, turn)
  const [, pattern] = Object.entries(weaves).find(([id]) => has(chosen, id)) ?? []
  return pattern ? ribs(d, turn, pattern) : []
}

function ribs(d: readonly Command[], turn: number, { upright, across, repeat, weight = 0.5, dash, opacity }: Weave): Node[] {
  const outline = flattened(d)
  const lines = [
    ...upright.flatMap(shift => lattice(outline, turn, repeat, shift)),
    ...across.flatMap(shift => lattice(outline, turn + Math.PI / 2, repeat, shift)),
  ]
  return lines.length === 0 ? [] : [{ kind: 'path', d: lines, stroke: 'drawingLine', weight, opacity, ...(dash ? { dash } : {}) }]
}

/** Bands of slanting lines that change direction, 36 mm each. */
function herringbone(d: readonly Command[], turn: number): Node[] {
  const outline = flattened(d)
  const band = 36
  const lines: Command[] = []
  for (const sign of [1, -1] as const)
    for (const [a, b] of segments(outline, turn + sign * (Math.PI / 4), 26, 0)) {
      const steps = Math.max(1, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / 6))
      const on = (at: number): Point => [a[0] + ((b[0] - a[0]) * at) / steps, a[1] + ((b[1] - a[1]) * at) / steps]
      for (let at = 0; at < steps; at++) {
        const [p, q] = [on(at), on(at + 1)]
        const across = ((p[0] + q[0]) / 2) * Math.cos(turn) + ((p[1] + q[1]) / 2) * Math.sin(turn)
        if ((Math.floor(across / band) % 2 === 0) !== (sign === 1)) continue
        const last = lines.at(-1)
        if (last?.[0] === 'L' && last[1] === p[0] && last[2] === p[1]) lines[lines.length - 1] = ['L', ...q]
        else lines.push(['M', ...p], ['L', ...q])
      }
    }
  return [{ kind: 'path', d: lines, stroke: 'drawingLine', weight: 0.5, opacity: 0.4 }]
}

function lattice(outline: readonly Point[], turn: number, repeat: number, shift: number): Command[] {
  return segments(outline, turn, repeat, shift).flatMap(([a, b]): Command[] => [
    ['M', ...a],
    ['L', ...b],
  ])
}

/** The stretches inside the outline of parallel lines `repeat` apart that stand upright before they are turned. */
function segments(outline: readonly Point[], turn: number, repeat: number, shift: number): [Point, Point][] {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const turned = outline.map(([x, y]): Point => [x * cos + y * sin, y * cos - x * sin])
  const xs = turned.map(([x]) => x)
  const found: [Point, Point][] = []
  for (let x = Math.ceil((Math.min(...xs) - shift) / repeat) * repeat + shift + 0.013; x < Math.max(...xs); x += repeat) {
    const ys = turned
      .flatMap(([x1, y1], at) => {
        const [x2, y2] = turned[(at + 1) % turned.length] as Point
        return x1 < x === x2 < x ? [] : [y1 + ((x - x1) / (x2 - x1)) * (y2 - y1)]
      })
      .sort((a, b) => a - b)
    for (let at = 0; at + 1 < ys.length; at += 2) {
      const [y1, y2] = [ys[at] as number, ys[at + 1] as number]
      found.push([
        [x * cos - y1 * sin, x * sin + y1 * cos],
        [x * cos - y2 * sin, x * sin + y2 * cos],
      ])
    }
  }
  return found
}

function flattened(d: readonly Command[]): Point[] {
  const points: Point[] = []
  for (const command of d) {
    if (command[0] === 'Z') continue
    if (command[0] !== 'C') {
      points.push([command[1], command[2]])
      continue
    }
    const [x0, y0] = points.at(-1) as Point
    const [, x1, y1, x2, y2, x3, y3] = command
    for (let at = 1; at <= 10; at++) {
      const t = at / 10
      const mix = (a: number, b: number, c: number, e: number) =>
        (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t * t * c + t ** 3 * e
      points.push([mix(x0, x1, x2, x3), mix(y0, y1, y2, y3)])
    }
  }
  return points
}

/** A place on the flat as a place in space that is drawn there: dimension lines are made in space. */
const inSpace = ([x, y]: Point): Vec => [x / (2 * cos30), -x / (2 * cos30), -y]

/** A dimension between two points of the garment, its line moved aside: `up` reads along y, else along x. */
export function measured(a: Point, b: Point, aside: number, text: string, up = false): Node[] {
  const moved = ([x, y]: Point): Point => (up ? [aside, y] : [x, aside])
  const sign = Math.sign(aside - (up ? a[0] : a[1])) || 1
  return drawDimension({
    from: inSpace(moved(a)),
    to: inSpace(moved(b)),
    feet: [inSpace(a), inSpace(b)],
    away: inSpace(up ? [sign, 0] : [0, sign]),
    text,
    plane: up
      ? { origin: [0, 0, 0], u: inSpace([0, -1]), v: inSpace([-1, 0]) }
      : { origin: [0, 0, 0], u: inSpace([1, 0]), v: inSpace([0, -1]) },
    arrow: 22,
  })
}
