import { readFileSync } from 'node:fs'
import { compile, count, counterOf, type Model, writeCounter } from '@fettle/engine'
import { expect, test } from 'vitest'
import { begin, choose } from './configuring.ts'
import { type Answered, type Asked, engineSession } from './engine-session.ts'
import { expected } from './expected.ts'
import { firstGlance } from './first-glance.ts'
import { outlineOf, readOutline } from './outline.ts'
import { prospectOf } from './prospect.ts'
import { stepsOf } from './steps.ts'
import { standingIn, viewOf } from './view.ts'

function example(name: string) {
  const file = new URL(`../../../../../examples/${name}/model.json`, import.meta.url)
  const result = compile(JSON.parse(readFileSync(file, 'utf8')) as Model)
  if (!result.ok) throw new Error(JSON.stringify(result.errors[0]))
  return result.compiled
}

const compiled = example('machining-centre')
const { model } = compiled

/** A session with every answer it posted; whatever crosses is copied as between threads. */
function startSession({ of = model, loadCounter = nothing } = {}) {
  const answers: Answered[] = []
  const waiting = new Set<() => void>()
  const ask = engineSession({
    loadModel: async () => of,
    loadCounter,
    post: answer => answers.push(structuredClone(answer)),
    later: work => {
      const once = () => {
        waiting.delete(once)
        work()
      }
      waiting.add(once)
      return () => waiting.delete(once)
    },
    now: () => performance.now(),
  })
  const rest = async () => {
    await new Promise(resolve => setTimeout(resolve))
    for (const work of waiting) work()
  }
  return { answers, ask: (asked: Asked) => ask(structuredClone(asked)), rest, waiting }
}

const nothing = async (): Promise<Uint8Array> => new Uint8Array()

const begun: Asked = { ask: 'begin', moment: 0, modelPath: 'any', decisions: [], former: null, outline: false }

test('what a thread answers is what the page would have computed itself', async () => {
  const { answers, ask, rest } = startSession()
  ask(begun)
  ask({ ask: 'act', moment: 1, act: { act: 'toggle', option: 'sp12_direct' } })
  await rest()
  const start = begin(compiled).configuring
  const step = choose(start, { option: 'sp12_direct', chosen: true })
  if (step.status !== 'ok') throw new Error('the demo allows it')
  expect(answers).toEqual([
    { answer: 'began', moment: 0, view: viewOf(start), misfits: [], nearest: null, outline: null },
    { answer: 'view', moment: 1, view: viewOf(step.configuring), refusal: null },
  ])
})

test('prospects of what is no longer on show are not worked out', async () => {
  const { answers, ask, rest, waiting } = startSession()
  ask(begun)
  ask({ ask: 'prospects', moment: 0, ids: [...compiled.index.options.keys()] })
  await new Promise(resolve => setTimeout(resolve))
  expect(waiting.size).toBe(1)
  ask({ ask: 'act', moment: 1, act: { act: 'toggle', option: 'sp12_direct' } })
  ask({ ask: 'prospects', moment: 0, ids: ['vm850'] })
  await rest()
  expect(answers.map(({ answer }) => answer)).toEqual(['began', 'view'])
})

test('prospects come as they are known', async () => {
  const { answers, ask, rest } = startSession()
  ask(begun)
  ask({ ask: 'prospects', moment: 0, ids: ['vm1060'] })
  await rest()
  const now = begin(compiled).configuring
  expect(answers.at(-1)).toEqual({ answer: 'prospects', moment: 0, prospects: [['vm1060', prospectOf(now, 'vm1060')]] })
})

test('variants are counted of the last configuration, and clicks do not wait until what counts them is there', async () => {
  const table = example('rotary-table')
  const arrival = Promise.withResolvers<Uint8Array>()
  const { answers, ask, rest } = startSession({ of: table.model, loadCounter: () => arrival.promise })
  ask(begun)
  ask({ ask: 'variants', moment: 0, counterPath: 'any' })
  ask({ ask: 'act', moment: 1, act: { act: 'toggle', option: 'direct' } })
  ask({ ask: 'variants', moment: 1, counterPath: 'any' })
  await rest()
  expect(answers.map(({ answer }) => answer)).toEqual(['began', 'view'])

  const counter = counterOf(table)
  arrival.resolve(writeCounter(counter))
  await rest()
  const step = choose(begin(table).configuring, { option: 'direct', chosen: true })
  if (step.status !== 'ok') throw new Error('the demo allows it')
  const all = count(counter, begin(table).configuring.state)
  const fewer = count(counter, step.configuring.state)
  expect(fewer.least).toBeLessThan(all.least)
  expect(answers.slice(2)).toEqual([{ answer: 'variants', moment: 1, variants: String(fewer.least) }])
})

test('where nothing counts the variants exactly, or it cannot be fetched, that is told; the next who asks tries again', async () => {
  const loads = [
    () => Promise.reject(new Error('no network')),
    nothing,
    () => Promise.reject(new Error('nobody asks again what is known to be nothing')),
  ]
  let times = 0
  const { answers, ask, rest } = startSession({ loadCounter: () => loads[times++]!() })
  ask(begun)
  for (let again = 0; again < 3; again++) {
    ask({ ask: 'variants', moment: 0, counterPath: 'any' })
    await rest()
  }
  const untold = { answer: 'variants', moment: 0, variants: null }
  expect(answers.slice(1)).toEqual([untold, untold, untold])
  expect(times).toBe(2)
})

test('a model that cannot be loaded is an answer, and the next try may work', async () => {
  const answers: Answered[] = []
  let times = 0
  const ask = engineSession({
    loadModel: async () => {
      if (times++ === 0) throw new Error('no network')
      return model
    },
    loadCounter: nothing,
    post: answer => answers.push(answer),
    later: () => () => {},
    now: () => 0,
  })
  ask(begun)
  ask(begun)
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(answers.map(({ answer }) => answer)).toEqual(['failed', 'began'])
})

test('a pressed option shows as pressed before its answer, beside what is excluded', () => {
  const view = viewOf(begin(compiled).configuring)
  const outline = readOutline(outlineOf(model))
  const after = expected(view, { act: 'toggle', option: 'vm1060' }, outline)
  expect(standingIn(after, 'vm1060')).toBe('chosen')
  expect(after.selection.options).toMatchObject({ vm1060: 1 })
  expect(after.selection.options).not.toHaveProperty('vm850')
  expect(after.decisions).toEqual(view.decisions)
})

test('the first glance of a large model has every step, and no more options than fit', () => {
  const outline = outlineOf(model)
  const view = viewOf(begin(compiled).configuring)
  const glance = firstGlance(outline, { selection: view.selection, price: null, facts: [] }, [], 'spindle')
  const names = (from: typeof outline) => stepsOf(readOutline(from)).map(({ id }) => id)
  expect(names(glance.outline)).toEqual(names(outline))
  const shown = glance.outline.model.groups.flatMap(group => ('options' in group ? group.options : []))
  expect(shown.length).toBeLessThan(40 + 3 * names(outline).length)
  expect(glance.view.whole).toBe(false)
})

test('the outline of a model has no rule in it', () => {
  const { model: bare } = outlineOf(model)
  expect(Object.keys(bare).toSorted()).toEqual(
    ['attributes', 'constraints', 'currency', 'format', 'groups', 'id', 'name', 'version'].toSorted(),
  )
  expect([bare.attributes, bare.constraints]).toEqual([[], []])
  expect(JSON.stringify(bare.groups)).not.toMatch(/"(attributes|offers|takes)"/)
})
