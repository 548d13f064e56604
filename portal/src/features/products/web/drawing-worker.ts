import { drawWish } from '../core/drawing/wish.ts'
import type { Asked, Drawn } from './drawing-client.ts'

/** The thread that draws, so that no drawing keeps the page from answering. */
const thread = globalThis as unknown as {
  postMessage(answer: Drawn): void
  addEventListener(type: 'message', listener: (event: { data: Asked }) => void): void
}

thread.addEventListener('message', ({ data: { id, wish } }) => thread.postMessage({ id, svg: drawWish(wish) }))
