import type { Decision, ModelError } from '@fettle/engine'
import { type Outline, readOutline } from '#features/configurator/core'
import { trustedWorker } from '#platform/web'
import {
  type Act,
  type Answered,
  type Asked,
  type ModelFile,
  type Node,
  type Reasons,
  type Stage,
  type Standing,
  treeOf,
  type Variants,
} from '../core/index.ts'
import explorerWorker from './explorer-worker.ts?worker&url'

/** What the page shows. */
export type Shown =
  | { phase: 'empty' }
  | { phase: 'opening'; file: string; stage: Stage }
  /** no errors: the thread ended before it could say any */
  | { phase: 'refused'; file: string; errors: readonly ModelError[] }
  | ({ phase: 'open' } & OpenModel)

export interface OpenModel {
  file: string
  outline: Outline
  nodes: readonly Node[]
  rules: number
  notes: readonly ModelError[]
  /** ms */
  openedIn: number
  standing: Standing
  /** ms of the last click; null before the first */
  clickedIn: number | null
  /** null: being counted. impossible: not to be had */
  variants: Variants | null | 'impossible'
  /** why the last wish asked about cannot be, once it is known */
  reasons: { wish: Decision; reasons: Reasons } | null
  /** an act takes its time */
  waiting: boolean
}

export interface ExplorerClient {
  open(file: ModelFile): void
  /** ends what is being done, and forgets the model */
  close(): void
  act(act: Act): void
  /** asks why a wish cannot be; the answer comes as `reasons` */
  why(wish: Decision): void
  subscribe(changed: () => void): () => void
  shown(): Shown
}

/** An act whose answer comes sooner is not said to take time. ms */
const soon = 100

/** The threads of the engine as the page talks to them: one that answers, and one beside it that makes what counts. */
export function explorerClient(): ExplorerClient {
  let shown: Shown = { phase: 'empty' }
  let answering: Worker | null = null
  let counting: Worker | null = null
  let moment = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()

  const show = (next: Shown) => {
    shown = next
    for (const changed of listeners) changed()
  }
  const change = (changes: Partial<OpenModel>) => {
    if (shown.phase === 'open') show({ ...shown, ...changes })
  }
  const ask = (asked: Asked) => answering?.postMessage(asked)

  function stop() {
    answering?.terminate()
    counting?.terminate()
    answering = counting = null
    clearTimeout(timer)
    timer = undefined
  }

  function run(take: (answer: Answered) => void, fail: () => void): Worker {
    const worker = new Worker(trustedWorker(explorerWorker), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Answered>) => take(data)
    worker.onerror = event => {
      event.preventDefault?.()
      fail()
    }
    return worker
  }

  function open(file: ModelFile) {
    stop()
    moment = 0
    show({ phase: 'opening', file: file.name, stage: 'reading' })
    answering = run(
      answer => take(answer, file),
      () => refuse(file.name, []),
    )
    ask({ ask: 'open', file })
  }

  function refuse(file: string, errors: readonly ModelError[]) {
    stop()
    show({ phase: 'refused', file, errors })
  }

  function take(answer: Answered, file: ModelFile) {
    switch (answer.answer) {
      case 'stage':
        return show({ phase: 'opening', file: file.name, stage: answer.stage })
      case 'refused':
        return refuse(file.name, answer.errors)
      case 'opened': {
        const { rules, notes, standing, took } = answer
        const outline = readOutline(answer.outline)
        const untouched = { clickedIn: null, variants: null, reasons: null, waiting: false }
        const nodes = treeOf(outline.index)
        show({ phase: 'open', file: file.name, outline, nodes, rules, notes, standing, openedIn: took, ...untouched })
        return count(file)
      }
      case 'standing':
        if (answer.moment !== moment) return
        clearTimeout(timer)
        timer = undefined
        return change({ standing: answer.standing, clickedIn: answer.took, reasons: null, waiting: false })
      case 'reasons':
        if (answer.moment === moment) change({ reasons: { wish: answer.wish, reasons: answer.reasons } })
        return
      case 'variants':
        if (answer.moment === moment) change({ variants: answer.variants })
    }
  }

  function count(file: ModelFile) {
    const end = () => {
      counting?.terminate()
      counting = null
    }
    counting = run(
      answer => {
        end()
        if (answer.answer === 'counter') ask({ ask: 'take-counter', bytes: answer.bytes })
      },
      () => {
        end()
        change({ variants: 'impossible' })
      },
    )
    counting.postMessage({ ask: 'make-counter', file } satisfies Asked)
  }

  return {
    open,
    close() {
      stop()
      show({ phase: 'empty' })
    },
    act(act) {
      ask({ ask: 'act', moment: ++moment, act })
      timer ??= setTimeout(() => change({ waiting: true }), soon)
    },
    why: wish => ask({ ask: 'reasons', moment, wish }),
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    shown: () => shown,
  }
}
