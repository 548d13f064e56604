import { readFileSync } from 'node:fs'
import { type Compiled, check, compile, decisions, type Model } from '@fettle/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomModel } from '../../../../../engine/test/random-model.ts'
import { changesBetween } from './changes.ts'
import {
  begin,
  type Configuring,
  choose,
  chooseNone,
  redo,
  release,
  replace,
  reset,
  type Step,
  toggle,
  undo,
} from './configuring.ts'
import { decodeDecisions, encodeDecisions } from './link.ts'
import { outlook, standing, waysTo, whyNot } from './outlook.ts'
import { stepsOf } from './steps.ts'

const demo = compiled(
  JSON.parse(readFileSync(new URL('../../../../../examples/machining-centre/model.json', import.meta.url), 'utf8')) as Model,
)

function compiled(model: Model): Compiled {
  const result = compile(model)
  if (!result.ok) throw new Error(JSON.stringify(result.errors[0]))
  return result.compiled
}

/** A click sequence as numbers, so that it means something in any model. */
const clicks = fc.array(fc.tuple(fc.nat(999), fc.nat(999)), { minLength: 1, maxLength: 8 })

/** One thing a visitor can do, from what the page offers him. */
function click(now: Configuring, [what, which]: readonly [number, number]): Configuring {
  const { index } = now.compiled
  const options = [...index.options.keys()]
  const option = options[which % options.length]
  const groups = [...index.groups.values()]
  const group = groups[which % groups.length]!
  const settle = (step: Step): Configuring => (step.status === 'ok' ? step.configuring : now)
  switch (what % 8) {
    case 0:
      return undo(now)
    case 1:
      return redo(now)
    case 2: {
      if (group.kind === 'choose-one' && group.optional) return settle(chooseNone(now, group.id))
      if (group.kind !== 'number') return reset(now)
      const { domains, alternatives } = outlook(now)
      const values = alternatives.numbers[group.id] ?? domains.numbers[group.id]?.values ?? []
      const value = values[what % Math.max(1, values.length)]
      return value && now.selection.numbers[group.id] !== undefined
        ? settle(choose(now, { number: group.id, value: value.max }))
        : now
    }
    case 3: {
      const [own] = decisions(now.state)
      return own ? release(now, own) : now
    }
    default: {
      if (option === undefined) return now
      if (standing(now, option) !== 'excluded') return settle(toggle(now, option))
      const [way] = waysTo(now, option, 1)
      return way ? replace(now, way.decisions, [{ option, chosen: true }]) : now
    }
  }
}

/** Visits every state of a click sequence. */
function walk(model: Compiled, sequence: readonly (readonly [number, number])[], visit: (now: Configuring) => void) {
  let now = begin(model).configuring
  for (const one of sequence) {
    now = click(now, one)
    visit(now)
  }
}

/** Up to ten options, others in every state. */
function someOptions({ compiled, past, state }: Configuring) {
  const all = [...compiled.index.options]
  const first = (past.length * 31 + state.decisions.length * 17) % all.length
  return [...all, ...all].slice(first, first + Math.min(10, all.length))
}

const facts = ({ state, selection, price }: Configuring) => ({ decisions: decisions(state), selection, price })
const anyModel = fc.oneof({ arbitrary: fc.constant(null), weight: 1 }, { arbitrary: randomModel(), weight: 3 })
const walks = (runs: number, visit: (now: Configuring) => void) =>
  fc.assert(
    fc.property(anyModel, clicks, (model, sequence) => {
      const made = model ? compile(model) : null
      fc.pre(made === null || made.ok)
      walk(made?.ok ? made.compiled : demo, sequence, visit)
    }),
    { numRuns: runs },
  )

test('whatever is clicked, the configuration stays complete and valid, and every option has a standing', () => {
  walks(60, now => {
    expect(check(now.compiled, now.selection).violations).toEqual([])
    for (const option of now.compiled.index.options.keys()) standing(now, option)
  })
})

test('undo takes a step back exactly and redo repeats it exactly', () => {
  walks(40, now => {
    for (const [option] of someOptions(now)) {
      const step = toggle(now, option)
      if (step.status !== 'ok' || step.configuring === now) continue
      expect(facts(undo(step.configuring))).toEqual(facts(now))
      expect(facts(redo(undo(step.configuring)))).toEqual(facts(step.configuring))
    }
  })
})

