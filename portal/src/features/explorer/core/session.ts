import {
  type Compiled,
  type Counter,
  compile,
  counterOf,
  type ModelError,
  readCounter,
  type Wish,
  writeCounter,
} from '@fettle/engine'
import { importModel } from '@fettle/engine/formats'
import { type OutlineData, outlineOf } from '#features/configurator/core'
import {
  type Act,
  begin,
  type Exploring,
  perform,
  type Reasons,
  reasonsFor,
  type Standing,
  standingOf,
  type Variants,
  variantsOf,
} from './exploring.ts'

export interface ModelFile {
  name: string
  text: string
}

/** What a page asks of a thread. `moment` counts what was done since the file was opened. */
export type Asked =
  | { ask: 'open'; file: ModelFile }
  | { ask: 'act'; moment: number; act: Act }
  | { ask: 'reasons'; moment: number; wish: Wish }
  /** of a thread of its own, since it may take long: what counts the variants of this file */
  | { ask: 'make-counter'; file: ModelFile }
  | { ask: 'take-counter'; bytes: Uint8Array }

export type Stage = 'reading' | 'checking' | 'looking'

/** What a thread answers. Times are ms. */
export type Answered =
  | { answer: 'stage'; stage: Stage }
  | { answer: 'refused'; errors: ModelError[] }
  | { answer: 'opened'; outline: OutlineData; rules: number; notes: ModelError[]; standing: Standing; took: number }
  | { answer: 'standing'; moment: number; standing: Standing; took: number }
  | { answer: 'reasons'; moment: number; wish: Wish; reasons: Reasons }
  | { answer: 'counter'; bytes: Uint8Array }
  | { answer: 'variants'; moment: number; variants: Variants }

/** Literals a count may look at, a few seconds' work. What needs more is told between bounds. */
const countingSteps = 30_000_000

interface Surroundings {
  post(answer: Answered): void
  /** ms, monotonic */
  now(): number
}

/** A model that lives in a thread of its own: takes what the page asks, one after the other, and posts what it shows. */
export function explorerSession({ post, now }: Surroundings): (asked: Asked) => void {
  let exploring: Exploring | null = null
  let counter: Counter | undefined
  let moment = 0

  return asked => {
    switch (asked.ask) {
      case 'open':
        return open(asked.file)
      case 'act': {
        const began = now()
        exploring = perform(begun(), asked.act)
        moment = asked.moment
        const standing = standingOf(exploring)
        post({ answer: 'standing', moment, standing, took: now() - began })
        return tellVariants()
      }
      case 'reasons':
        if (asked.moment === moment)
          post({ answer: 'reasons', moment, wish: asked.wish, reasons: reasonsFor(begun(), asked.wish) })
        return
      case 'make-counter': {
        const compiled = read(asked.file)
        if (compiled) post({ answer: 'counter', bytes: writeCounter(counterOf(compiled, { steps: countingSteps })) })
        return
      }
      case 'take-counter':
        counter = readCounter(begun().compiled, asked.bytes)
        return tellVariants()
    }
  }

  function open(file: ModelFile) {
    const began = now()
    post({ answer: 'stage', stage: 'reading' })
    const imported = importModel(file.name, file.text)
    if (!imported.ok) return post({ answer: 'refused', errors: imported.errors })
    post({ answer: 'stage', stage: 'checking' })
    const result = compile(imported.model)
    if (!result.ok) return post({ answer: 'refused', errors: result.errors })
    post({ answer: 'stage', stage: 'looking' })
    exploring = begin(result.compiled)
    const standing = standingOf(exploring)
    const { model } = result.compiled
    const rules = model.constraints.length
    post({ answer: 'opened', outline: outlineOf(model), rules, notes: imported.notes, standing, took: now() - began })
  }

  function tellVariants(): void {
    if (counter) post({ answer: 'variants', moment, variants: variantsOf(begun(), counter) })
  }

  function begun(): Exploring {
    if (!exploring) throw new Error('No model is open')
    return exploring
  }
}

function read({ name, text }: ModelFile): Compiled | null {
  const imported = importModel(name, text)
  const result = imported.ok ? compile(imported.model) : null
  return result?.ok ? result.compiled : null
}
