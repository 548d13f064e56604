import { trustedWorker } from '#platform/web'
import type { Wish } from '../core/drawing/wish.ts'
import drawingWorker from './drawing-worker.ts?worker&url'

export interface Asked {
  id: number
  wish: Wish
}

export interface Drawn {
  id: number
  svg: string
}

let thread: Worker | null = null
let asked = 0
const waiting = new Map<number, { resolve(svg: string): void; reject(error: Error): void }>()

/** SVG text, made in a thread of its own; one serves the whole page. Rejects where that thread fails; the next wish starts another. */
export function draw(wish: Wish): Promise<string> {
  thread ??= start()
  const id = ++asked
  const drawn = new Promise<string>((resolve, reject) => waiting.set(id, { resolve, reject }))
  thread.postMessage({ id, wish } satisfies Asked)
  return drawn
}

function start(): Worker {
  const worker = new Worker(trustedWorker(drawingWorker), { type: 'module' })
  worker.onmessage = ({ data: { id, svg } }: MessageEvent<Drawn>) => {
    waiting.get(id)?.resolve(svg)
    waiting.delete(id)
  }
  worker.onerror = event => {
    event.preventDefault?.()
    worker.terminate()
    thread = null
    for (const { reject } of waiting.values()) reject(new Error('The thread that draws has failed'))
    waiting.clear()
  }
  return worker
}
