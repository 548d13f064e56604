import { type Chosen, oneOf, value } from '../chosen.ts'

/** The places in the machine from which every part takes its own, in mm. */
export interface Frame {
  base: 'vm850' | 'vm1060' | 'vm1270'
  /** width and depth of the guarding, height of its roof */
  width: number
  depth: number
  roof: number
  /** depth with the electrical cabinet, height with the Z motor */
  fullDepth: number
  fullHeight: number
  riser: number
  /** the door opening in the front; `reach` is how far it runs back in the roof */
  opening: { left: number; right: number; sill: number; lintel: number; reach: number }
  table: { length: number; width: number; top: number; y: number }
  centre: number
}

/** Widths, depths and heights are those of the catalogue. */
export function frameOf(chosen: Chosen): Frame {
  const base = oneOf(chosen, 'vm1270', 'vm1060') ?? 'vm850'
  const [width, fullDepth, height, length, across] = {
    vm850: [2450, 2300, 2550, 1000, 500] as const,
    vm1060: [2780, 2500, 2700, 1200, 600] as const,
    vm1270: [3250, 2750, 2850, 1400, 700] as const,
  }[base]
  const riser = value(chosen, 'column_riser')
  const roof = height - 480
  const centre = width * 0.5
  const half = length / 2 + 260
  return {
    base,
    width,
    depth: fullDepth - 450,
    roof,
    fullDepth,
    fullHeight: height + riser,
    riser,
    opening: { left: centre - half, right: centre + half, sill: 760, lintel: roof - 250, reach: 520 },
    table: { length, width: across, top: 960, y: 330 },
    centre,
  }
}
