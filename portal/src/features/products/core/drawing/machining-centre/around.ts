import { type Chosen, has, oneOf } from '../chosen.ts'
import { circle, front, polyline, project, rectangle, roundedRectangle, side, slantOf, top, type Vec } from '../isometric.ts'
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

/** Hydraulic unit, chiller and transformer in a row beside the rear of the machine. */
export function drawUnits(chosen: Chosen, { depth, fullDepth, width }: Frame): Solid[] {
  const solids: Solid[] = []
  const x = -120
  let y = depth * 0.72
  const next = (length: number) => {
    const at = y
    y += length + 130
    return at
  }
  const hydraulics = oneOf(chosen, 'hyd_4', 'hyd_8')
  if (hydraulics) {
    const [w, d, h] = hydraulics === 'hyd_4' ? [480, 400, 420] : [560, 480, 500]
    const at = next(d)
    const valves: Solid[] = Array.from({ length: hydraulics === 'hyd_4' ? 4 : 8 }, (_, index) =>
      box([x - w + 30 + (index % 4) * 62, at + 20 + Math.floor(index / 4) * 70, h + 30], [46, 50, 80], { outline: 0.5 }),
    )
    solids.push(
      together(
        [
          box([x - w, at, 30], [w, d, h], {
            outline: 1,
            detail: [
              filled(roundedRectangle(front(at), x - w + 40, 130, 40, 180, 20), 'drawingGlass'),
              line(circle(front(at), [x - 110, 250], 44)),
            ],
          }),
          ...valves,
          cylinder('z', [x - 130, at + d - 130], 92, h + 30, h + 300, { outline: 1 }),
        ],
        hydraulics,
      ),
    )
  }
  const chiller = oneOf(chosen, 'chill_3', 'chill_5')
  if (chiller) {
    const [w, d, h] = chiller === 'chill_3' ? [430, 470, 920] : [520, 560, 1240]
    const at = next(d)
    const fans = chiller === 'chill_3' ? [h - 190] : [h - 210, h - 600]
    solids.push(
      box([x - w, at, 60], [w, d, h], {
        outline: 1.5,
        part: chiller,
        detail: [
          ...fans.flatMap(z => [
            filled(circle(side(x - w), [at + d / 2, z], d * 0.34), 'drawingTop', 1),
            ...[0.72, 0.44, 0.16].map(ring => line(circle(side(x - w), [at + d / 2, z], d * 0.34 * ring))),
          ]),
          ...Array.from({ length: 7 }, (_, index) =>
            line(
              polyline(front(at), [
                [x - w + 50, 140 + index * 36],
                [x - 50, 140 + index * 36],
              ]),
            ),
          ),
          filled(rectangle(front(at), x - w + 60, h - 120, 150, 90), 'drawingGlass'),
        ],
      }),
    )
  }
  const transformer = oneOf(chosen, 'tr_40', 'tr_75')
  if (transformer) {
    const [w, d, h] = transformer === 'tr_40' ? [520, 600, 760] : [620, 720, 960]
    const at = next(d)
    const bolt: Point[] = [
      [0, 90],
      [-46, 0],
      [-6, 0],
      [-20, -90],
      [46, 14],
      [8, 14],
      [24, 90],
    ]
    solids.push(
      box([x - w, at, 60], [w, d, h], {
        outline: 1.5,
        part: transformer,
        detail: [
          ...Array.from({ length: 9 }, (_, index) =>
            line(
              polyline(side(x - w), [
                [at + 70 + (index * (d - 140)) / 8, 130],
                [at + 70 + (index * (d - 140)) / 8, h - 60],
              ]),
            ),
          ),
          line(
            [
              ...polyline(
                front(at),
                bolt.map(([p, q]): Point => [x - w / 2 + p, h * 0.62 + q]),
              ),
              ['Z'],
            ],
            1,
          ),
        ],
      }),
    )
  }
  return [...solids, ...cabinet(chosen, depth, fullDepth, width), ...airService(chosen, depth)]
}

