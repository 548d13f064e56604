import type { LocalizedText, Palette } from '#platform/core'

/**
 * A drawing as plain data: the page turns it into elements, `toSvg` into text, the PDF into lines.
 * Lengths of paths are whatever unit the drawing was made in until `place` brings them to px.
 */
export interface Drawing {
  viewBox: Box
  title: LocalizedText
  nodes: Node[]
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export type Node = PathNode | TextNode | GroupNode

/** A colour by its name among the tokens. */
export type Tone = keyof Palette

export type Point = readonly [x: number, y: number]

export type Command =
  | readonly ['M' | 'L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z']

export interface PathNode {
  kind: 'path'
  d: readonly Command[]
  fill?: Tone
  stroke?: Tone
  /** px, whatever the scale: 1.5 outline, 1 edge, 0.5 detail */
  weight?: number
  /** px */
  dash?: readonly number[]
  /** inner contours are holes */
  evenOdd?: true
  opacity?: number
}

export interface TextNode {
  kind: 'text'
  at: Point
  text: string | LocalizedText
  /** px, or of the drawing's own unit where it `scales` */
  size: number
  /** written on a part, so that it grows with it */
  scales?: true
  tone: Tone
  anchor?: 'start' | 'middle' | 'end'
  strong?: true
  /** px, along the text's own axes after the slant */
  shift?: Point
  /** lays the text into a plane: matrix(a b c d) */
  slant?: readonly [a: number, b: number, c: number, d: number]
}

/** Everything of one part: `part` is the id of the option or number group it shows. */
export interface GroupNode {
  kind: 'group'
  part?: string
  children: Node[]
}

/** Scales every place in the nodes by `scale`, then moves it; weights and type sizes stay. */
export function place(nodes: readonly Node[], scale: number, [dx, dy]: Point): Node[] {
  const x = (value: number) => value * scale + dx
  const y = (value: number) => value * scale + dy
  return nodes.map((node): Node => {
    if (node.kind === 'group') return { ...node, children: place(node.children, scale, [dx, dy]) }
    if (node.kind === 'text')
      return { ...node, at: [x(node.at[0]), y(node.at[1])], ...(node.scales ? { size: node.size * scale } : {}) }
    return { ...node, d: node.d.map(command => placeCommand(command, x, y)) }
  })
}

/** The smallest box around all paths and text anchors (control points count as points). */
export function boundsOf(nodes: readonly Node[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  const take = (x: number, y: number) => {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const visit = (node: Node) => {
    if (node.kind === 'group') node.children.forEach(visit)
    else if (node.kind === 'text') take(...(node.at as [number, number]))
    else
      for (const command of node.d)
        for (let at = 1; at < command.length; at += 2) take(command[at] as number, command[at + 1] as number)
  }
  nodes.forEach(visit)
  return left > right ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top }
}

/** Scales and moves nodes so that they fill a frame with a margin, centred. `most` bounds the scale. */
export function fit(nodes: readonly Node[], frame: { width: number; height: number; margin: number }, most = Infinity): Node[] {
  const box = boundsOf(nodes)
  const room = { width: frame.width - 2 * frame.margin, height: frame.height - 2 * frame.margin }
  const scale = Math.min(most, room.width / Math.max(box.width, 1e-9), room.height / Math.max(box.height, 1e-9))
  return place(nodes, scale, [
    frame.width / 2 - (box.x + box.width / 2) * scale,
    frame.height / 2 - (box.y + box.height / 2) * scale,
  ])
}

function placeCommand(command: Command, x: (value: number) => number, y: (value: number) => number): Command {
  if (command[0] === 'Z') return command
  if (command[0] === 'C') return ['C', x(command[1]), y(command[2]), x(command[3]), y(command[4]), x(command[5]), y(command[6])]
  return [command[0], x(command[1]), y(command[2])]
}
