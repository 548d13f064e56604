import { type Compiled, type Counter, compileAccepted, count, type Decision, type Model, readCounter } from '@fettle/engine'
import { type Act, perform } from './acts.ts'
import { type Cheapest, cheapestOf } from './cheapest.ts'
import type { Configuring } from './configuring.ts'
import type { Former, Nearest } from './former.ts'
import { type Misfit, open } from './opening.ts'
import { type OutlineData, outlineOf } from './outline.ts'
import { type Prospect, prospectOf } from './prospect.ts'
import { type Reason, reasonOf } from './reason.ts'
import { type View, viewOf } from './view.ts'

/** What a page asks of the engine's thread. `moment` counts what was done since the page began. */
export type Asked =
  /** modelPath: address of the model. former: what was configured with another version. outline: the page has none yet that is whole */
  | {
      ask: 'begin'
      moment: number
      modelPath: string
      decisions: readonly Decision[]
      former: Former | null
      outline: boolean
    }
  | { ask: 'act'; moment: number; act: Act }
  /** of the configuration after the act with that number; asked again, it takes the place of what is not answered yet */
  | { ask: 'prospects'; moment: number; ids: readonly string[] }
  /** the least that the decisions after the act with that number can be had for */
  | { ask: 'cheapest'; moment: number }
  /** how many configurations there are with the decisions after the act with that number. counterPath: address of what counts them */
  | { ask: 'variants'; moment: number; counterPath: string }

/** What the engine's thread answers. */
export type Answered =
  | {
      answer: 'began'
      moment: number
      view: View
      misfits: Misfit[]
      nearest: Nearest | null
      outline: OutlineData | null
    }
  /** view is null where nothing changed; refusal tells why an act cannot be done */
  | { answer: 'view'; moment: number; view: View | null; refusal: Reason | null }
  | { answer: 'prospects'; moment: number; prospects: [string, Prospect][] }
  | { answer: 'cheapest'; moment: number; cheapest: Cheapest | null }
  /** in decimal notation; null: they cannot be counted */
  | { answer: 'variants'; moment: number; variants: string | null }
  | { answer: 'failed'; message: string }

interface Surroundings {
  loadModel(path: string): Promise<Model>
  loadCounter(path: string): Promise<Uint8Array>
  post(answer: Answered): void
  /** does something after messages that wait; answers a function that calls it off */
  later(work: () => void): () => void
  /** ms, monotonic */
  now(): number
}

/** Milliseconds of prospects at a time, so that a click never waits long. */
const slice = 12

/** Milliseconds for the cheapest configuration; what was found until then is told with what it may still come to. */
const patience = 1500

/** A configuration that lives in a thread of its own: takes what the page asks, one after the other, and posts what it shows. */
export function engineSession({ loadModel, loadCounter, post, later, now }: Surroundings): (asked: Asked) => void {
  let configuring: Configuring | null = null
  let counter: Promise<Counter | null> | undefined
  let moment = 0
  let queue: Promise<void> = Promise.resolve()
  let callOff = () => {}

  return asked => {
    callOff()
    queue = queue.then(() => handle(asked)).catch(error => post({ answer: 'failed', message: String(error?.stack ?? error) }))
  }

  async function handle(asked: Asked): Promise<void> {
    callOff()
    switch (asked.ask) {
      case 'begin': {
        const model = configuring?.compiled.model ?? (await loadModel(asked.modelPath))
        const compiled = configuring?.compiled ?? compileAccepted(model)
        const opened = open(compiled, asked.decisions, asked.former)
        configuring = opened.configuring
        moment = asked.moment
        return post({
          answer: 'began',
          moment,
          view: viewOf(configuring),
          misfits: opened.misfits,
          nearest: opened.nearest,
          outline: asked.outline ? outlineOf(model) : null,
        })
      }
      case 'act': {
        if (!configuring) throw new Error('Nothing was begun')
        const before = configuring
        const step = perform(before, asked.act)
        moment = asked.moment
        if (step.status === 'conflict')
          return post({ answer: 'view', moment, view: null, refusal: reasonOf(before.compiled, step.explanation) })
        configuring = step.configuring
        return post({ answer: 'view', moment, view: configuring === before ? null : viewOf(configuring), refusal: null })
      }
      case 'prospects':
        if (configuring && asked.moment === moment) foresee(configuring, asked.ids)
        return
      case 'cheapest': {
        if (!configuring || asked.moment !== moment) return
        const until = now() + patience
        post({ answer: 'cheapest', moment, cheapest: cheapestOf(configuring, () => now() > until) })
        return
      }
      case 'variants':
        // clicks do not wait until what counts is here
        if (configuring) void tellVariants(configuring, asked)
    }
  }

  async function tellVariants(of: Configuring, { moment: at, counterPath }: Asked & { ask: 'variants' }) {
    counter ??= readCounterOf(of.compiled, counterPath)
    const counts = await counter
    if (at === moment) post({ answer: 'variants', moment, variants: counts && String(count(counts, of.state).least) })
  }

  /** null where there is none, or it cannot be fetched: the next who asks tries again. */
  async function readCounterOf(compiled: Compiled, path: string): Promise<Counter | null> {
    try {
      const read = readCounter(compiled, await loadCounter(path))
      return read?.status === 'exact' ? read : null
    } catch {
      counter = undefined
      return null
    }
  }

  function foresee(of: Configuring, ids: readonly string[]) {
    const at = moment
    let next = 0
    const work = () => {
      const until = now() + slice
      const prospects: [string, Prospect][] = []
      while (next < ids.length && now() < until) {
        const id = ids[next++]!
        prospects.push([id, prospectOf(of, id)])
      }
      post({ answer: 'prospects', moment: at, prospects })
      callOff = next < ids.length ? later(work) : () => {}
    }
    callOff = later(work)
  }
}
