import type { Drawings } from '../core/drawing/product-drawing.ts'
import { drawWish } from '../core/drawing/wish.ts'
import type { Asked, Drawn } from './drawing-client.ts'

const thread = globalThis as unknown as {
  postMessage(answer: Drawn): void
  addEventListener(type: 'message', listener: (event: { data: Asked }) => void): void
}

/** Makes this thread one that draws these products, so that no drawing keeps the page from answering. */
export function serveDrawings(drawings: Drawings): void {
  thread.addEventListener('message', ({ data: { id, wish } }) => thread.postMessage({ id, svg: drawWish(wish, drawings) }))
}