function cabinet(chosen: Chosen, depth: number, fullDepth: number, width: number): Solid[] {
  const cooling = oneOf(chosen, 'cab_ac', 'cab_hex')
  const [from, to] = [560, width * 0.82]
  const z = 1980
  const solids = [
    box([from, depth, 150], [to - from, fullDepth - depth, z - 150], {
      outline: 1,
      part: oneOf(chosen, 'supply_30', 'supply_40', 'supply_55', 'supply_75'),
      detail: [
        line(
          polyline(top(z), [
            [(from + to) / 2, depth],
            [(from + to) / 2, fullDepth],
          ]),
        ),
      ],
    }),
  ]
  if (cooling) {
    const [w, h] = cooling === 'cab_ac' ? [620, 420] : [340, 250]
    solids.push(
      box([from + 40, depth + 60, z], [w, 320, h], {
        part: cooling,
        outline: 1,
        detail: Array.from({ length: 5 }, (_, at) =>
          line(
            polyline(side(from + 40), [
              [depth + 100, z + h - 40 - at * 30],
              [depth + 340, z + h - 40 - at * 30],
            ]),
          ),
        ),
      }),
    )
  }
  return solids
}

/** Dryer and oil-air unit on the left wall. */
function airService(chosen: Chosen, depth: number): Solid[] {
  const solids: Solid[] = []
  const y = depth * 0.86
  if (has(chosen, 'air_dryer'))
    solids.push(
      together(
        [
          box([-40, y - 20, 1180], [40, 260, 420], { outline: 0.5 }),
          ...[30, 170].map(dy => cylinder('z', [-90, y + dy], 48, 1150, 1560, { outline: 1 })),
        ],
        'air_dryer',
      ),
    )
  if (has(chosen, 'oil_air'))
    solids.push(
      together(
        [
          box([-150, y - 20, 1680], [150, 230, 240], {
            outline: 1,
            detail: [filled(roundedRectangle(side(-150), y + 30, 1720, 60, 150, 20), 'drawingGlass')],
          }),
        ],
        'oil_air',
      ),
    )
  return solids
}

/** Panel, pallet changer, wash gun and robot interface before the machine. */
export function drawFront(chosen: Chosen, frame: Frame): Solid[] {
  const solids: Solid[] = [pendant(chosen, frame)]
  if (has(chosen, 'table_pallet2')) solids.push(palletChanger(frame))
  if (has(chosen, 'wash_gun')) {
    const x = frame.opening.left - Math.min(frame.opening.left - 30, 300) * 0.5
    solids.push({
      part: 'wash_gun',
      min: [x - 60, -60, 300],
      max: [x + 60, -40, 690],
      nodes: [
        ...[0, 1, 2, 3].map(at => line(circle(front(-40), [x, 520 - at * 26], 62), 1)),
        filled(rectangle(front(-50), x - 16, 590, 32, 100), 'drawingAccent', 0.5),
      ],
    })
  }
  const robot = oneOf(chosen, 'robot_io', 'robot_pn')
  if (robot) solids.push(robotPlace(robot, frame))
  return solids
}

function pendant(chosen: Chosen, { width }: Frame): Solid {
  const panel = oneOf(chosen, 'panel_10', 'panel_15', 'panel_21')
  const [w, h, screen] = {
    panel_10: [430, 640, 190] as const,
    panel_15: [500, 760, 300] as const,
    panel_21: [520, 980, 540] as const,
  }[panel ?? 'panel_10']
  const x = width - w - 10
  const [y, z] = [-300, 960]
  const keys: Node[] = []
  const below = h - screen - 150
  for (let row = 0; row < Math.max(2, Math.floor(below / 62)); row++)
    for (let column = 0; column < 7; column++)
      keys.push(line(rectangle(front(y), x + 44 + (column * (w - 88)) / 7, z + 60 + row * 58, (w - 88) / 7 - 16, 38)))
  return together(
    [
      box([x + w / 2 - 60, -180, z + h * 0.5], [120, 180, 160], { outline: 1 }),
      box([x, y, z], [w, 120, h], {
        outline: 1.5,
        part: panel,
        detail: [
          filled(roundedRectangle(front(y), x + 40, z + h - screen - 46, w - 80, screen, 14), 'drawingGlass', 1),
          ...[0.3, 0.5, 0.7].map(part =>
            line(
              polyline(front(y), [
                [x + 70, z + h - 46 - screen * part],
                [x + 70 + (w - 200) * (1.15 - part), z + h - 46 - screen * part],
              ]),
            ),
          ),
          ...keys,
        ],
      }),
      prism(
        'x',
        [
          [y - 90, z - 20],
          [y + 120, z - 20],
          [y + 120, z],
          [y, z],
          [y - 90, z - 6],
        ],
        x,
        x + w,
        { outline: 1, part: oneOf(chosen, 'fanuc_0i', 'fanuc_31i', 'siemens_828d', 'siemens_one', 'tnc7', 'hnc_848', 'gsk_25i') },
      ),
      cylinder('y', [x + w - 60, z + 34], 24, y - 26, y, {
        outline: 1,
        tones: { front: 'drawingAccent', side: 'drawingAccent' },
      }),
    ],
    panel,
  )
}

