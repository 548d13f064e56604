import { Worker } from 'node:worker_threads'
import type { Model } from '@fettle/engine'
import { Failure } from '#platform/server'
import type { ImportProgress } from '../core/import-progress.ts'
import type { ModelFile, ReadModel, TellProgress } from './read-model-file.ts'
import type { MadeWorkbook } from './workbook/make-workbook.ts'

export interface Patience {
  /** longest time one file may take */
  ms: number
  /** memory its thread may use, in MB */
  memory: number
}

const usual: Patience = { ms: 30_000, memory: 1500 }

const imports = queue(5)
/** Each is of a version that there is, and made once. */
const counters = queue(Number.POSITIVE_INFINITY)

/**
 * Reads a model file in a thread of its own, one file at a time, so that visitors are served meanwhile whatever the file holds.
 * Fails with `model-too-hard` where time or memory do not suffice, and with `imports-busy` where too many files wait. `tell` hears a few
 * times a second how far it is.
 */
export function readModelApart(file: ModelFile, patience: Patience = usual, tell?: TellProgress): Promise<ReadModel> {
  if (imports.length() > 0) tell?.({ step: 'waiting' })
  return imports.inTurn(() => inThread(new URL('./model-worker.ts', import.meta.url), file, patience, tell))
}

/** A model as an .xlsx file, under the same limits. */
export const writeWorkbookApart = (model: Model, patience: Patience = usual): Promise<MadeWorkbook> =>
  imports.inTurn(() => inThread(new URL('./workbook-worker.ts', import.meta.url), model, patience))

/** What counts the variants of a model, as bytes; under the same limits, in a queue of its own. */
export const makeCounterApart = (model: Model, patience: Patience = usual): Promise<Uint8Array> =>
  counters.inTurn(() => inThread(new URL('./counter-worker.ts', import.meta.url), model, patience))

/** One after the other; who comes when as many as `most` are there is sent away. */
function queue(most: number) {
  let length = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    length: () => length,
    async inTurn<T>(work: () => Promise<T>): Promise<T> {
      if (length >= most) throw importsBusy()
      length++
      const turn = last.then(work)
      last = turn.catch(() => {})
      try {
        return await turn
      } finally {
        length--
      }
    },
  }
}

function inThread<T>(program: URL, workerData: unknown, { ms, memory }: Patience, tell?: TellProgress): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, {
      workerData,
      // little room for what is young: with much of it a large workbook takes 150 MB more and is read no faster
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 8 },
    })
    const tooLate = setTimeout(() => {
      reject(tooHard(ms))
      void worker.terminate()
    }, ms)
    worker.on('message', (said: { progress: ImportProgress } | { answer: T }) => {
      if ('answer' in said) resolve(said.answer)
      else tell?.(said.progress)
    })
    worker.once('error', (error: NodeJS.ErrnoException) => {
      const exhausted = error.code === 'ERR_WORKER_OUT_OF_MEMORY' || error instanceof RangeError
      reject(exhausted ? tooHard(ms) : error)
    })
    worker.once('exit', () => {
      clearTimeout(tooLate)
      reject(new Error('The thread that reads models ended without an answer'))
    })
  })
}

const tooHard = (ms: number) =>
  new Failure({
    status: 422,
    type: 'model-too-hard',
    title: { 'zh-CN': '模型过难，无法检查', en: 'Too hard to check' },
    detail: {
      'zh-CN': `在 ${ms / 1000} 秒和可用内存内，无法确认此模型是否有可行的配置，尚未保存任何内容。`,
      en: `Whether this model has a possible configuration could not be settled within ${ms / 1000} seconds and the memory set aside. Nothing was saved.`,
    },
    remedy: {
      'zh-CN': '请检查约束是否互相矛盾，简化约束或把模型拆成较小的产品后重试。',
      en: 'See whether its constraints contradict each other, simplify them, or split the model into smaller products, then try again.',
    },
  })

const importsBusy = () =>
  new Failure({
    status: 503,
    type: 'imports-busy',
    title: { 'zh-CN': '正在导入其他模型', en: 'Other models are being imported' },
    detail: { 'zh-CN': '前面还有几个模型在等待导入。', en: 'Several models are waiting to be imported before this one.' },
    remedy: { 'zh-CN': '请稍后重试。', en: 'Try again in a minute.' },
    extensions: { retryAfter: 60 },
  })
