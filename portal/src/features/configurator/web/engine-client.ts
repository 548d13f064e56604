import type { Decision } from '@fettle/engine'
import { trustedWorker } from '#platform/web'
import type { Act } from '../core/acts.ts'
import type { Cheapest } from '../core/cheapest.ts'
import type { Answered, Asked } from '../core/engine-session.ts'
import { expected } from '../core/expected.ts'
import type { Nearest } from '../core/former.ts'
import type { Misfit, Opening } from '../core/opening.ts'
import { type Outline, readOutline } from '../core/outline.ts'
import type { Prospect } from '../core/prospect.ts'
import type { Reason } from '../core/reason.ts'
import type { View } from '../core/view.ts'
import engineWorker from './engine-worker.ts?worker&url'

/** What the page shows. */
export interface Shown {
  outline: Outline
  view: View
  /** the view with what was pressed since, as far as that can be told without the rules: how controls stand */
  expected: View
  /** counts the acts that led to the view */
  moment: number
  /** decisions of the link or draft that no longer hold */
  misfits: readonly Misfit[]
  /** how near this version comes to what was configured with another */
  nearest: Nearest | null
  /** why the last act could not be done */
  refusal: Reason | null
  /** an act takes its time */
  waiting: boolean
  /** the engine cannot be started */
  failed: boolean
}

/** Of a view, asked once; answered with null where nothing comes of it. */
interface Question {
  of: Extract<Asked, { ask: 'cheapest' | 'variants' }>
  resolve(answer: unknown): void
}

export type Prospects = ReadonlyMap<string, Prospect>

export interface Foreseen {
  prospects: Prospects
  /** the act after which the engine stands; -1 before it has begun */
  moment: number
}

/** The engine's thread as the page talks to it. */
export interface EngineClient {
  /** answers a function that ends the thread */
  start(): () => void
  act(act: Act): void
  /** starts anew from these decisions */
  begin(decisions: readonly Decision[]): void
  /** asks for prospects of these options and numbers, in place of those asked for before */
  foresee(ids: readonly string[]): void
  /** the least that the decisions of a view can be had for; null where that cannot be told, or the view is no longer the last */
  cheapest(of: View): Promise<Cheapest | null>
  /** how many configurations there are with the decisions of a view, in decimal notation; null where that cannot be told, or the view is no longer the last */
  variants(of: View): Promise<string | null>
  dismissRefusal(): void
  /** the view once everything asked is answered */
  settled(): Promise<View>
  subscribe(changed: () => void): () => void
  shown(): Shown
  foreseen(): Foreseen
}

/** An act whose answer comes sooner is not said to take time. ms */
const soon = 50
/** Times in a row that the thread is started again before the page says that it does not work. */
const tries = 2