function palletChanger({ centre, table }: Frame): Solid {
  const [w, d] = [table.length + 120, table.width + 260]
  const x = centre - w / 2
  const z = 860
  const y = -950
  const slots: Node[] = Array.from({ length: 4 }, (_, at) =>
    line(
      polyline(top(z + 90), [
        [x + 60, y + 90 + ((table.width - 60) * (at + 1)) / 5],
        [x + w - 60, y + 90 + ((table.width - 60) * (at + 1)) / 5],
      ]),
    ),
  )
  return together(
    [
      box([x + 120, y + 90, 60], [w - 240, d - 40, 640], {
        outline: 1,
        detail: [
          line(rectangle(front(y + 90), x + 200, 160, w - 400, 420)),
          line(roundedRectangle(front(y + 90), centre - 60, 380, 120, 24, 12), 1),
        ],
      }),
      box([centre - 260, y + d - 60, 640], [520, -y - d + 40, 70], {
        outline: 1,
        detail: [
          line(
            polyline(top(710), [
              [centre - 180, y + d - 60],
              [centre - 180, -20],
            ]),
          ),
          line(
            polyline(top(710), [
              [centre + 180, y + d - 60],
              [centre + 180, -20],
            ]),
          ),
        ],
      }),
      cylinder('z', [centre, y + 60 + table.width / 2], 240, 700, z, { outline: 1 }),
      box([x + 60, y + 60, z], [w - 120, table.width, 90], { outline: 1.5, detail: slots }),
      box([x + 140, y + 150, z + 90], [300, 220, 150], {
        outline: 1,
        tones: { top: 'drawingGlass', front: 'drawingGlass', side: 'drawingGlass' },
      }),
    ],
    'table_pallet2',
  )
}

/** Where a robot would stand, and the terminal box it is wired to. */
function robotPlace(part: string, { centre }: Frame): Solid {
  const x = centre
  const y = -950
  const left = centre + 420
  const sockets = [0, 1].flatMap(row =>
    [0, 1].map(column =>
      filled(
        circle(front(-200), [left + 65 + column * 90, 380 - row * 120], 30),
        part === 'robot_pn' && row + column === 0 ? 'drawingAccent' : 'drawingTop',
      ),
    ),
  )
  const terminal = box([left, -200, 0], [220, 160, 520], { outline: 1, detail: sockets })
  return {
    part,
    flat: true,
    min: [x - 500, y - 500, 0],
    max: [left + 220, -40, 520],
    nodes: [
      { kind: 'path', d: circle(top(0), [x, y], 300), stroke: 'drawingLine', weight: 0.5, dash: [4, 3] },
      { kind: 'path', d: circle(top(0), [x, y], 420), stroke: 'drawingLine', weight: 0.5, dash: [1, 3] },
      line([
        ...polyline(top(0), [
          [x - 420, y],
          [x + 420, y],
        ]),
        ...polyline(top(0), [
          [x, y - 420],
          [x, y + 420],
        ]),
      ]),
      {
        kind: 'text',
        at: project([x - 330, y - 420, 0]),
        text: { 'zh-CN': '机器人', en: 'robot' },
        size: 90,
        scales: true,
        tone: 'inkMuted',
        slant: slantOf(top(0)),
      },
      ...terminal.nodes,
    ],
  }
}
