import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compiled, handmade, number, one, option, some } from '../test/handmade.ts'
import { differences, selectionsWith } from '../test/oracle.ts'
import { twoRandomModels } from '../test/random-model.ts'
import { situationOf } from '../test/random-situation.ts'
import { runs } from '../test/seed.ts'
import { check } from './check.ts'
import { complete } from './complete.ts'
import { decideAll } from './decide.ts'
import { migrate } from './migrate.ts'
import type { Decision, Selection } from './model.ts'

/** Everything that is chosen in a selection, as decisions; plain options also where they come in quantities. */
const decisionsIn = ({ options, numbers }: Selection): Decision[] => [
  ...Object.keys(options).map(option => ({ option, chosen: true })),
  ...Object.entries(numbers).map(([number, value]) => ({ number, value })),
]

const wish: Decision = { option: 'none', chosen: true }

test('what is configured with one version comes into another as near as enumeration can bring it', () => {
  let dropped = 0
  let moved = 0
  fc.assert(
    fc.property(twoRandomModels({ groups: 3 }), fc.nat(), (models, pick) => {
      const [before, after] = models.map(model => situationOf({ model, decisions: [], wish }))
      if (!before || !after) return
      const selection = before.all[pick % before.all.length]!
      const decisions = decisionsIn(selection).filter((_, at) => (pick >> at) % 2 === 0)
      const result = migrate(after.compiled, { decisions, selection })

      expect(new Set([...result.kept, ...result.dropped.map(({ decision }) => decision)])).toEqual(new Set(decisions))
      for (const { decision, explanation, error } of result.dropped) {
        dropped++
        const earlier = result.kept.filter(one => decisions.indexOf(one) < decisions.indexOf(decision))
        expect(selectionsWith(after.all, [...earlier, decision])).toEqual([])
        if (!error) expect(explanation).toMatchObject({ verdict: 'impossible', status: 'proved' })
      }
      expect(result.status).toBe('proved')
      expect(check(after.compiled, result.selection!).valid).toBe(true)
      const left = selectionsWith(after.all, result.kept)
      const least = Math.min(...left.map(one => differences(one, selection)))
      expect(differences(result.selection!, selection)).toBe(least)
      expect(result.differences).toHaveLength(least)
      if (least > 0) moved++
      const again = decideAll(after.compiled, result.decisions)
      expect(again.unfit).toEqual([])
      expect(complete(again.state, { goal: 'defaults' }).selection).toEqual(result.selection)
    }),
    runs(500),
  )
  expect(dropped).toBeGreaterThan(50)
  expect(moved).toBeGreaterThan(100)
}, 60_000)

const first = [one('spindle', ['slow', 'fast']), some('extras', ['pump', 'lamp']), number('length', 1, 9)]

test('it says what the new version no longer has, what no longer fits and why, and keeps what was never decided', () => {
  const second = compiled(
    handmade(
      [one('spindle', ['fast', 'slow']), some('extras', [option('pump'), option('drain')]), number('length', 1, 5)],
      ['pump => slow'],
      { defaults: [{ option: 'drain', chosen: true }] },
    ),
  )
  expect(check(compiled(handmade(first)), { options: { fast: 1, pump: 1, lamp: 1 }, numbers: { length: 3 } }).valid).toBe(true)
  const { kept, dropped, selection, differences, decisions } = migrate(second, {
    decisions: [
      { option: 'fast', chosen: true },
      { option: 'pump', chosen: true },
      { option: 'lamp', chosen: true },
    ],
    selection: { options: { fast: 1, pump: 1, lamp: 1 }, numbers: { length: 3 } },
  })
  expect(kept).toEqual([{ option: 'fast', chosen: true }])
  expect(dropped).toMatchObject([
    {
      decision: { option: 'pump' },
      explanation: { rules: [{ kind: 'group' }, { id: 'rule0' }], decisions: [{ option: 'fast' }] },
    },
    { decision: { option: 'lamp' }, error: { code: 'unknown-reference' } },
  ])
  expect(selection).toEqual({ options: { fast: 1 }, numbers: { length: 3 } })
  expect(differences).toEqual([
    { option: 'pump', from: 1, to: null, gone: false },
    { option: 'lamp', from: 1, to: null, gone: true },
  ])
  // the new default would bring a drain that was never there, and another length
  expect(decisions).toEqual([
    { option: 'fast', chosen: true },
    { number: 'length', value: 3 },
    { option: 'drain', chosen: false },
  ])
})

test('where two choices became one question the earlier stays', () => {
  const second = compiled(handmade([one('extra', ['pump', 'lamp'])]))
  const decisions = [
    { option: 'lamp', chosen: true },
    { option: 'pump', chosen: true },
  ]
  const { kept, dropped } = migrate(second, { decisions })
  expect(kept).toEqual([decisions[0]])
  expect(dropped).toMatchObject([{ decision: decisions[1], explanation: { rules: [{ kind: 'group', id: 'extra' }] } }])
})