export function engineClient(opening: Opening): EngineClient {
  let shown: Shown = {
    outline: readOutline(opening.outline),
    view: opening.view,
    expected: opening.view,
    moment: 0,
    misfits: opening.misfits,
    nearest: opening.nearest,
    refusal: null,
    waiting: false,
    failed: false,
  }
  let foreseen: Foreseen = { prospects: new Map(), moment: -1 }
  const fresh = new Set<string>()

  let worker: Worker | null = null
  let began = false
  let failures = 0
  let wished: readonly Decision[] = opening.wished
  let asked = 0
  let pending: { moment: number; act: Act }[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()
  const waitingForRest: ((view: View) => void)[] = []
  let questions: Question[] = []

  const tell = () => {
    for (const changed of listeners) changed()
  }
  /** Where nothing changes it stays the same object, and the page need not be rendered again. */
  const show = (change: Partial<Shown>) => {
    const next = { ...shown, ...change }
    if (Object.keys(change).some(key => next[key as keyof Shown] !== shown[key as keyof Shown])) shown = next
  }
  const post = (message: Asked) => worker?.postMessage(message)

  function run() {
    worker?.terminate()
    began = false
    worker = new Worker(trustedWorker(engineWorker), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Answered>) => take(data)
    worker.onerror = event => {
      event.preventDefault?.()
      fail()
    }
    post({
      ask: 'begin',
      moment: pending[0] ? pending[0].moment - 1 : asked,
      modelPath: opening.modelPath,
      decisions: wished,
      former: wished === opening.wished ? opening.former : null,
      outline: !shown.view.whole,
    })
    for (const one of pending) post({ ask: 'act', ...one })
    for (const { of } of questions) if (of.moment === asked) post(of)
  }

  function fail() {
    // What was being done may be what ended it; what waited for a thread that never began is done by the next.
    if (began) pending = []
    foreseen = { ...foreseen, moment: -1 }
    if (++failures < tries) return run()
    worker?.terminate()
    worker = null
    show({ failed: true })
    for (const { resolve } of questions.splice(0)) resolve(null)
    tell()
  }

  function take(answer: Answered) {
    switch (answer.answer) {
      case 'failed':
        return fail()
      case 'prospects':
        if (answer.moment !== foreseen.moment) return
        for (const [id] of answer.prospects) fresh.add(id)
        foreseen = { ...foreseen, prospects: new Map([...foreseen.prospects, ...answer.prospects]) }
        return tell()
      case 'cheapest':
        return tellWhoAsked('cheapest', answer.moment, answer.cheapest)
      case 'variants':
        return tellWhoAsked('variants', answer.moment, answer.variants)
      case 'began': {
        // The server made the same view of the same decisions: nothing on the page changes.
        const same = shown.view.whole && wished === opening.wished && answer.moment === 0
        const outline = answer.outline ? readOutline(answer.outline) : shown.outline
        began = true
        show({ outline, failed: false })
        const { misfits, nearest } = same ? shown : answer
        settle(answer.moment, same ? null : answer.view, { misfits, nearest })
        return
      }
      case 'view':
        failures = 0
        settle(answer.moment, answer.view, { refusal: answer.refusal })
    }
  }

  function settle(moment: number, view: View | null, rest: Partial<Shown>) {
    pending = pending.filter(one => one.moment > moment)
    if (view) {
      wished = view.decisions
      fresh.clear()
      // While the new figures are computed the old differences stay, so that nothing jumps; reasons do not.
      const stale = [...foreseen.prospects].map(([id, { difference }]): [string, Prospect] => [id, { difference }])
      foreseen = { prospects: new Map(stale), moment }
    } else foreseen = { ...foreseen, moment }
    show({ ...rest, ...(view ? { view, moment } : {}), expected: pending.reduce(foretell, view ?? shown.view) })
    if (pending.length === 0) {
      show({ waiting: false })
      clearTimeout(timer)
      timer = undefined
      if (shown.view.whole) for (const resolve of waitingForRest.splice(0)) resolve(shown.view)
    }
    tell()
  }

  /** Whoever asked for an earlier view is told that nothing comes of it. */
  function tellWhoAsked(what: Question['of']['ask'], moment: number, answer: Cheapest | string | null) {
    const isAnswered = ({ of }: Question) => of.ask === what && of.moment <= moment
    for (const { of, resolve } of questions.filter(isAnswered)) resolve(of.moment === moment ? answer : null)
    questions = questions.filter(question => !isAnswered(question))
  }

  /** null at once where the view is no longer the last, or not whole. */
  function question<Answer>(of: View, asks: Question['of']): Promise<Answer | null> {
    if (of !== shown.view || !of.whole || pending.length > 0 || shown.failed) return Promise.resolve(null)
    return new Promise(resolve => {
      questions.push({ of: asks, resolve })
      post(asks)
    })
  }

  const foretell = (view: View, { act }: { act: Act }) => expected(view, act, shown.outline)

  const start = () => {
    failures = 0
    run()
    const again = () => shown.failed && start()
    window.addEventListener('online', again)
    return () => {
      window.removeEventListener('online', again)
      worker?.terminate()
      worker = null
      clearTimeout(timer)
    }
  }

  return {
    start,
    act(act) {
      const one = { moment: ++asked, act }
      pending.push(one)
      post({ ask: 'act', ...one })
      show({ expected: foretell(shown.expected, one) })
      tell()
      timer ??= setTimeout(() => {
        show({ waiting: true })
        tell()
      }, soon)
    },
    begin(decisions) {
      wished = decisions
      pending = []
      post({ ask: 'begin', moment: ++asked, modelPath: opening.modelPath, decisions, former: null, outline: !shown.view.whole })
    },
    foresee(ids) {
      const missing = ids.filter(id => !fresh.has(id))
      if (foreseen.moment === asked) post({ ask: 'prospects', moment: asked, ids: missing })
    },
    cheapest: of => question<Cheapest>(of, { ask: 'cheapest', moment: asked }),
    variants: async of => {
      const { counterPath } = opening
      return counterPath === null ? null : question<string>(of, { ask: 'variants', moment: asked, counterPath })
    },
    dismissRefusal() {
      show({ refusal: null })
      tell()
    },
    settled: () =>
      pending.length === 0 && shown.view.whole
        ? Promise.resolve(shown.view)
        : new Promise(resolve => waitingForRest.push(resolve)),
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    shown: () => shown,
    foreseen: () => foreseen,
  }
}
