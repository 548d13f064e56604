import type { LocalizedText } from '#platform/core'
import type { Chosen } from './chosen.ts'
import { drawModules } from './generic.ts'
import type { ProductDrawing } from './product-drawing.ts'
import { type Box, type Drawing, fit, type Node, place } from './tree.ts'

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

/** The product as chosen. own: its drawing; a model without one is shown as a stack of its chosen modules. */
export function drawChosen(own: ProductDrawing | undefined, chosen: Chosen, options: DrawProductOptions = {}): Drawing {
  const { width = 960, height = 720, dimensions, frame = 'content' } = options
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
