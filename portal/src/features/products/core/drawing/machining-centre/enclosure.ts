import { type Chosen, has } from '../chosen.ts'
import { circle, front, polygon, polyline, project, rectangle, roundedRectangle, side, slantOf, top } from '../isometric.ts'
import { box, filled, line, type Solid } from '../solids.ts'
import type { Command, Node, Point, Tone } from '../tree.ts'
import type { Frame } from './frame.ts'

/**
 * The guarding with its doors open. The opening runs over the brow into the roof, as for loading by crane,
 * so that spindle and table show through it.
 */
export function drawEnclosure(chosen: Chosen, frame: Frame, inside: Node[]): Solid {
  const { width, depth, roof, opening } = frame
  const { left, right, sill, reach } = opening
  const profile: Point[] = [
    [150, 110],
    [0, knee],
    [0, roof - 150],
    [170, roof],
    [depth, roof],
    [depth, 110],
  ]
  const brow = roof - 150
  const at = (x: number, y: number, z: number) => project([x, y, z])
  const path = (points: readonly Point[]): Command[] => [
    ...points.map((point, index) => [index === 0 ? 'M' : 'L', ...point] as Command),
    ['Z'],
  ]
  const face = (points: readonly Point[], fill: Tone): Node => ({
    kind: 'path',
    d: path(points),
    fill,
    stroke: fill,
    weight: 0.5,
  })
  const frontFace = [
    at(0, 0, knee),
    at(width, 0, knee),
    at(width, 0, brow),
    at(right, 0, brow),
    at(right, 0, sill),
    at(left, 0, sill),
    at(left, 0, brow),
    at(0, 0, brow),
  ]
  const browFaces = [
    [0, left],
    [right, width],
  ].map(([a = 0, b = 0]) => [at(a, 0, brow), at(b, 0, brow), at(b, 170, roof), at(a, 170, roof)])
  const roofFace = [
    at(0, 170, roof),
    at(left, 170, roof),
    at(left, reach, roof),
    at(right, reach, roof),
    at(right, 170, roof),
    at(width, 170, roof),
    at(width, depth, roof),
    at(0, depth, roof),
  ]
  const jamb = 60
  const nodes: Node[] = [
    ...inside,
    // thickness of the wall at the right, lower and rear edge of the opening
    filled(
      [
        ['M', ...at(right, 0, sill)],
        ['L', ...at(right, jamb, sill)],
        ['L', ...at(right, jamb, brow - 20)],
        ['L', ...at(right, 200, roof - jamb)],
        ['L', ...at(right, reach, roof - jamb)],
        ['L', ...at(right, reach, roof)],
        ['L', ...at(right, 170, roof)],
        ['L', ...at(right, 0, brow)],
        ['Z'],
      ],
      'drawingRight',
    ),
    filled(
      polygon(front(reach), [
        [left, roof - jamb],
        [right, roof - jamb],
        [right, roof],
        [left, roof],
      ]),
      'drawingLeft',
    ),
    filled(
      polygon(top(sill), [
        [left, 0],
        [right, 0],
        [right, jamb],
        [left, jamb],
      ]),
      'drawingTop',
    ),
    filled(polygon(side(0), profile), 'drawingRight', 0.5),
    face([at(0, 150, 110), at(width, 150, 110), at(width, 0, knee), at(0, 0, knee)], 'drawingRight'),
    face(frontFace, 'drawingLeft'),
    ...browFaces.map(points => face(points, 'drawingTop')),
    face(roofFace, 'drawingTop'),
    ...panelLines(frame),
    line(
      [
        ['M', ...at(0, 0, knee)],
        ['L', ...at(width, 0, knee)],
      ],
      1,
    ),
    ...browFaces.map(points => line(path(points), 0.5)),
    line(
      [
        ['M', ...at(0, 0, brow)],
        ['L', ...at(left, 0, brow)],
        ['L', ...at(left, 0, sill)],
        ['L', ...at(right, 0, sill)],
        ['L', ...at(right, 0, brow)],
        ['L', ...at(width, 0, brow)],
      ],
      1,
    ),
    line(
      [
        ['M', ...at(0, 170, roof)],
        ['L', ...at(left, 170, roof)],
        ['L', ...at(left, reach, roof)],
        ['L', ...at(right, reach, roof)],
        ['L', ...at(right, 170, roof)],
        ['L', ...at(width, 170, roof)],
      ],
      1,
    ),
    line(
      [
        ['M', ...at(left, 0, brow)],
        ['L', ...at(left, 170, roof)],
      ],
      1,
    ),
    line(
      [
        ['M', ...at(right, 0, brow)],
        ['L', ...at(right, 170, roof)],
      ],
      1,
    ),
    line(
      polyline(side(0), [
        [150, 110],
        [0, knee],
        [0, brow],
        [170, roof],
      ]),
      1,
    ),
    line(
      [
        ['M', ...at(0, 170, roof)],
        ['L', ...at(0, depth, roof)],
      ],
      1,
    ),
    ...doors(chosen, frame),
    namePlate(frame),
    line(outline(frame, profile), 1.5),
  ]
  return { min: [0, 0, 110], max: [width, depth, roof], nodes }
}

const knee = 700

