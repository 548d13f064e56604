import { trustedWorker } from '#platform/web'
import type { Wish } from '../core/drawing/wish.ts'
import machines from './drawing-worker.ts?worker&url'
import suit from './drawing-worker-suit.ts?worker&url'
import wardrobe from './drawing-worker-wardrobe.ts?worker&url'

export interface Asked {
  id: number
  wish: Wish
}

export interface Drawn {
  id: number
  svg: string
}

/** Each trade is drawn by a program of its own, so that a page loads no more than its product needs. */
const programs: ReadonlyMap<string, string> = new Map([
  ['suit', suit],
  ['wardrobe', wardrobe],
])

interface Waiting {
  resolve(svg: string): void
  reject(error: Error): void
}

interface Thread {
  worker: Worker
  waiting: Map<number, Waiting>
}

const threads = new Map<string, Thread>()
let asked = 0

/** SVG text, made in a thread; one for each program serves the whole page. Rejects where that thread fails; the next wish starts another. */
export function draw(wish: Wish): Promise<string> {
  const program = programs.get(wish.modelId) ?? machines
  const { worker, waiting } = threads.get(program) ?? start(program)
  const id = ++asked
  const drawn = new Promise<string>((resolve, reject) => waiting.set(id, { resolve, reject }))
  worker.postMessage({ id, wish } satisfies Asked)
  return drawn
}

function start(program: string): Thread {
  const worker = new Worker(trustedWorker(program), { type: 'module' })
  const waiting = new Map<number, Waiting>()
  worker.onmessage = ({ data: { id, svg } }: MessageEvent<Drawn>) => {
    waiting.get(id)?.resolve(svg)
    waiting.delete(id)
  }
  worker.onerror = event => {
    event.preventDefault?.()
    worker.terminate()
    threads.delete(program)
    for (const { reject } of waiting.values()) reject(new Error('The thread that draws has failed'))
  }
  const thread = { worker, waiting }
  threads.set(program, thread)
  return thread
}