test('a link restores decisions, selection and price exactly', () => {
  walks(60, now => {
    const wished = decodeDecisions(encodeDecisions(decisions(now.state)))
    const { configuring, unfit } = begin(now.compiled, wished ?? [])
    expect(unfit).toEqual([])
    expect(facts(configuring)).toEqual(facts(now))
  })
})

test('a second click takes back the first where nothing was decided before, except in a choose-one group', () => {
  walks(40, now => {
    for (const [option, { group }] of someOptions(now)) {
      if (group.kind === 'choose-one' || decisions(now.state).some(one => 'option' in one && one.option === option)) continue
      const first = toggle(now, option)
      if (first.status !== 'ok') continue
      const second = toggle(first.configuring, option)
      expect(second.status === 'ok' && facts(second.configuring)).toEqual(facts(now))
    }
  })
})

test('a click does what it says: the option is in where it was out, and out where it was in', () => {
  walks(40, now => {
    for (const [option, { group }] of someOptions(now)) {
      const stands = standing(now, option)
      const step = toggle(now, option)
      if (stands === 'open') expect(step.status === 'ok' && step.configuring.selection.options[option]).toBeGreaterThan(0)
      else if (stands === 'standard' && group.kind !== 'choose-one') {
        expect(step.status === 'ok' && step.configuring.selection.options[option]).toBe(undefined)
      }
    }
  })
})

test('the changes of a step and what was asked for are all that differs', () => {
  walks(60, now => {
    if (now.before === null) return
    const { options, numbers } = now.before.selection
    const touched = new Set(
      changesBetween(now.compiled, now.before.selection, now.selection).flatMap(change =>
        change.kind === 'replaced' ? [change.from, change.to] : [change.kind === 'number' ? change.number : change.option],
      ),
    )
    for (const [id, { option }] of now.compiled.index.options) {
      if ((option.visibility ?? 'public') === 'public') expect(touched.has(id)).toBe(options[id] !== now.selection.options[id])
    }
    for (const [id, group] of now.compiled.index.groups) {
      if (group.kind === 'number') expect(touched.has(id)).toBe(numbers[id] !== now.selection.numbers[id])
    }
  })
})

test('an excluded option has a reason, and a way to it brings it with the price it said', () => {
  walks(30, now => {
    for (const [option] of someOptions(now)) {
      if (standing(now, option) !== 'excluded') continue
      expect(whyNot(now, { option, chosen: true }).verdict).toBe('impossible')
      for (const way of waysTo(now, option)) {
        const then = replace(now, way.decisions, [{ option, chosen: true }])
        expect(then.selection.options[option]).toBeGreaterThan(0)
        const priced = then.price.status === 'priced' && now.price.status === 'priced'
        expect(way.difference).toBe(priced ? then.price.net - now.price.net : null)
      }
    }
  })
})

test('none of an optional group can be chosen and taken back', () => {
  const start = begin(demo).configuring
  const step = chooseNone(start, 'rotary')
  if (step.status !== 'ok') throw new Error('No rotary axis is possible')
  const taken = toggle(step.configuring, 'rot255')
  expect(taken.status === 'ok' && decisions(taken.configuring.state)).toEqual([{ option: 'rot255', chosen: true }])
})

test('the reason of an excluded option never names the choice it would simply replace', () => {
  const fast = toggle(begin(demo).configuring, 'sp18_builtin')
  if (fast.status !== 'ok') throw new Error('The 18,000 rpm spindle is possible')
  const pinned = toggle(fast.configuring, 'hsk_a63')
  if (pinned.status !== 'ok') throw new Error('HSK-A63 is possible')
  expect(whyNot(pinned.configuring, { option: 'bt40', chosen: true }).decisions).toEqual([
    { option: 'sp18_builtin', chosen: true },
  ])
})

test('every visible group of the demo has one place in the steps', () => {
  const places = stepsOf(demo).flatMap(step => step.places.map(({ group }) => group.id))
  expect(places.toSorted()).toEqual(demo.model.groups.map(({ id }) => id).toSorted())
})
