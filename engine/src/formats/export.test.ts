import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clicksOn, mulberry32, runClicks } from '../../test/click-workload.ts'
import { handmade, number, one, some } from '../../test/handmade.ts'
import { universe } from '../../test/oracle.ts'
import { publicData, readPublic, tellWithout } from '../../test/public-data.ts'
import { randomModel } from '../../test/random-model.ts'
import { randomSelection } from '../../test/random-selection.ts'
import { runs } from '../../test/seed.ts'
import { readAgain, written } from '../../test/written.ts'
import { check } from '../check.ts'
import { evaluateArithmetic, evaluateLogic } from '../formula/evaluate.ts'
import { compile, type Rulebook } from '../index.ts'
import type { Model, Selection } from '../model.ts'
import { indexModel, optionsOf } from '../model-index.ts'
import { type Rules, readRules } from '../rules.ts'
import { type ExportFormat, importModel, readDimacs } from './index.ts'

tellWithout('Round trips of public models')

function rulebook(model: Model): Rulebook {
  const index = indexModel(model)
  const { rules, errors } = readRules(index)
  expect(errors).toEqual([])
  return { index, rules }
}

/** The notes that say that the file may allow more than the model. */
function looser(notes: { code: string; message: { en: string } }[]): boolean {
  return notes.some(({ message }) => /constraint is not expressed|pieces|number groups/.test(message.en))
}

const small = { groups: 3, options: 2, constraints: 3, values: 3 }

describe('a model written as UVL and read again', () => {
  it('allows the same selections, by every case of random models', { timeout: 120_000 }, () => {
    const seen = { exact: 0, valid: 0 }
    fc.assert(
      fc.property(randomModel(small), model => {
        const { text, notes } = written(model, 'uvl')
        const again = rulebook(readAgain(text, 'uvl'))
        const before = rulebook(model)
        for (const selection of cases(before)) {
          const valid = check(before, selection).valid
          const now = check(again, inUvl(selection, model.id, again)).valid
          if (valid) seen.valid++
          if (valid ? !now : now && !looser(notes)) expect.fail(`${JSON.stringify(selection)} was ${valid}\n${text}`)
        }
        if (!looser(notes)) seen.exact++
      }),
      runs(150),
    )
    expect(seen.exact).toBeGreaterThan(50)
    expect(seen.valid).toBeGreaterThan(150)
  })
})

/** A root, and the features of numbers, are chosen besides. */
function inUvl(selection: Selection, root: string, { index }: Rulebook): Selection {
  const pieces = ([id, count]: [string, number]) => [id, index.options.get(id)?.option.quantity ? count : 1]
  const options: Record<string, number> = Object.fromEntries(Object.entries(selection.options).map(pieces))
  const numbers = Object.fromEntries(Object.entries(selection.numbers).map(([id, value]) => [`${id}/value`, value]))
  for (const id of Object.keys(selection.numbers)) options[id] = 1
  if (index.options.has(root)) options[root] = 1
  return { options, numbers }
}

describe('a model written as FeatureIDE XML and read again', () => {
  it('allows the same selections, by every case of random models', { timeout: 120_000 }, () => {
    const seen = { exact: 0 }
    fc.assert(
      fc.property(randomModel(small), model => {
        const { text, notes } = written(model, 'featureide')
        const again = rulebook(readAgain(text, 'featureide'))
        const before = rulebook(model)
        for (const selection of cases(before)) {
          const valid = check(before, selection).valid
          const now = check(again, inFeatureIde(selection, model, again)).valid
          if (valid ? !now : now && !looser(notes)) expect.fail(`${JSON.stringify(selection)} was ${valid}\n${text}`)
        }
        if (!looser(notes)) seen.exact++
      }),
      runs(150),
    )
    expect(seen.exact).toBeGreaterThan(20)
  })
})

/** No numbers and no pieces; a group that became a feature is chosen with its owner. */
function inFeatureIde({ options }: Selection, model: Model, { index }: Rulebook): Selection {
  const chosen = Object.fromEntries(Object.keys(options).map(id => [id, 1]))
  for (const { id, parent } of model.groups)
    if (index.options.has(id) && (parent === undefined || parent in options)) chosen[id] = 1
  if (index.options.has('random')) chosen.random = 1
  return { options: chosen, numbers: {} }
}

