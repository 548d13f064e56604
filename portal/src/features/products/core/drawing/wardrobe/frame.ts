import { type Chosen, has, oneOf, value } from '../chosen.ts'
import type { Point } from '../tree.ts'

/** Sizes of the wardrobe in mm, and where its bays and its slope are. The slope falls to the right. */
export interface Frame {
  width: number
  height: number
  depth: number
  bays: number
  /** from one partition to the next */
  bay: number
  board: number
  /** top of the bottom board */
  floor: number
  rise: number
  body: string | undefined
  slope: { low: number; run: number } | undefined
  /** outer height of the body at x */
  heightAt: (x: number) => number
}

export function frameOf(chosen: Chosen): Frame {
  const [width, height, depth] = [value(chosen, 'width', 1800), value(chosen, 'height', 2200), value(chosen, 'depth', 600)]
  const bays = Math.max(1, value(chosen, 'bays', 3))
  const board = has(chosen, 'body_oak') ? 20 : 18
  const rise = has(chosen, 'base_legs') ? 150 : has(chosen, 'base_vent') ? 100 : 80
  const slope = has(chosen, 'slope') ? { low: value(chosen, 'slope_low', 1000), run: value(chosen, 'slope_run', 900) } : undefined
  const heightAt = (x: number) =>
    slope && x > width - slope.run ? height - ((x - (width - slope.run)) / slope.run) * (height - slope.low) : height
  return {
    width,
    height,
    depth,
    bays,
    bay: (width - board) / bays,
    board,
    floor: rise + board,
    rise,
    body: oneOf(chosen, 'body_particle', 'body_ply', 'body_oak'),
    slope,
    heightAt,
  }
}

/** The outline from x to x + width, seen from the front, `low` above the floor and `lower` below the outer height. */
export function faceOf(frame: Frame, x: number, width: number, low: number, lower = 0): Point[] {
  const bend = frame.slope ? frame.width - frame.slope.run : Infinity
  const inner: Point[] = bend > x && bend < x + width ? [[bend, frame.height - lower]] : []
  return [[x, low], [x + width, low], [x + width, frame.heightAt(x + width) - lower], ...inner, [x, frame.heightAt(x) - lower]]
}
