import { type Chosen, has, oneOf } from '../chosen.ts'
import { circle, front, polyline, rectangle, side, top, type Vec } from '../isometric.ts'
import { box, cylinder, filled, line, prism, type Solid, together } from '../solids.ts'
import type { Node, Point } from '../tree.ts'
import type { Frame } from './frame.ts'

/** Coolant tank, filter and chip conveyor at the left or at the rear. */
export function drawChips(chosen: Chosen, frame: Frame): Solid[] {
  const left = has(chosen, 'side_left')
  const tank = oneOf(chosen, 'tank_280', 'tank_420', 'tank_650')
  const length = { tank_280: 520, tank_420: 620, tank_650: 760 }[tank ?? 'tank_280']
  const solids: Solid[] = []
  // a tank is as long as it is large; the conveyor rises out of it
  const across = 560
  const at: Vec = left ? [-length, 60, 60] : [30, frame.depth, 60]
  const size: Vec = left ? [length, across, 330] : [across - 120, length, 330]
  const conveyor = conveyorOf(chosen, frame, left, length)
  const details: Node[] = left
    ? [line(rectangle(front(60), -length + 40, 110, length - 120, 230)), line(rectangle(side(-length), 120, 250, 120, 60))]
    : [line(rectangle(side(30), frame.depth + 60, 110, length - 120, 230))]
  solids.push(
    together([box(at, size, { outline: 1, part: tank, detail: details }), ...conveyor, ...onTank(chosen, at, size, left)]),
  )
  return solids
}

function onTank(chosen: Chosen, [x, y, z]: Vec, [width, depth, height]: Vec, left: boolean): Solid[] {
  const lid = z + height
  const solids: Solid[] = []
  const coolant = oneOf(chosen, 'cts70', 'cts20', 'cool_flood')
  const [px, py] = left ? [x + 60, y + depth - 150] : [x + width - 150, y + depth - 150]
  if (coolant === 'cts70' || coolant === 'cts20')
    solids.push(
      together(
        [
          box([px - 20, py - 10, lid], [150, 150, coolant === 'cts70' ? 260 : 130], { outline: 1 }),
          cylinder(
            'z',
            [px + 55, py + 65],
            46,
            lid + (coolant === 'cts70' ? 260 : 130),
            lid + (coolant === 'cts70' ? 430 : 250),
            { outline: 0.5 },
          ),
        ],
        coolant,
      ),
    )
  const filter = oneOf(chosen, 'filter_drum', 'filter_bag')
  if (filter) {
    const [fx, fy] = left ? [x + 250, y + depth - 150] : [x + 30, y + depth - 150]
    solids.push(
      filter === 'filter_bag'
        ? together(
            [
              cylinder('z', [fx, fy + 60], 52, lid, lid + 300, { outline: 0.5 }),
              cylinder('z', [fx + 120, fy + 60], 52, lid, lid + 300, { outline: 0.5 }),
            ],
            filter,
          )
        : cylinder('x', [fy + 50, lid + 110], 110, fx - 40, fx + 190, {
            part: filter,
            outline: 1,
            detail: [line(circle(side(fx - 40), [fy + 50, lid + 110], 70))],
          }),
    )
  }
  if (has(chosen, 'skimmer')) {
    const [sx, sy] = left ? [x + 30, y + 20] : [x + 20, y + 40]
    solids.push(
      together(
        [
          box([sx, sy, lid], [130, 90, 150], { outline: 0.5 }),
          cylinder('y', [sx + 65, lid + 90], 38, sy - 12, sy, { outline: 0.5 }),
        ],
        'skimmer',
      ),
    )
  }
  return solids
}

function conveyorOf(chosen: Chosen, frame: Frame, left: boolean, tank: number): Solid[] {
  const kind = oneOf(chosen, 'conv_none', 'conv_screw', 'conv_hinge', 'conv_scraper', 'conv_magnetic')
  if (!kind) return []
  const lid = 390
  const reach = left ? 860 : frame.fullDepth + 900 - frame.depth
  const head = kind === 'conv_screw' ? 700 : 1050
  const start = tank * 0.25
  const knee = reach - (kind === 'conv_screw' ? 330 : kind === 'conv_magnetic' ? 440 : 520)
  // distance from the machine, height
  const profile: Point[] = [
    [0, lid],
    [start, lid],
    [knee, head],
    [reach - 60, head],
    [reach, head - 60],
    [reach, head - 250],
    [reach - 190, head - 250],
    [reach - 260, head - 190],
    [start + 230, lid],
  ]
  const [from, to] = left ? [250, 560] : [90, 400]
  if (kind === 'conv_none') {
    const cart = (x: number, y: number) =>
      box([x, y, 120], [430, 520, 330], {
        part: kind,
        outline: 1,
        detail: [
          line(
            polyline(front(y), [
              [x + 40, 400],
              [x + 390, 400],
            ]),
          ),
        ],
      })
    return [left ? cart(-tank - 460, 90) : cart(40, frame.depth + tank + 40)]
  }
  const outer = profile.map(([d, z]): Point => [left ? -d : frame.depth + d, z])
  const flank = left ? front(from) : side(from)
  const along = (part: number, up: number): Point => {
    const d = start + 95 + (knee + 60 - start) * part
    return [left ? -d : frame.depth + d, lid + 20 + (head - 170 - lid) * part + up]
  }
  const marks = { conv_hinge: 8, conv_scraper: 6, conv_screw: 5, conv_magnetic: 1 }[kind]
  const detail: Node[] = Array.from({ length: marks }, (_, at) => {
    const part = (at + 0.6) / marks
    if (kind === 'conv_hinge') return filled(circle(flank, along(part, 30), 20), 'drawingTop')
    if (kind === 'conv_magnetic') return filled(circle(flank, along(0.5, 30), 62), 'drawingTop')
    const shift = kind === 'conv_screw' ? 0.5 / marks : 0
    return line(polyline(flank, [along(part, -20), along(part + shift, 80)]), 1)
  })
  const body = prism(left ? 'y' : 'x', outer, from, to, { part: kind, outline: 1.5, detail })
  const motor = left
    ? cylinder('y', [-(reach - 110), head - 110], 62, from - 120, from, { outline: 1, part: kind })
    : cylinder('x', [frame.depth + reach - 110, head - 110], 62, from - 120, from, { outline: 1, part: kind })
  const [cx, cy] = left ? [-reach - 150, from - 40] : [from - 40, frame.depth + reach - 260]
  const bin = left ? cartAt([cx, cy, 0]) : cartAt([cx, cy, 0])
  return [body, motor, { ...bin, part: kind }]
}

function cartAt([x, y]: Vec): Solid {
  return together([
    cylinder('y', [x + 80, 55], 55, y + 10, y + 50, { outline: 0.5 }),
    cylinder('y', [x + 330, 55], 55, y + 10, y + 50, { outline: 0.5 }),
    prism(
      'y',
      [
        [x + 40, 110],
        [x + 370, 110],
        [x + 410, 560],
        [x, 560],
      ],
      y,
      y + 390,
      { outline: 1, detail: [filled(rectangle(top(560), x + 20, y + 20, 370, 350), 'drawingRight')] },
    ),
  ])
}