function outline({ width, depth, roof }: Frame, profile: readonly Point[]): Command[] {
  const at = (x: number, [y, z]: Point) => project([x, y, z])
  const [foot, knee, brow, crown] = profile as [Point, Point, Point, Point]
  return [
    ['M', ...at(0, [depth, 110])],
    ['L', ...at(0, foot)],
    ['L', ...at(width, foot)],
    ['L', ...at(width, knee)],
    ['L', ...at(width, brow)],
    ['L', ...at(width, crown)],
    ['L', ...at(width, [depth, roof])],
    ['L', ...at(0, [depth, roof])],
    ['Z'],
  ]
}

function panelLines({ width, depth, roof }: Frame): Node[] {
  return [
    // left wall: sheet joints, service door with handle, louvres
    line(
      polyline(side(0), [
        [depth * 0.34, 110],
        [depth * 0.34, roof],
      ]),
    ),
    line(rectangle(side(0), depth * 0.34 + 60, 210, depth * 0.6 - 60, 640)),
    line(roundedRectangle(side(0), depth * 0.34 + 110, 480, 26, 120, 13), 1),
    ...Array.from({ length: 6 }, (_, at) =>
      line(
        polyline(side(0), [
          [depth * 0.66, 330 + at * 46],
          [depth * 0.88, 330 + at * 46],
        ]),
      ),
    ),
    // front skirt
    ...[0.2, 0.8].map(part =>
      line([
        ['M', ...project([width * part, 150, 110])],
        ['L', ...project([width * part, 0, 700])],
      ]),
    ),
    // roof sheet
    line(
      polyline(top(roof), [
        [width * 0.05, 230],
        [width * 0.05, depth - 70],
        [width * 0.95, depth - 70],
        [width * 0.95, 230],
      ]),
    ),
  ]
}

/** Two leaves pushed aside, each with its window; the automatic door has its drive above the left one. */
function doors(chosen: Chosen, { opening, width }: Frame): Node[] {
  const { left, right, sill, lintel } = opening
  const automatic = has(chosen, 'door_auto')
  const leaf = (x: number, span: number, handle: number): Node[] => [
    filled(roundedRectangle(front(-36), x, sill - 50, span, lintel - sill + 100, 30), 'drawingLeft', 1),
    filled(roundedRectangle(front(-36), x + 60, sill + 190, span - 120, lintel - sill - 260, 36), 'drawingGlass', 0.5),
    line(
      polyline(front(-36), [
        [x + 90, sill + 330],
        [x + Math.min(span - 90, 210), sill + 520],
      ]),
    ),
    line(
      polyline(front(-36), [
        [x + 90, sill + 250],
        [x + Math.min(span - 90, 260), sill + 520],
      ]),
    ),
    filled(roundedRectangle(front(-70), handle, sill + 260, 30, 300, 15), 'drawingTop', 1),
  ]
  const leftSpan = left - 40
  const rightSpan = width - right - 30
  const drive = box([40, -130, lintel + 62], [left + 120, 130, 84], {
    detail: [
      line(
        polyline(front(-130), [
          [90, lintel + 104],
          [left - 60, lintel + 104],
        ]),
        0.5,
      ),
    ],
  })
  return [
    filled(rectangle(front(-40), 30, lintel + 62, left - 20, 30), 'drawingRight', 0.5),
    filled(rectangle(front(-40), right - 10, lintel + 62, width - right - 10, 30), 'drawingRight', 0.5),
    {
      kind: 'group',
      ...(automatic ? { part: 'door_auto' } : {}),
      children: [
        ...leaf(20, leftSpan + 50, left - 4),
        ...leaf(right - 30, rightSpan + 40, right - 16),
        ...(automatic ? drive.nodes : []),
      ],
    },
  ]
}

function namePlate({ base, width, roof, opening }: Frame): Node {
  return {
    kind: 'text',
    at: project([opening.right + (width - opening.right) / 2, 96, roof - 86]),
    text: { vm850: 'VM 850', vm1060: 'VM 1060', vm1270: 'VM 1270' }[base],
    size: 62,
    scales: true,
    anchor: 'middle',
    strong: true,
    tone: 'drawingLine',
    slant: slantOf(front(0)),
  }
}

/** Feet, and the anchors that hold them. */
export function drawFeet(chosen: Chosen, { width, depth }: Frame): Solid[] {
  const anchored = has(chosen, 'foundation')
  const along = anchored ? Math.max(2, Math.round((chosen.numbers.anchors ?? 4) / 2)) : 3
  return Array.from({ length: along }, (_, at) => (at * (width - 300)) / (along - 1) + 100).flatMap(x =>
    [190, depth - 180].map((y): Solid => {
      const foot = box([x, y, 30], [100, 100, 80], { outline: 0.5 })
      const plate = box([x - 50, y - 50, 0], [200, 200, 30], {
        outline: anchored ? 1 : 0.5,
        tones: anchored ? { top: 'drawingRight' } : {},
        detail: anchored
          ? [
              [x - 30, y - 30],
              [x + 130, y - 30],
              [x - 30, y + 130],
              [x + 130, y + 130],
            ].map(([p = 0, q = 0]) => filled(circle(top(30), [p, q], 17), 'drawingAccent'))
          : [],
      })
      return {
        part: anchored ? 'foundation' : undefined,
        min: [x - 50, y - 50, 0],
        max: [x + 150, y + 150, 110],
        nodes: [...plate.nodes, ...foot.nodes],
      }
    }),
  )
}
