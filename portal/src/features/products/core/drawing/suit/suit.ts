import { type Chosen, has, value } from '../chosen.ts'
import { boundsOf, type Node, type Point, place } from '../tree.ts'
import { bodyOf } from './body.ts'
import { measured, part, word } from './flat.ts'
import { drawJacketBack, drawJacketFront } from './jacket.ts'
import { drawButton, drawCloth, drawLining } from './swatches.ts'
import { drawTrousers } from './trousers.ts'
import { drawWaistcoat } from './waistcoat.ts'

/** The sheet, mm. Larger figures move those to their right; where that is too much, everything is drawn smaller. */
const sheet = { width: 2040, top: 150 }

/** The suit as a tailor's flat: front, trousers, back and waistcoat in the proportions of the measurements, cloth beside them. */
export function drawSuit(chosen: Chosen, { dimensions = false }: { dimensions?: boolean } = {}): Node[] {
  const body = bodyOf(chosen)
  const trousers = drawTrousers(chosen)
  const reach = Math.max(body.shoulder + 138, body.seat + 112)
  const jacketAt = Math.max(480, reach + 112)
  const trousersAt = Math.max(1180, jacketAt + reach + trousers.half + 50)
  const smallAt = Math.max(1790, trousersAt + trousers.half + reach * 0.62 + 130)
  const two = has(chosen, 'pair2')
  const waistcoat = has(chosen, 'wc') ? drawWaistcoat(chosen, body) : undefined
  const below = sheet.top + body.length + 210
  const nodes = [
    ...place([drawJacketFront(chosen, body), ...(dimensions ? jacketMeasures(chosen, body, reach) : [])], 1, [
      jacketAt,
      sheet.top,
    ]),
    ...swatches(chosen, jacketAt - 360, below, dimensions),
    part(
      two ? 'pair2' : undefined,
      ...place([trousers.node, ...(dimensions ? trouserMeasures(chosen, trousers) : [])], 1, [trousersAt, sheet.top - 40]),
    ),
    ...named(
      dimensions || two,
      [trousersAt, sheet.top + trousers.length + 76],
      two ? '裤子 × 2' : '裤子',
      two ? 'Trousers × 2' : 'Trousers',
    ),
    ...place(drawJacketBack(chosen, body), 0.62, [smallAt, sheet.top - 20]),
    ...named(dimensions, [smallAt, sheet.top + body.length * 0.62 + 44], '背面', 'Back'),
    ...(waistcoat ? withName(waistcoat, smallAt, sheet.top + body.length * 0.62 + 150, dimensions) : []),
  ]
  const scale = Math.min(1, (sheet.width - 20) / (smallAt + reach * 0.62))
  return scale === 1 ? nodes : place(nodes, scale, [0, 0])
}

/** Names stand beside the dimensions: on a small picture they would be all one reads. */
function named(shown: boolean, at: Point, zh: string, en: string): Node[] {
  return shown ? [word(at, zh, en)] : []
}

function withName(waistcoat: Node, x: number, y: number, dimensions: boolean): Node[] {
  const height = boundsOf([waistcoat]).height * 0.86
  return [...place([waistcoat], 0.86, [x, y]), ...named(dimensions, [x, y + height + 30], '马甲', 'Waistcoat')]
}

function jacketMeasures(chosen: Chosen, body: ReturnType<typeof bodyOf>, reach: number): Node[] {
  const cm = (group: string, usual: number) => String(value(chosen, group, usual))
  return [
    ...measured([-body.seat, body.length - 4], [-body.neck, -20], -reach - 66, cm('jacket_length', 74), true),
    ...measured([-body.shoulder, body.fall[0]], [body.shoulder, body.fall[1]], -104, cm('shoulder', 46)),
    ...measured(
      [reach - 4, body.fall[1] + body.sleeve * 0.985 - 10],
      [body.shoulder + 6, body.fall[1]],
      reach + 34,
      cm('sleeve', 63),
      true,
    ),
  ]
}

function trouserMeasures(chosen: Chosen, { half, length, rise, hem }: ReturnType<typeof drawTrousers>): Node[] {
  return [
    ...measured([half - 20, length], [half, rise], half + 62, String(value(chosen, 'inseam', 80)), true),
    ...measured([-hem[1], length], [-hem[0], length], length + 62, String(value(chosen, 'hem_width', 20))),
  ]
}

function swatches(chosen: Chosen, x: number, y: number, dimensions: boolean): Node[] {
  const scale = 1.9
  const step = 100 * scale + 66
  return [drawCloth(chosen), drawLining(chosen), drawButton(chosen)].flatMap((node, at) => [
    ...place([node], scale, [x + at * step, y]),
    ...named(
      dimensions,
      [x + at * step + 50 * scale, y + 100 * scale + 54],
      ['面料', '里料', '纽扣'][at] ?? '',
      ['Cloth', 'Lining', 'Button'][at] ?? '',
    ),
  ])
}
