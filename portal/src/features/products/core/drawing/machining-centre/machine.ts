import type { Chosen } from '../chosen.ts'
import { type Dimension, drawDimension, drawTriad } from '../dimensions.ts'
import { polygon, top } from '../isometric.ts'
import { paint, type Solid } from '../solids.ts'
import type { Node } from '../tree.ts'
import { drawFront } from './before.ts'
import { drawChips } from './chips.ts'
import { drawEnclosure, drawFeet } from './enclosure.ts'
import { type Frame, frameOf } from './frame.ts'
import { drawInterior } from './interior.ts'
import { drawUnits } from './units.ts'
import { drawColumn, drawMagazine, drawRoof } from './upper.ts'

/** The machining centre as chosen, in mm on paper, the front left corner of its guarding at the origin. */
export function drawMachine(chosen: Chosen, { dimensions = false }: { dimensions?: boolean } = {}): Node[] {
  const frame = frameOf(chosen)
  const solids: Solid[] = [
    ...drawFeet(chosen, frame),
    drawEnclosure(chosen, frame, drawInterior(chosen, frame)),
    ...drawColumn(chosen, frame),
    ...drawMagazine(chosen, frame),
    ...drawRoof(chosen, frame),
    ...drawChips(chosen, frame),
    ...drawUnits(chosen, frame),
    ...drawFront(chosen, frame),
  ]
  const min = [0, 1].map(axis => Math.min(...solids.map(solid => solid.min[axis] as number))) as [number, number]
  return [...floor(solids), ...paint(solids), ...(dimensions ? measure(frame, min) : [])]
}

/** The ground each body stands on, as a soft shade, so that nothing floats. */
function floor(solids: readonly Solid[]): Node[] {
  return solids
    .filter(solid => solid.min[2] < 200 && !solid.flat)
    .map(({ min, max }) => ({
      kind: 'path',
      d: polygon(top(0), [
        [min[0] - 40, min[1] - 40],
        [max[0] + 40, min[1] - 40],
        [max[0] + 40, max[1] + 40],
        [min[0] - 40, max[1] + 40],
      ]),
      fill: 'surface',
    }))
}

/** Overall width, depth and height of the machine itself, and its axes. */
function measure(frame: Frame, [left, before]: [number, number]): Node[] {
  const { width, fullDepth, fullHeight, depth, centre } = frame
  const y = Math.min(before, -300) - 260
  const x = Math.min(left, 0) - 260
  const dimensions: Dimension[] = [
    {
      from: [0, y, 0],
      to: [width, y, 0],
      away: [0, -1, 0],
      feet: [
        [0, 150, 0],
        [width, 150, 0],
      ],
      text: String(width),
      plane: top(0),
    },
    {
      from: [x, 0, 0],
      to: [x, fullDepth, 0],
      away: [-1, 0, 0],
      feet: [
        [0, 0, 0],
        [0, fullDepth, 0],
      ],
      text: String(fullDepth),
      plane: top(0),
    },
    {
      from: [width + 420, 0, 0],
      to: [width + 420, 0, fullHeight],
      away: [1, 0, 0],
      feet: [
        [width, 0, 0],
        [width, 0, fullHeight],
      ],
      over: [
        [centre + 78, depth * 0.5 + 245, fullHeight],
        [centre + 78, 0, fullHeight],
        [width, 0, fullHeight],
      ],
      text: String(fullHeight),
    },
  ]
  return [...dimensions.flatMap(drawDimension), ...drawTriad([width + 120, y - 150, 0], 300)]
}
