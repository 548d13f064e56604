import type { LocalizedText } from '#platform/core'
import type { Chosen } from './chosen.ts'
import { drawModules } from './generic.ts'
import { drawMachine } from './machining-centre/machine.ts'
import { drawRotaryTable } from './rotary-table.ts'
import { drawSuit } from './suit/suit.ts'
import { type Box, type Drawing, fit, type Node, place } from './tree.ts'
import { drawWardrobe, stageOfWardrobe } from './wardrobe/wardrobe.ts'

export interface DrawProductOptions {
  /** overall dimensions with their lines */
  dimensions?: boolean
  /** content: fills the frame; stage: one scale and place for every choice, so that nothing jumps. Default content */
  frame?: 'content' | 'stage'
  /** px; default 960 × 720 */
  width?: number
  height?: number
  title?: LocalizedText
}

interface ProductDrawing {
  draw: (chosen: Chosen, options: { dimensions?: boolean }) => Node[]
  /** what the largest choice covers on paper, in mm; by class where sizes differ too much for one scale */
  stage: Box | ((chosen: Chosen) => Box)
  /** the same with dimension lines, where that is more */
  measuredStage?: Box
  title: LocalizedText
}

/** The drawings by model id. */
export const drawings: Readonly<Record<string, ProductDrawing>> = {
  'machining-centre': {
    draw: drawMachine,
    stage: { x: -3900, y: -5160, width: 7060, height: 5690 },
    measuredStage: { x: -3900, y: -5160, width: 8100, height: 6060 },
    title: { 'zh-CN': '立式加工中心轴测图', en: 'Isometric drawing of the machining centre' },
  },
  'rotary-table': {
    draw: drawRotaryTable,
    stage: { x: -680, y: -730, width: 1350, height: 1215 },
    title: { 'zh-CN': '数控转台轴测图', en: 'Isometric drawing of the rotary table' },
  },
  suit: {
    draw: drawSuit,
    stage: { x: 0, y: 0, width: 2040, height: 1420 },
    title: { 'zh-CN': '西装款式图', en: 'Flat drawing of the suit' },
  },
  wardrobe: {
    draw: drawWardrobe,
    stage: stageOfWardrobe,
    title: { 'zh-CN': '衣柜轴测图', en: 'Isometric drawing of the wardrobe' },
  },
}

/** The product as chosen. A model without a drawing of its own is shown as a stack of its chosen modules. */
export function drawProduct(modelId: string, chosen: Chosen, options: DrawProductOptions = {}): Drawing {
  const { width = 960, height = 720, dimensions, frame = 'content' } = options
  const own = drawings[modelId]
  const nodes = own ? own.draw(chosen, { dimensions }) : drawModules(chosen)
  const area = frame === 'stage' && own ? stageFor(own, chosen, dimensions) : undefined
  return {
    viewBox: { x: 0, y: 0, width, height },
    title: options.title ?? own?.title ?? { 'zh-CN': '所选模块示意图', en: 'Diagram of the chosen modules' },
    nodes: area ? onStage(nodes, area, width, height) : fit(nodes, { width, height, margin: 18 }, own ? Infinity : 1.4),
  }
}

function stageFor({ stage, measuredStage }: ProductDrawing, chosen: Chosen, dimensions = false): Box {
  if (dimensions && measuredStage) return measuredStage
  return typeof stage === 'function' ? stage(chosen) : stage
}

function onStage(nodes: Node[], area: Box, width: number, height: number): Node[] {
  const scale = Math.min(width / area.width, height / area.height)
  return place(nodes, scale, [width / 2 - (area.x + area.width / 2) * scale, height / 2 - (area.y + area.height / 2) * scale])
}
