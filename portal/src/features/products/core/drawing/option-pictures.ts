import type { Chosen } from './chosen.ts'
import { optionSigns } from './option-signs.ts'
import { drawings } from './products.ts'
import { sign } from './signs.ts'
import { boundsOf, type Drawing, fit, type GroupNode, type Node } from './tree.ts'

const frame = { width: 96, height: 72, margin: 5 }

/** What must be chosen besides, so that the part is to be seen in the drawing. */
const beside: Record<string, Record<string, Chosen>> = {
  'machining-centre': {
    '*': { options: { vm850: 1, side_left: 1, panel_10: 1 }, numbers: {} },
    mag_panel: { options: { vm1060: 1, mag_chain60: 1 }, numbers: {} },
    brake_hyd: { options: { vm850: 1, rot320: 1 }, numbers: {} },
    tailstock: { options: { vm850: 1, rot255: 1 }, numbers: {} },
    filter_drum: { options: { vm850: 1, side_left: 1, tank_650: 1 }, numbers: {} },
    filter_bag: { options: { vm850: 1, side_left: 1, tank_650: 1 }, numbers: {} },
    vm850: { options: { conv_hinge: 1, side_left: 1, tank_280: 1, panel_10: 1, mag_arm24: 1 }, numbers: {} },
    vm1060: { options: { conv_hinge: 1, side_left: 1, tank_280: 1, panel_15: 1, mag_arm24: 1 }, numbers: {} },
    vm1270: { options: { conv_hinge: 1, side_left: 1, tank_280: 1, panel_15: 1, mag_arm30: 1 }, numbers: {} },
  },
  'rotary-table': {
    '*': { options: { d255: 1, worm: 1, upright: 1 }, numbers: {} },
    d200: { options: {}, numbers: {} },
    flat: { options: { d255: 1, m_fanuc: 1 }, numbers: {} },
  },
  wardrobe: { '*': { options: {}, numbers: { width: 900, height: 2200, depth: 580, bays: 1 } } },
}

/** Options that are pictured by the whole product rather than by a part of it. */
const whole = new Set([
  'vm850',
  'vm1060',
  'vm1270',
  'upright',
  'flat',
  'front_none',
  'front_hinged',
  'front_sliding',
  'front_glass',
  'body_particle',
  'body_ply',
  'body_oak',
])

/** A small picture, 96 × 72 px: the option's own part of the drawing, or a sign for what has no shape. */
export function drawOption(modelId: string, optionId: string): Drawing {
  const nodes = pictureOf(modelId, optionId)
  return {
    viewBox: { x: 0, y: 0, width: frame.width, height: frame.height },
    title: { 'zh-CN': '', en: '' },
    nodes: thinned(fit(nodes, frame), whole.has(optionId) ? 0.4 : 0.7),
  }
}

function pictureOf(modelId: string, optionId: string): Node[] {
  const chosenSign = optionSigns[modelId]?.[optionId]
  if (chosenSign) return sign(...chosenSign)
  const own = drawings[modelId]
  if (!own) return sign('module')
  const special = beside[modelId]?.[optionId]
  const usual = beside[modelId]?.['*'] ?? { options: {}, numbers: {} }
  const options = special?.options ?? withoutRivals(usual.options, optionId)
  const nodes = own.draw({ options: { ...options, [optionId]: 1 }, numbers: (special ?? usual).numbers }, {})
  if (whole.has(optionId)) return nodes
  const parts = partsOf(nodes, optionId)
  return parts.length > 0 && boundsOf(parts).width > 0 ? parts : sign('module')
}

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
