import { type Language, type LocalizedText, light, type Palette } from '#platform/core'
import type { Command, Drawing, Node, PathNode, Tone } from './tree.ts'

export interface SvgOptions {
  /** A palette for places without style sheets (PDF, files); absent: CSS variables of the tokens, light as fallback. */
  colours?: Palette
  language?: Language
  /** Replaces the drawing's own title; empty: decoration that readers skip. */
  title?: string
  /** The part drawn in the signal colour. */
  highlight?: string
  /** px of the root element; absent: fills its place */
  width?: number
  height?: number
  fontFamily?: string
}

/** The drawing as SVG text. Parts carry `data-part`, so that a page can find the part of an option. */
export function toSvg(drawing: Drawing, options: SvgOptions = {}): string {
  const { x, y, width, height } = drawing.viewBox
  const title = options.title ?? say(drawing.title, options.language)
  const size = [
    options.width === undefined ? '' : ` width="${options.width}"`,
    options.height === undefined ? '' : ` height="${options.height}"`,
  ].join('')
  const label = title === '' ? ' aria-hidden="true"' : ` role="img" aria-label="${escapeXml(title)}"`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[x, y, width, height].map(short).join(' ')}"${size}${label}`,
    ` fill="none" stroke-linejoin="round" stroke-linecap="round">`,
    ...joined(drawing.nodes).map(node => element(node, options, false)),
    '</svg>',
  ].join('')
}

/** The value of the attribute `d`, in tenths of a px. */
export function pathData(commands: readonly Command[]): string {
  return commands.map(([letter, ...numbers]) => letter + numbers.map(short).join(' ')).join('')
}

/** A token as a colour: from the palette, or as CSS variable. */
export function colourOf(tone: Tone, palette?: Palette): string {
  return palette?.[tone] ?? `var(--${tone.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)},${light[tone]})`
}

function element(node: Node, options: SvgOptions, lit: boolean): string {
  const colour = (tone: Tone | undefined) =>
    tone === undefined ? undefined : colourOf(lit ? (litTones[tone] ?? tone) : tone, options.colours)
  switch (node.kind) {
    case 'group': {
      const children = joined(node.children)
        .map(child => element(child, options, lit || (node.part !== undefined && node.part === options.highlight)))
        .join('')
      return node.part === undefined ? children : `<g data-part="${escapeXml(node.part)}">${children}</g>`
    }
    case 'path':
      return `<path d="${pathData(node.d)}"${attributes({
        fill: colour(node.fill),
        stroke: colour(node.stroke),
        'stroke-width': node.stroke === undefined ? undefined : (node.weight ?? 1),
        'stroke-dasharray': node.dash?.join(' '),
        'fill-rule': node.evenOdd ? 'evenodd' : undefined,
        opacity: node.opacity,
      })}/>`
    case 'text': {
      const [x, y] = node.at
      const [dx, dy] = node.shift ?? [0, 0]
      const place = node.slant
        ? {
            transform: `matrix(${[...node.slant.map(n => Math.round(n * 1e4) / 1e4), short(x), short(y)].join(' ')})`,
            x: dx,
            y: dy,
          }
        : { x: short(x + dx), y: short(y + dy) }
      return `<text${attributes({
        ...place,
        'font-size': short(node.size),
        'font-weight': node.strong ? 600 : undefined,
        'font-family': options.fontFamily,
        'text-anchor': node.anchor === 'start' ? undefined : node.anchor,
        fill: colour(node.tone),
      })}>${escapeXml(say(node.text, options.language))}</text>`
    }
  }
}

/** Neighbouring lines of one look as one path: the same picture in half the text. */
function joined(nodes: readonly Node[]): Node[] {
  const result: Node[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (
      last?.kind === 'path' &&
      node.kind === 'path' &&
      isLine(last) &&
      isLine(node) &&
      last.stroke === node.stroke &&
      last.weight === node.weight
    )
      result[result.length - 1] = { ...last, d: [...last.d, ...node.d] }
    else result.push(node)
  }
  return result
}

const isLine = (node: PathNode) => node.fill === undefined && node.dash === undefined && node.opacity === undefined

const litTones: Partial<Record<Tone, Tone>> = {
  drawingLine: 'drawingAccent',
  drawingTop: 'signalTint',
  drawingLeft: 'signalTint',
  drawingRight: 'signalTint',
}

function attributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [` ${name}="${typeof value === 'string' ? escapeXml(value) : value}"`],
    )
    .join('')
}

function say(text: string | LocalizedText, language: Language = 'zh-CN'): string {
  return typeof text === 'string' ? text : text[language]
}

function short(value: number | string | undefined): string {
  return String(Math.round(Number(value) * 10) / 10 || 0)
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
}
