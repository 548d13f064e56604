import type { Model } from '@fettle/engine'
import { type Asked, engineSession } from '../core/engine-session.ts'

/** The engine's thread: holds the configuration, so that no rule of any size keeps the page from answering. */
const thread = globalThis as unknown as {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { data: Asked }) => void): void
}

const ask = engineSession({
  loadModel: async path => {
    const answer = await fetch(path)
    if (!answer.ok) throw new Error(`The model could not be loaded: ${answer.status}`)
    return (await answer.json()) as Model
  },
  loadCounter: async path => {
    const answer = await fetch(path)
    if (!answer.ok) throw new Error(`What counts the variants could not be loaded: ${answer.status}`)
    return new Uint8Array(await answer.arrayBuffer())
  },
  post: answer => thread.postMessage(answer),
  later: work => {
    const timer = setTimeout(work)
    return () => clearTimeout(timer)
  },
  now: () => performance.now(),
})

thread.addEventListener('message', ({ data }) => ask(data))
