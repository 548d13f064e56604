import type { Chosen } from '../core/drawing/chosen.ts'
import { drawMachine } from '../core/drawing/machining-centre/machine.ts'
import { type Drawing, fit } from '../core/drawing/tree.ts'

export interface Shown {
  modelId: string
  selection: Chosen
}
const frame = { width: 960, height: 720, margin: 24 }
export function drawingOf({ modelId, selection }: Shown, dimensions: boolean): Drawing | null {
  if (modelId !== 'machining-centre') return null
  return {
    viewBox: { x: 0, y: 0, width: frame.width, height: frame.height },
    title: { 'zh-CN': '外形图', en: 'Outline drawing' },
    nodes: fit(drawMachine(selection, { dimensions }), frame),
  }
}
