import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiled, handmade, label, number, one, some } from '../test/handmade.ts'
import { allSelections, selectionsWith } from '../test/oracle.ts'
import { randomModelAndDecisions } from '../test/random-model.ts'
import { compile } from './compile.ts'
import { testExamples } from './examples.ts'
import type { Example } from './model.ts'

const lathe = (examples: Example[], rules = ['fast => pump', 'lamp => length >= 2']) =>
  compiled(
    handmade([one('spindle', ['slow', 'fast']), some('extras', ['pump', 'lamp']), number('length', 1, 3)], rules, { examples }),
  )

const fastWithoutPump: Example = {
  id: 'dry',
  name: label('fast and dry'),
  decisions: [
    { option: 'fast', chosen: true },
    { option: 'pump', chosen: false },
  ],
  expect: 'impossible',
}

test('examples that are as expected hold, and say nothing', () => {
  const both: Example = {
    id: 'both',
    decisions: [
      { option: 'lamp', chosen: true },
      { number: 'length', value: 3 },
    ],
    expect: 'possible',
  }
  expect(testExamples(lathe([fastWithoutPump, both])).map(({ holds, error }) => [holds, error])).toEqual([
    [true, null],
    [true, null],
  ])
})

test('an example that became impossible names the decision and the rules against it', () => {
  const [result] = testExamples(lathe([{ ...fastWithoutPump, expect: 'possible' }]))
  expect(result?.error).toMatchObject({ code: 'example-fails', path: '/examples/0' })
  expect(result?.error?.message.en).toBe('The example "fast and dry" should be possible, but "pump" cannot be chosen: rule0')
})

test('an example that is no longer excluded says that a rule is missing', () => {
  const [result] = testExamples(lathe([fastWithoutPump], []))
  expect(result?.error?.message.en).toBe('The example "fast and dry" should be impossible, but no rule excludes it.')
})

test('two options of a question that takes one are impossible together: neither takes the place of the other', () => {
  const decisions = [
    { option: 'slow', chosen: true },
    { option: 'fast', chosen: true },
  ]
  expect(testExamples(lathe([{ id: 'two', decisions, expect: 'impossible' }]))[0]?.holds).toBe(true)
})

test('examples hold exactly where some selection has all of their decisions', () => {
  fc.assert(
    fc.property(randomModelAndDecisions(), ({ model, decisions }) => {
      if (decisions.length === 0) return
      const result = compile({ ...model, examples: [{ id: 'e', decisions, expect: 'possible' }] })
      if (!result.ok) return
      const possible = selectionsWith(allSelections(result.compiled), decisions).length > 0
      expect(testExamples(result.compiled)[0]?.holds).toBe(possible)
    }),
  )
})
