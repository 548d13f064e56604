import { compile, type Model } from '@fettle/engine'
import { importModel } from '@fettle/engine/formats'
import { expect, test } from 'vitest'
import { outlineOf, readOutline } from '#features/configurator/core'
import {
  type Answered,
  type Asked,
  explorerSession,
  largeExample,
  linesFound,
  linesOf,
  treeOf,
  unfoldedAtFirst,
} from './index.ts'

const lamp = `features
  Lamp
    mandatory
      Light
        alternative
          LED
          Halogen
    optional
      Battery
      Integer Watts
constraints
  Battery => LED
  Watts > 2
  Watts < 9
`

/** A conversation with the thread, whose clock counts how often it was asked. */
function conversation() {
  const said: Answered[] = []
  let time = 0
  const ask = explorerSession({ post: answer => said.push(answer), now: () => time++ })
  return {
    ask: (asked: Asked) => {
      said.length = 0
      ask(asked)
      return [...said]
    },
  }
}

const opened = (text = lamp) => {
  const { ask } = conversation()
  const answers = ask({ ask: 'open', file: { name: 'lamp.uvl', text } })
  return { ask, answers, last: answers.at(-1)! }
}
const lines = (text: string) => {
  const imported = importModel('model.uvl', text)
  if (!imported.ok) throw new Error(JSON.stringify(imported.errors))
  return treeOf(readOutline(outlineOf(imported.model)).index)
}

test('a file is opened in stages that are told, and comes with its tree and how everything stands', () => {
  const { answers, last } = opened()
  expect(answers.map(answer => (answer.answer === 'stage' ? answer.stage : answer.answer))).toEqual([
    'reading',
    'checking',
    'looking',
    'opened',
  ])
  expect(last).toMatchObject({ answer: 'opened', rules: 3, notes: [], standing: { decisions: [], canUndo: false } })
})

test('a broken file is refused with line and column, a contradictory one with its rules', () => {
  expect(opened(lamp.replace('=> LED', '=> => LED')).last).toMatchObject({ answer: 'refused', errors: [{ path: '12:14' }] })
  const contradictory = opened(`${lamp}  Lamp => !Light\n`).last
  expect(contradictory).toMatchObject({ answer: 'refused', errors: [{ code: 'contradiction' }] })
})

test('clicks decide and take back; what is excluded says why and how it can be had; undo and redo are exact', () => {
  const { ask } = opened()
  const [chosen] = ask({ ask: 'act', moment: 1, act: { act: 'decide', decision: { option: 'Halogen', chosen: true } } })
  expect(chosen).toMatchObject({ answer: 'standing', moment: 1, standing: { canUndo: true } })

  const wish = { option: 'Battery', chosen: true }
  const [why] = ask({ ask: 'reasons', moment: 1, wish })
  const way = { remove: [{ option: 'Halogen', chosen: true }], decisions: [wish] }
  expect(why).toMatchObject({ reasons: { decisions: [{ option: 'Halogen', chosen: true }], ways: [way] } })
  const steps = why!.answer === 'reasons' ? why!.reasons.steps : []
  expect(steps.map(({ from, then }) => [from, then])).toEqual([
    [[{ option: 'Halogen', chosen: true }], { option: 'LED', chosen: false }],
    [[{ option: 'LED', chosen: false }], { option: 'Battery', chosen: false }],
  ])
  expect(ask({ ask: 'reasons', moment: 0, wish }), 'asked of a moment that has passed').toEqual([])

  const decisionsAfter = (moment: number, act: 'undo' | 'redo' | 'reset') => {
    const [answer] = ask({ ask: 'act', moment, act: { act } })
    return answer!.answer === 'standing' ? answer!.standing.decisions : null
  }
  ask({ ask: 'act', moment: 2, act: { act: 'take', decisions: way.decisions } })
  expect(decisionsAfter(3, 'undo')).toEqual([{ option: 'Halogen', chosen: true }])
  expect(decisionsAfter(4, 'redo')).toEqual([wish])
  expect(decisionsAfter(5, 'reset')).toEqual([])
  expect(decisionsAfter(6, 'undo')).toEqual([wish])
})

test('a decision that cannot hold changes nothing', () => {
  const { ask } = opened()
  ask({ ask: 'act', moment: 1, act: { act: 'decide', decision: { option: 'Halogen', chosen: true } } })
  const [refused] = ask({ ask: 'act', moment: 2, act: { act: 'decide', decision: { option: 'Battery', chosen: true } } })
  expect(refused).toMatchObject({ standing: { decisions: [{ option: 'Halogen' }] } })
})

test('variants are counted by a thread beside, which hands over what counts them', () => {
  const { ask } = opened(lamp.replace('Integer Watts', 'Watts').replace(/ {2}Watts [<>].*\n/g, ''))
  const file = { name: 'lamp.uvl', text: lamp.replace('Integer Watts', 'Watts').replace(/ {2}Watts [<>].*\n/g, '') }
  const [made] = conversation().ask({ ask: 'make-counter', file })
  if (made?.answer !== 'counter') throw new Error('No counter was made')
  const [all] = ask({ ask: 'take-counter', bytes: made.bytes })
  expect(all).toMatchObject({ variants: { least: '6', most: '6' } }) // LED with or without battery, Halogen without; each with or without Watts
  const [, fewer] = ask({ ask: 'act', moment: 1, act: { act: 'decide', decision: { option: 'Battery', chosen: true } } })
  expect(fewer).toMatchObject({ moment: 1, variants: { least: '2', most: '2' } })
})

test('the tree folds and unfolds, and finds a line with those above it', () => {
  const nodes = lines(lamp)
  const names = (places: number[]) => places.map(at => `${nodes[at]!.level} ${nodes[at]!.id}`)
  expect(names(linesOf(nodes, new Set()))).toEqual(['1 Light/alternative', '1 Lamp/optional', '1 Lamp/base'])
  const all = linesOf(nodes, unfoldedAtFirst(nodes))
  expect(all).toHaveLength(nodes.length)
  const { lines: found, found: count } = linesFound(nodes, 'halo')
  expect(count).toBe(1)
  expect(names(found).at(-1)).toMatch(/Halogen$/)
  expect(names(found)[0]).toMatch(/^1 /)
  expect(linesFound(nodes, 'nothing like it').lines).toEqual([])
})

test('a large tree unfolds no further at first than a page can show', () => {
  const nodes = lines(largeExample(3000))
  expect(linesOf(nodes, unfoldedAtFirst(nodes)).length).toBeLessThan(1200)
  expect(linesOf(nodes, new Set(nodes.keys()))).toHaveLength(nodes.length)
})

test('the large example has as many options as it says, always the same, and can be configured', () => {
  const text = largeExample(600)
  expect(text).toBe(largeExample(600))
  const imported = importModel('plant.uvl', text)
  const model = (imported as { model: Model }).model
  const result = compile(model)
  expect(result.ok).toBe(true)
  expect(lines(text).filter(({ kind }) => kind === 'option').length).toBeGreaterThanOrEqual(600)
})
