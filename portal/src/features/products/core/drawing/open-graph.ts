import type { Language, LocalizedText, Palette } from '#platform/core'
import { toSvg } from './svg.ts'
import { type Drawing, fit, type Node, place, type Tone } from './tree.ts'

export interface Facts {
  /** product name */
  name: LocalizedText
  /** who makes it */
  maker: LocalizedText
  drawing: Drawing
  /** three facts in numbers */
  facts: readonly { value: string; unit?: string; label: LocalizedText }[]
  colours: Palette
}

/** The picture that is shown where a link to the product is shared: 1200 × 630, in colours, without style sheet. */
export function ogSvg({ name, maker, drawing, facts, colours }: Facts, language: Language, fontFamily?: string): string {
  const write = (x: number, y: number, text: string, size: number, tone: Tone, strong = false): Node => ({
    kind: 'text',
    at: [x, y],
    text,
    size,
    tone,
    ...(strong ? { strong: true as const } : {}),
  })
  const wide = { x: 0, y: 0, width: 1200, height: 630 }
  const picture = fit(drawing.nodes, { width: 720, height: 590, margin: 12 })
  const title = lines(name[language], language === 'zh-CN' ? 9 : 17)
  const nodes: Node[] = [
    { kind: 'path', d: [['M', 0, 0], ['L', 1200, 0], ['L', 1200, 630], ['L', 0, 630], ['Z']], fill: 'paper' },
    {
      kind: 'path',
      d: [
        ['M', 64, 96],
        ['L', 424, 96],
      ],
      stroke: 'line',
      weight: 1,
    },
    write(64, 70, maker[language], 26, 'inkMuted', true),
    ...title.map((text, at) => write(64, 176 + at * 60, text, 48, 'ink', true)),
    ...facts.slice(0, 3).flatMap(({ value, unit, label }, at): Node[] => {
      const y = 366 + at * 88
      return [
        {
          kind: 'path',
          d: [
            ['M', 64, y - 46],
            ['L', 424, y - 46],
          ],
          stroke: 'line',
          weight: 1,
        },
        write(64, y, value, 38, 'ink', true),
        ...(unit ? [write(64 + width(value, 38) + 10, y, unit, 22, 'inkFaint')] : []),
        write(64, y + 28, label[language], 20, 'inkMuted'),
      ]
    }),
    { kind: 'group', children: place(picture, 1, [468, 34]) },
  ]
  return toSvg(
    { viewBox: wide, title: name, nodes },
    { colours, language, width: 1200, height: 630, ...(fontFamily ? { fontFamily } : {}) },
  )
}

/** Roughly, for setting a unit after its number. */
function width(text: string, size: number): number {
  return [...text].reduce((sum, sign) => sum + (/[\u3000-\uffff]/.test(sign) ? 1 : /[.,:'\s]/.test(sign) ? 0.3 : 0.58), 0) * size
}

function lines(text: string, most: number): string[] {
  const pieces = /[\u4e00-\u9fff]/.test(text) ? (text.match(/[\w\s.-]+|[^\w\s]/g) ?? [text]) : text.split(/(?<=\s)/)
  const count = Math.ceil([...text].length / most)
  const even = Math.min(most, Math.ceil([...text].length / count) + 1)
  const rows = ['']
  for (const piece of pieces) {
    const row = rows.at(-1) ?? ''
    if (row !== '' && [...(row + piece)].length > even) rows.push(piece)
    else rows[rows.length - 1] = row + piece
  }
  return rows.map(row => row.trim()).slice(0, 3)
}