describe('a model written as COOM and read again', () => {
  /** Compares every case, and what is wished for in each; answers how many are valid, and whether all of the model is in the file. */
  function compareCases(model: Model): { valid: number; exact: boolean; wishes: number } {
    const { text, notes } = written(model, 'coom')
    const again = rulebook(readAgain(text, 'coom'))
    const before = rulebook(model)
    const valid: [Selection, Selection][] = []
    for (const selection of cases(before)) {
      const selected = inCoom(selection, model, again)
      const wasValid = check(before, selection).valid
      const isValid = check(again, selected).valid
      if (wasValid) valid.push([selection, selected])
      if (wasValid ? !isValid : isValid && !looser(notes)) expect.fail(`${JSON.stringify(selection)} was ${wasValid}\n${text}`)
    }
    compareWishes(before.rules, again.rules, valid)
    const wishes = again.rules.defaults.length + again.rules.objectives.length
    return { valid: valid.length, exact: !looser(notes), wishes }
  }

  /** What is wished for in the file is wished for in the model, in this order, and in the same selections. */
  function compareWishes(before: Rules, again: Rules, selections: [Selection, Selection][]): void {
    let place = 0
    for (const one of again.defaults) {
      const granted = selections.map(([, selected]) => isGranted(one, selected)).join('')
      while (
        place < before.defaults.length &&
        granted !== selections.map(([s]) => isGranted(before.defaults[place]!, s)).join('')
      )
        place++
      expect(place++, JSON.stringify(one.rule)).toBeLessThan(before.defaults.length)
    }
    const [was, is] = [before.objectives[0], again.objectives[0]]
    if (is) for (const [before, after] of selections) expect(valueIn(is, after)).toEqual(valueIn(was!, before))
  }

  it('allows the same selections, by every case of random models', { timeout: 120_000 }, () => {
    const seen = { exact: 0, valid: 0, wishes: 0 }
    fc.assert(
      fc.property(randomModel(small), model => {
        const { valid, exact, wishes } = compareCases(model)
        seen.valid += valid
        seen.wishes += wishes
        if (exact) seen.exact++
      }),
      runs(150),
    )
    expect(seen.exact).toBeGreaterThan(50)
    expect(seen.valid).toBeGreaterThan(150)
    expect(seen.wishes).toBeGreaterThan(50)
  })

  it('does so with ids that are words of the format', () => {
    const groups = [
      { ...one('Option', ['num', 'count']) },
      { ...some('s', ['root', 'a b', 'true', '"']) },
      { ...number('sum', 0, 2), parent: 'root' },
    ]
    const rules = ['"a b" => !root & num', 'true => sum >= 1 | "\\""', 'count(s) <= 3']
    expect(compareCases(handmade(groups, rules))).toMatchObject({ exact: true })
  })
})

/** Options of an enumeration have its name before theirs, what comes in pieces is a number, and one that does not count is 0. */
function inCoom({ options, numbers }: Selection, model: Model, { index }: Rulebook): Selection {
  const chosen: Record<string, number> = {}
  const values: Record<string, number> = {}
  for (const group of model.groups) {
    const counts = group.parent === undefined || group.parent in options
    const value = numbers[group.id]
    if (group.kind === 'number' && counts === (value !== undefined)) values[group.id] = value ?? 0
    for (const { id } of optionsOf(group)) {
      if (index.grids.has(id)) values[id] = options[id] ?? 0
      else if (id in options) chosen[index.options.has(id) ? id : `${group.id} = ${id}`] = options[id]!
    }
  }
  return { options: chosen, numbers: values }
}

describe('a model written as DIMACS', () => {
  it('has one solution for every selection, by every case of random models', { timeout: 120_000 }, () => {
    const seen = { exact: 0 }
    fc.assert(
      fc.property(randomModel(small), model => {
        const { text, notes } = written(model, 'dimacs')
        const before = rulebook(model)
        const { clauses, names, variables } = readDimacs(text)
        expect([...names.values()]).toEqual(model.groups.flatMap(optionsOf).map(({ id }) => id))
        for (const selection of cases(before)) {
          const valid = check(before, selection).valid
          const given = [...names].map(([variable, id]) => (id in selection.options ? variable : -variable))
          const solved = propagate(
            clauses.map(({ literals }) => literals),
            given,
          )
          if (solved) expect(solved.size).toBe(variables)
          if (valid ? !solved : solved && !looser(notes)) expect.fail(`${JSON.stringify(selection)} was ${valid}\n${text}`)
        }
        if (!looser(notes)) seen.exact++
      }),
      runs(150),
    )
    expect(seen.exact).toBeGreaterThan(20)
  })
})

/** All literals that follow one by one; undefined where a clause breaks. */
function propagate(clauses: number[][], given: number[]): Set<number> | undefined {
  const known = new Set(given)
  for (let more = true; more; ) {
    more = false
    for (const clause of clauses) {
      if (clause.some(literal => known.has(literal))) continue
      const open = clause.filter(literal => !known.has(-literal))
      if (open.length === 0) return undefined
      if (open.length === 1) {
        known.add(open[0]!)
        more = true
      }
    }
  }
  return known
}

/** Every valid selection, and others: a few hundred of all that can be written down. */
/** Whether a default is granted in a selection, where it is wished for: one letter. */
function isGranted({ rule, when }: Rules['defaults'][number], { options, numbers }: Selection): string {
  if (when && !evaluateLogic(when, { options, numbers })) return '-'
  const granted =
    'number' in rule
      ? numbers[rule.number] === rule.value
      : 'chosen' in rule
        ? rule.option in options === rule.chosen
        : options[rule.option] === rule.quantity
  return granted ? 'y' : 'n'
}

const valueIn = ({ value }: Rules['objectives'][number], selection: Selection) => evaluateArithmetic(value, selection)

