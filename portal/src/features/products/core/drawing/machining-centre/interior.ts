import { type Chosen, has, oneOf, value } from '../chosen.ts'
import { circle, front, polygon, polyline, rectangle, side, top } from '../isometric.ts'
import { box, cylinder, filled, line, paint, type Solid, taper, together } from '../solids.ts'
import type { Node } from '../tree.ts'
import type { Frame } from './frame.ts'

import { onTable } from './on-table.ts'
/** Table, rotary axis, fixtures, spindle and probes, seen through the open door. */
export function drawInterior(chosen: Chosen, frame: Frame): Node[] {
  const { opening, table, centre, roof } = frame
  const back = table.y + table.width + 330
  const [left, right] = [opening.left - 500, opening.right + 40]
  const walls: Node[] = [
    filled(rectangle(front(back), left, 300, right - left, roof - 300), 'drawingLeft', 0.5),
    filled(rectangle(side(right), 0, 300, back, roof - 300), 'drawingRight', 0.5),
    ...Array.from({ length: 9 }, (_, at) =>
      line(
        polyline(front(back), [
          [left + (at + 1) * 260, 300],
          [left + (at + 1) * 260, roof],
        ]),
      ),
    ),
    filled(
      polygon(top(640), [
        [left, 0],
        [right, 0],
        [right, back],
        [left, back],
      ]),
      'drawingLeft',
      0.5,
    ),
  ]
  const covers = [-1, 1].map(sign => {
    const inner = centre + sign * (table.length / 2 - 40)
    const outer = sign < 0 ? left : right
    return box([Math.min(inner, outer), table.y + 30, 700], [Math.abs(outer - inner), table.width - 60, 130], {
      outline: 0.5,
      detail: Array.from({ length: 7 }, (_, at) => {
        const x = inner + ((outer - inner) * (at + 1)) / 8
        return line([
          ...polyline(top(830), [
            [x, table.y + 30],
            [x, table.y + table.width - 30],
          ]),
          ...polyline(front(table.y + 30), [
            [x, 700],
            [x, 830],
          ]),
        ])
      }),
    })
  })
  const saddle = box([centre - 330, table.y - 40, 640], [660, table.width + 80, 190], {
    outline: 1,
    part: oneOf(chosen, 'ways_box', 'ways_roller'),
  })
  return [
    ...walls,
    ...paint([saddle, ...covers, tableBody(chosen, frame), ...onTable(chosen, frame), ...head(chosen, frame, back)]),
  ]
}

function tableBody(chosen: Chosen, { table, centre, base }: Frame): Solid {
  const x = centre - table.length / 2
  const { y, width, length, top: z } = table
  const kind = oneOf(chosen, 'table_pallet2', 'table_zero', 'table_tslot')
  const detail: Node[] = []
  if (kind === 'table_zero') {
    detail.push(line(rectangle(top(z), x + 60, y + 40, length - 120, width - 80)))
    for (const [dx, dy] of [
      [0.28, 0.27],
      [0.72, 0.27],
      [0.28, 0.73],
      [0.72, 0.73],
    ] as const) {
      detail.push(
        filled(circle(top(z), [x + length * dx, y + width * dy], 78), 'drawingLeft', 1),
        line(circle(top(z), [x + length * dx, y + width * dy], 36)),
      )
    }
  } else {
    const slots = (base === 'vm850' ? 5 : 7) + value(chosen, 'tslots')
    for (let slot = 1; slot <= slots; slot++) {
      const at = y + (width * slot) / (slots + 1)
      detail.push(
        line([
          ...polyline(top(z), [
            [x, at - 8],
            [x + length, at - 8],
          ]),
          ...polyline(top(z), [
            [x, at + 8],
            [x + length, at + 8],
          ]),
        ]),
        line(
          polyline(side(x), [
            [at - 8, z],
            [at - 8, z - 24],
            [at - 20, z - 24],
            [at - 20, z - 44],
            [at + 20, z - 44],
            [at + 20, z - 24],
            [at + 8, z - 24],
            [at + 8, z],
          ]),
        ),
      )
    }
  }
  if (has(chosen, 'scales'))
    detail.push({
      kind: 'group',
      part: 'scales',
      children: [filled(rectangle(front(y), x + 40, z - 110, length - 80, 26), 'drawingGlass', 0.5)],
    })
  return box([x, y, z - 130], [length, width, 130], { outline: 1.5, part: kind, detail })
}

function head(chosen: Chosen, frame: Frame, back: number): Solid[] {
  const { table, centre, roof, riser } = frame
  const y = table.y + table.width / 2
  const nose = table.top + 430 + riser * 0.8
  const spindle = oneOf(chosen, 'sp6_gear', 'sp8_belt', 'sp10_direct', 'sp12_direct', 'sp15_builtin', 'sp18_builtin')
  const half = { sp6_gear: 230, sp8_belt: 165, sp10_direct: 165, sp12_direct: 170, sp15_builtin: 190, sp18_builtin: 200 }[
    spindle ?? 'sp10_direct'
  ]
  const builtin = spindle === 'sp15_builtin' || spindle === 'sp18_builtin'
  const holder = oneOf(chosen, 'bt50') ? 62 : oneOf(chosen, 'hsk_a63') ? 44 : 50
  const probe = oneOf(chosen, 'probe_radio', 'probe_ir')
  const lower = nose + 190
  const solids: Solid[] = [
    box([centre - half, y - half * 0.9, lower], [2 * half, back - y + half * 0.9, Math.max(60, roof - lower)], {
      outline: 1.5,
      part: spindle,
    }),
    ...(builtin
      ? [
          cylinder('z', [centre, y], half * 0.78, nose + 40, lower, { outline: 1, part: spindle, detail: [] }),
          cylinder('z', [centre, y], half * 0.62, nose, nose + 40, { outline: 1, part: spindle }),
        ]
      : [taper([centre, y], { z: nose, radius: half * 0.55 }, { z: lower, radius: half * 0.82 }, { part: spindle })]),
    cylinder('z', [centre, y], holder, nose - 42, nose, { outline: 1, part: oneOf(chosen, 'bt40', 'bbt40', 'hsk_a63', 'bt50') }),
    probe
      ? together(
          [
            cylinder('z', [centre, y], 32, nose - 130, nose - 42, { outline: 0.5 }),
            cylinder('z', [centre, y], 5, nose - 205, nose - 130, { outline: 0.5 }),
            cylinder('z', [centre, y], 10, nose - 222, nose - 205, {
              outline: 0.5,
              tones: { top: 'drawingAccent', front: 'drawingAccent' },
            }),
          ],
          probe,
        )
      : cylinder('z', [centre, y], 22, nose - 190, nose - 42, {
          outline: 0.5,
          detail: [
            line(
              polyline(front(y - 22), [
                [centre - 10, nose - 190],
                [centre + 14, nose - 120],
              ]),
            ),
          ],
        }),
  ]
  const coolant = oneOf(chosen, 'cool_flood', 'cts20', 'cts70', 'mql')
  if (coolant)
    solids.push({
      part: coolant,
      min: [centre - half - 30, y - half, nose - 60],
      max: [centre - half, y - half + 10, nose + 200],
      nodes: [-0.8, 0.8].map(at =>
        line(
          polyline(front(y - half * 0.9), [
            [centre + half * at, lower],
            [centre + half * at, nose + 60],
            [centre + half * at * 0.62, nose - 10],
          ]),
          1,
        ),
      ),
    })
  return solids
}
