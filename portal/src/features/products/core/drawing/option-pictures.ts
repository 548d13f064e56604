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
  wardrobe: wardrobeBeside(),
  suit: suitBeside(),
}

function wardrobeBeside(): Record<string, Chosen> {
  const bay = (options: Record<string, number>, more: Record<string, number> = {}): Chosen => ({
    options,
    numbers: { width: 900, height: 2200, depth: 580, bays: 1, doors: 1, ...more },
  })
  const within = (ids: string[], ...options: string[]) =>
    Object.fromEntries(ids.map(id => [id, bay(Object.fromEntries(options.map(each => [each, 1])))]))
  return {
    '*': bay({}),
    ...within(['lift'], 'bay_double'),
    ...within(['drawer_200', 'drawer_280', 'safe', 'tray'], 'bay_drawer'),
    ...within(['shelf_18', 'shelf_25', 'shelf_glass', 'led_shelf'], 'bay_shelf'),
    ...within(['mirror'], 'bay_long'),
    ...within(['ironing'], 'bay_trouser'),
    ...within(['panel_foil', 'panel_lacquer', 'panel_veneer', 'panel_glass', 'panel_mirror', 'panel_rattan'], 'front_hinged'),
    front_hinged: bay({ bay_shelf: 2, panel_foil: 1, handle_bar: 1 }, { width: 1200, bays: 2, doors: 2 }),
    front_sliding: bay({ bay_shelf: 2, panel_mirror: 1 }, { width: 1800, bays: 2, doors: 2 }),
    front_none: bay({ bay_shelf: 1, bay_double: 1 }, { width: 1200, bays: 2, doors: 0 }),
    slope: bay({ bay_shelf: 2 }, { width: 1600, bays: 2, slope_low: 1100, slope_run: 900 }),
  }
}

function suitBeside(): Record<string, Chosen> {
  const usual = [
    'breast_sb2',
    'lapel_notch',
    'pocket_flap',
    'cp_welt',
    'pleat_none',
    'rise_mid',
    'wb_loops',
    'hem_plain',
    'p_plain',
    'c_grey',
    'lc_cupro',
    'b_horn',
  ]
  const suit = (...options: string[]): Chosen => ({ options: Object.fromEntries(options.map(id => [id, 1])), numbers: {} })
  const waistcoat = ['wc', 'wcf_5', 'wcl_none', 'wcb_lining', 'c_grey']
  const part = (id: string) => suit(...waistcoat.filter(each => each.split('_')[0] !== id.split('_')[0]))
  return {
    '*': suit(...usual),
    ...Object.fromEntries(
      ['wcf_5', 'wcf_6', 'wcf_db', 'wcl_none', 'wcl_notch', 'wcl_shawl', 'wcb_lining', 'wcb_cloth'].map(id => [id, part(id)]),
    ),
    wc: suit('wcf_5', 'wcl_none', 'wcb_lining', 'c_grey'),
  }
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
  'body_particle',
  'body_ply',
  'body_oak',
  'slope',
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
