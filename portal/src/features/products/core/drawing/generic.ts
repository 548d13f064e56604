import type { Chosen } from './chosen.ts'
import { polygon, top } from './isometric.ts'
import { box, paint } from './solids.ts'
import type { Node } from './tree.ts'

/** Modules beyond this would be dots that nobody tells apart, and take a second to draw: 6 × 6 × 6. */
const most = 216

/** For models without a drawing of their own: one module for every chosen option, stacked apart on a plate. */
export function drawModules(chosen: Chosen): Node[] {
  const options = Object.keys(chosen.options).slice(0, most)
  const side = Math.max(2, Math.ceil(Math.cbrt(options.length)))
  const [cell, gap, lift] = [100, 30, 12]
  const extent = side * (cell + gap) - gap
  const modules = options.map((option, at) => {
    const layer = Math.floor(at / (side * side))
    const [row, column] = [Math.floor((at % (side * side)) / side), at % side]
    const height = 34 + Math.min(2, (chosen.options[option] ?? 1) - 1) * 12
    return box([column * (cell + gap), row * (cell + gap), 40 + layer * (34 + lift)], [cell, cell, height], {
      part: option,
      outline: side > 6 ? 0.5 : 1,
    })
  })
  const plate = box([-50, -50, 0], [extent + 100, extent + 100, 26], { outline: 1.5 })
  const guides: Node = {
    kind: 'path',
    d: [
      ...polygon(top(-18), [
        [-80, -80],
        [extent + 80, -80],
        [extent + 80, extent + 80],
        [-80, extent + 80],
      ]),
    ],
    stroke: 'drawingLine',
    weight: 0.5,
    dash: [4, 3],
  }
  return [guides, ...paint([plate, ...modules])]
}
