import { type Chosen, has, oneOf } from '../chosen.ts'
import { circle, front, polyline, rectangle, roundedRectangle, side } from '../isometric.ts'
import { box, cylinder, filled, line, prism, roundedPoints, type Solid, together } from '../solids.ts'
import type { Node } from '../tree.ts'
import type { Frame } from './frame.ts'

/** The column with its riser and Z drive, as it stands above the roof. */
export function drawColumn(chosen: Chosen, { centre, width, depth, roof, riser, fullHeight }: Frame): Solid[] {
  const y = depth * 0.5
  const motor = 190
  const head = fullHeight - motor
  const solids: Solid[] = []
  if (riser > 0)
    solids.push(
      box([centre - 300, y, roof], [600, 520, riser], {
        part: 'column_riser',
        outline: 1,
        tones: { front: 'drawingTop' },
        detail: Array.from({ length: Math.round(riser / 50) - 1 }, (_, at) =>
          line([
            ...polyline(front(y), [
              [centre - 300, roof + 50 * (at + 1)],
              [centre + 300, roof + 50 * (at + 1)],
            ]),
            ...polyline(side(centre - 300), [
              [y, roof + 50 * (at + 1)],
              [y + 520, roof + 50 * (at + 1)],
            ]),
          ]),
        ),
      }),
    )
  // cable duct to the cabinet, and the eyes by which the machine is lifted
  solids.push(
    box([centre - 60, y + 530, roof], [120, depth - y - 560, 70], { outline: 0.5 }),
    ...[140, width - 140].flatMap(x =>
      [depth - 150, 330].map(at =>
        together([
          cylinder('z', [x, at], 38, roof, roof + 16, { outline: 0.5 }),
          cylinder('y', [x, roof + 50], 34, at - 9, at + 9, { outline: 0.5 }),
        ]),
      ),
    ),
  )
  const foot = roof + riser
  solids.push(
    box([centre - 280, y + 10, foot], [560, 500, head - foot], {
      outline: 1.5,
      detail: [line(rectangle(front(y + 10), centre - 230, foot + 40, 460, Math.max(20, head - foot - 80)))],
    }),
    together(
      [
        box([centre - 95, y + 150, head], [190, 190, 60], { outline: 1 }),
        cylinder('z', [centre, y + 245], 78, head + 60, head + motor, { outline: 1 }),
      ],
      oneOf(chosen, 'screw_cooled', 'screw_c3'),
    ),
  )
  return solids
}

/** Umbrella on the roof, drum or chain at the left wall. */
export function drawMagazine(chosen: Chosen, { depth, roof, base }: Frame): Solid[] {
  const kind = oneOf(chosen, 'mag_umbrella16', 'mag_arm24', 'mag_arm30', 'mag_chain40', 'mag_chain60')
  if (!kind) return []
  const big = base === 'vm850' ? 0 : 60
  if (kind === 'mag_umbrella16') {
    const y = depth * 0.56
    return [
      together(
        [
          cylinder('z', [470, y], 330, roof, roof + 210, { outline: 1.5, detail: [] }),
          cylinder('z', [470, y], 110, roof + 210, roof + 290, { outline: 1 }),
        ],
        kind,
      ),
    ]
  }
  if (kind === 'mag_arm24' || kind === 'mag_arm30') {
    const radius = kind === 'mag_arm24' ? 400 : 470
    const count = kind === 'mag_arm24' ? 24 : 30
    const [y, z] = [depth * 0.42, roof - radius - 60 + big]
    const pockets: Node[] = Array.from({ length: count }, (_, at) => {
      const a = (at / count) * 2 * Math.PI
      return filled(
        circle(side(-300), [y + Math.cos(a) * (radius - 62), z + Math.sin(a) * (radius - 62)], count === 24 ? 34 : 32),
        'drawingTop',
        0.5,
      )
    })
    return [
      together(
        [
          box([-110, y - 200, z - radius - 120], [110, 400, radius * 2 + 60], { outline: 1 }),
          cylinder('x', [y, z], radius, -300, -110, {
            outline: 1.5,
            detail: [
              line(circle(side(-300), [y, z], radius - 16)),
              ...pockets,
              line(circle(side(-300), [y, z], radius - 118)),
              filled(circle(side(-300), [y, z], 120), 'drawingTop', 1),
              line(circle(side(-300), [y, z], 44)),
            ],
          }),
        ],
        kind,
        toolTag(chosen, [y, z]),
      ),
    ]
  }
  const sixty = kind === 'mag_chain60'
  const out = sixty ? -650 : -420
  const length = sixty ? 940 : 820
  const [y0, z0] = [depth * 0.2, 360]
  const height = roof - 260 - z0
  const pitch = sixty ? 30 : 20
  const track = trackPoints(y0 + 110, z0 + 130, length - 220, height - 260, pitch)
  const detail: Node[] = [
    filled(roundedRectangle(side(out), y0 + 40, z0 + 60, length - 80, height - 120, 330), 'drawingGlass', 1),
    ...track.map(([p, q]) => filled(circle(side(out), [p, q], 40), 'drawingTop', 0.5)),
    line(roundedRectangle(side(out), y0 + 240, z0 + 280, length - 480, height - 560, 130)),
    ...toolTag(chosen, [y0 + length - 120, z0 + 40], out),
  ]
  if (sixty) {
    const inner = trackPoints(y0 + 250, z0 + 290, length - 500, height - 580, 18)
    detail.push(...inner.map(([p, q]) => filled(circle(side(out), [p, q], 34), 'drawingTop', 0.5)))
  }
  const leg = box([out + 90, y0 + 250, 0], [-out - 150, length - 500, z0 + 120], { outline: 1, part: kind })
  const solids = [
    together([leg, prism('x', roundedPoints(y0, z0, length, height, 330, 8), out, 0, { outline: 1.5, detail })], kind),
  ]
  if (has(chosen, 'mag_panel'))
    solids.push(
      box([out + 60, y0 - 90, 1150], [250, 60, 190], {
        part: 'mag_panel',
        outline: 1,
        detail: [filled(rectangle(front(y0 - 90), out + 85, 1180, 200, 130), 'drawingGlass')],
      }),
    )
  return solids
}