function cases({ index }: Rulebook): Selection[] {
  const all = universe(index)
  const stride = Math.max(1, Math.floor(all.length / 400))
  return all.filter((_, i) => i % stride === 0)
}

describe('an example model', () => {
  for (const name of ['machining-centre', 'rotary-table', 'suit', 'wardrobe']) {
    it(`${name} leaves as UVL with everything its rules say, so that what it allows and what it refuses stays`, {
      timeout: 120_000,
    }, () => {
      const model = JSON.parse(readFileSync(join(import.meta.dirname, `../../../examples/${name}/model.json`), 'utf8')) as Model
      const { text, notes } = written(model, 'uvl')
      expect(notes.filter(({ path }) => /^.constraints.\d/.test(path))).toEqual([])
      const again = rulebook(readAgain(text, 'uvl'))
      const result = compile(model)
      if (!result.ok) throw new Error(JSON.stringify(result.errors))
      const chance = mulberry32(5)
      for (let i = 0; i < 5; i++) {
        const valid = randomSelection(result.compiled, chance)
        expect(check(again, inUvl(valid, model.id, again))).toEqual({ valid: true, violations: [], errors: [] })
        for (let k = 0; k < 40; k++) {
          const other = changedByChance(valid, model, chance)
          expect(check(again, inUvl(other, model.id, again)).valid).toBe(check(result.compiled, other).valid)
        }
      }
    })
  }
})

/** With another choice in a group, another number, or one option more or less. */
function changedByChance(selection: Selection, { groups }: Model, chance: () => number): Selection {
  const group = groups[Math.floor(chance() * groups.length)]!
  const options = { ...selection.options }
  if (group.kind === 'number') {
    const { min, max, step = 1 } = group
    const value = min + step * Math.floor(chance() * (Math.floor((max - min) / step) + 1))
    return group.id in selection.numbers
      ? { options, numbers: { ...selection.numbers, [group.id]: Number(value.toFixed(6)) } }
      : selection
  }
  const all = optionsOf(group)
  const one = all[Math.floor(chance() * all.length)]!
  if (one.id in options) delete options[one.id]
  else {
    if (group.kind === 'choose-one') for (const { id } of all) delete options[id]
    options[one.id] = one.quantity?.min ?? 1
  }
  return { options, numbers: selection.numbers }
}

describe.skipIf(!publicData)('a public model, read, written and read again', () => {
  const models: [path: string, formats: ExportFormat[]][] = [
    ['dimacs/busybox-1.18.0.dimacs', ['dimacs', 'uvl', 'featureide', 'coom']],
    ['dimacs/automotive01.dimacs', ['uvl']],
    ['uvl/financialservices01.uvl', ['uvl', 'dimacs', 'coom']],
    ['uvl/pc-richmond.uvl', ['uvl', 'featureide', 'dimacs', 'coom']],
    ['xml-attributes/PcConfigurator.xml', ['featureide', 'uvl']],
    ['uvl-numeric/bike.uvl', ['uvl']],
    ['uvl-numeric/Sundermann2024_Pizza.uvl', ['uvl', 'coom']],
    ['uvl-numeric/featureide-attributed-sandwich.uvl', ['uvl']],
    ['uvl/busybox-1.18.0.uvl', ['uvl', 'featureide', 'dimacs']],
  ]
  for (const [path, formats] of models) {
    for (const format of formats) {
      it(`${path} as ${format} has the same domains after every click`, { timeout: 120_000 }, () => {
        const model = readFirst(path)
        const ids = model.groups.flatMap(optionsOf).map(({ id }) => id)
        const again = readAgain(written(model, format).text, format)
        const [before, after] = [outcomeOf(model, ids), outcomeOf(again, ids.map(idIn(again)))]
        expect({ ...after, times: [] }).toEqual({ ...before, times: [] })
      })
    }
  }

  for (const path of [
    'uvl/featureide-server.uvl',
    'uvl/printer.uvl',
    'uvl-numeric/featureide-attributed-sandwich.uvl',
    'xml-attributes/BikeConfigurator.xml',
  ]) {
    const format = path.endsWith('.xml') ? 'featureide' : 'uvl'
    it(`${path} is the same model again but for the names of its rules`, () => {
      const model = readFirst(path)
      expect(unnamed(readAgain(written(model, format).text, format))).toEqual(unnamed(model))
    })
  }
})

function readFirst(path: string): Model {
  const read = importModel(path, readPublic(path))
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  return read.model
}

/** How an option is called in a model read again: those of an enumeration have its name before theirs. */
function idIn({ groups }: Model): (id: string) => string {
  const known = new Map(groups.flatMap(group => optionsOf(group).map(({ id }) => [id.replace(`${group.id} = `, ''), id])))
  return id => known.get(id) ?? id
}

function unnamed({ groups, attributes, prices, currency, constraints }: Model) {
  return { groups, attributes, prices, currency, constraints: constraints.length }
}

function outcomeOf(model: Model, ids: string[]) {
  const compiled = compile(model)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.errors))
  const { core, dead, hash } = runClicks(clicksOn(compiled.compiled, ids))
  return { core, dead, hash }
}
