import type { ProductDrawing } from './product-drawing.ts'
import { shopSigns } from './signs-shop.ts'
import { boundsOf, type Drawing, fit, type GroupNode, type Node } from './tree.ts'

const frame = { width: 96, height: 72, margin: 5 }

/** A small picture, 96 × 72 px: the option's own part of the drawing, or a sign for what has no shape. own: the drawing of its product */
export function pictureOption(own: ProductDrawing | undefined, optionId: string): Drawing {
  const nodes = pictureOf(own, optionId)
  return {
    viewBox: { x: 0, y: 0, width: frame.width, height: frame.height },
    title: { 'zh-CN': '', en: '' },
    nodes: thinned(fit(nodes, frame), own?.pictures.whole.has(optionId) ? 0.4 : 0.7),
  }
}

function pictureOf(own: ProductDrawing | undefined, optionId: string): Node[] {
  if (!own) return noPicture()
  const { sign, beside, whole } = own.pictures
  const signed = sign(optionId)
  if (signed) return signed
  const special = beside[optionId]
  const usual = beside['*'] ?? { options: {}, numbers: {} }
  const options = special?.options ?? withoutRivals(usual.options, optionId)
  const nodes = own.draw({ options: { ...options, [optionId]: 1 }, numbers: (special ?? usual).numbers }, {})
  if (whole.has(optionId)) return nodes
  const parts = partsOf(nodes, optionId)
  return parts.length > 0 && boundsOf(parts).width > 0 ? parts : noPicture()
}

const noPicture = (): Node[] => shopSigns.module()

/** The context's panel gives way to the panel that is pictured. */
function withoutRivals(options: Readonly<Record<string, number>>, optionId: string): Record<string, number> {
  const kind = optionId.split('_')[0]
  return Object.fromEntries(Object.entries(options).filter(([id]) => !id.startsWith(`${kind}_`)))
}

function partsOf(nodes: readonly Node[], part: string): GroupNode[] {
  return nodes.flatMap(node => (node.kind !== 'group' ? [] : node.part === part ? [node] : partsOf(node.children, part)))
}

/** Smaller than 3 px either way: a hundred of them make the picture no clearer, but the page slower. */
function isSpeck(node: Node): boolean {
  const { width, height } = boundsOf([node])
  return Math.max(width, height) < 3
}

/** Lines of a large drawing are too heavy at this size; its words and details are left out. */
function thinned(nodes: readonly Node[], factor: number): Node[] {
  return nodes.flatMap((node): Node[] => {
    if (node.kind === 'group') return [{ ...node, children: thinned(node.children, factor) }]
    if (node.kind === 'text') return factor < 0.5 ? [] : [node]
    if (factor < 0.5 && (isSpeck(node) || (node.fill === undefined && (node.weight ?? 1) <= 0.5))) return []
    return [node.weight === undefined ? node : { ...node, weight: node.weight * factor }]
  })
}