/** Places along a stadium-shaped chain. */
function trackPoints(y: number, z: number, width: number, height: number, count: number): [number, number][] {
  const outline = roundedPoints(y, z, width, height, Math.min(width, height) / 2, 16)
  const closed = [...outline, outline[0] as [number, number]]
  const lengths = closed
    .slice(1)
    .map(([p, q], at) => Math.hypot(p - (closed[at] as [number, number])[0], q - (closed[at] as [number, number])[1]))
  const total = lengths.reduce((sum, length) => sum + length, 0)
  return Array.from({ length: count }, (_, index) => {
    let rest = (total * index) / count
    let at = 0
    while (at < lengths.length - 1 && rest > (lengths[at] as number)) rest -= lengths[at++] as number
    const [a, b] = [closed[at] as [number, number], closed[at + 1] as [number, number]]
    const part = rest / (lengths[at] || 1)
    return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]
  })
}

function toolTag(chosen: Chosen, [y, z]: readonly [number, number], x = -300): Node[] {
  if (!has(chosen, 'tool_id')) return []
  return [
    {
      kind: 'group',
      part: 'tool_id',
      children: [
        filled(roundedRectangle(side(x), y - 60, z - 30, 120, 60, 10), 'drawingAccent', 0.5),
        ...[1, 2, 3].map(at => line(circle(side(x), [y, z], 60 + at * 16), 0.5, 'drawingAccent')),
      ],
    },
  ]
}

/** Mist separator, beacon and antenna on the roof. */
export function drawRoof(chosen: Chosen, { width, roof, depth, centre }: Frame): Solid[] {
  const solids: Solid[] = []
  const mist = oneOf(chosen, 'mist_mech', 'mist_estat')
  const [x, y] = [centre + 430, depth * 0.5]
  if (mist === 'mist_mech')
    solids.push(
      together(
        [
          box([x + 60, y + 30, roof], [260, 260, 60], { outline: 0.5 }),
          cylinder('z', [x + 190, y + 160], 165, roof + 60, roof + 300, { outline: 1.5 }),
          cylinder('z', [x + 190, y + 160], 95, roof + 300, roof + 350, { outline: 1 }),
        ],
        mist,
      ),
    )
  if (mist === 'mist_estat')
    solids.push(
      together(
        [
          box([x + 40, y + 20, roof], [80, 300, 60], { outline: 0.5 }),
          box([x + 520, y + 20, roof], [80, 300, 60], { outline: 0.5 }),
          box([x, y, roof + 60], [680, 340, 420], {
            outline: 1.5,
            detail: [
              line(rectangle(front(y), x + 40, roof + 100, 280, 340)),
              line(rectangle(front(y), x + 360, roof + 100, 280, 340)),
              line(roundedRectangle(front(y), x + 290, roof + 230, 16, 80, 8), 1),
              ...Array.from({ length: 6 }, (_, at) =>
                line(
                  polyline(side(x), [
                    [y + 40, roof + 150 + at * 44],
                    [y + 300, roof + 150 + at * 44],
                  ]),
                ),
              ),
            ],
          }),
        ],
        mist,
      ),
    )
  if (has(chosen, 'beacon')) {
    const [bx, by] = [width - 260, 330]
    solids.push(
      together(
        [
          cylinder('z', [bx, by], 14, roof, roof + 170, { outline: 0.5 }),
          cylinder('z', [bx, by], 36, roof + 170, roof + 240, {
            outline: 0.5,
            tones: { front: 'drawingGlass', top: 'drawingGlass' },
          }),
          cylinder('z', [bx, by], 36, roof + 240, roof + 310, {
            outline: 0.5,
            tones: { front: 'drawingAccent', top: 'drawingAccent' },
          }),
          cylinder('z', [bx, by], 36, roof + 310, roof + 380, {
            outline: 0.5,
            tones: { front: 'drawingRight', top: 'drawingTop' },
          }),
        ],
        'beacon',
      ),
    )
  }
  if (has(chosen, 'iot_gateway')) {
    const [gx, gy] = [320, depth - 260]
    solids.push(
      together(
        [
          box([gx, gy, roof], [220, 150, 70], { outline: 1 }),
          cylinder('z', [gx + 180, gy + 110], 9, roof + 70, roof + 330, { outline: 0.5 }),
        ],
        'iot_gateway',
      ),
    )
  }
  return solids
}
