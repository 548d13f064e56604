import { type Asked, explorerSession } from '../core/index.ts'

/** A thread of the engine: holds the model, so that none of any size keeps the page from answering. */
const thread = globalThis as unknown as {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { data: Asked }) => void): void
}

const ask = explorerSession({ post: answer => thread.postMessage(answer), now: () => performance.now() })

thread.addEventListener('message', ({ data }) => ask(data))
