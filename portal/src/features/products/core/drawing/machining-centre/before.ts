import { type Chosen, has, oneOf } from '../chosen.ts'
import { circle, front, polyline, project, rectangle, roundedRectangle, slantOf, top } from '../isometric.ts'
import { box, cylinder, filled, line, prism, type Solid, together } from '../solids.ts'
import type { Node } from '../tree.ts'
import type { Frame } from './frame.ts'

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
