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
import type { ModelError } from '../api.ts'
import { check } from '../check.ts'
import { compile, type Rulebook } from '../index.ts'
import type { Model, Option, Selection } from '../model.ts'
import { indexModel, optionsOf } from '../model-index.ts'
import { readRules } from '../rules.ts'
import { type ExportFormat, exportModel, importModel, readDimacs } from './index.ts'

tellWithout('Round trips of public models')

const ENDINGS = { uvl: 'uvl', featureide: 'xml', dimacs: 'dimacs', coom: 'coom' }

function written(model: Model, format: ExportFormat) {
  const result = exportModel(model, format)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result
}

function readAgain(text: string, format: ExportFormat): Model {
  const result = importModel(`again.${ENDINGS[format]}`, text)
  if (!result.ok) throw new Error(`${JSON.stringify(result.errors[0])}\n${text}`)
  return result.model
}

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

/** Notes in a line each. */
function said(notes: ModelError[]): string[] {
  return notes.map(({ path, value, message }) => `${path}${value && ` ${value}`}: ${message.en.replace('Not in the file: ', '')}`)
}

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
  /** Compares every case; answers how many are valid, and whether all of the model is in the file. */
  function compareCases(model: Model): { valid: number; exact: boolean } {
    const { text, notes } = written(model, 'coom')
    const again = rulebook(readAgain(text, 'coom'))
    const before = rulebook(model)
    let all = 0
    for (const selection of cases(before)) {
      const valid = check(before, selection).valid
      const now = check(again, inCoom(selection, model, again)).valid
      if (valid) all++
      if (valid ? !now : now && !looser(notes)) expect.fail(`${JSON.stringify(selection)} was ${valid}\n${text}`)
    }
    return { valid: all, exact: !looser(notes) }
  }

  it('allows the same selections, by every case of random models', { timeout: 120_000 }, () => {
    const seen = { exact: 0, valid: 0 }
    fc.assert(
      fc.property(randomModel(small), model => {
        const { valid, exact } = compareCases(model)
        seen.valid += valid
        if (exact) seen.exact++
      }),
      runs(150),
    )
    expect(seen.exact).toBeGreaterThan(50)
    expect(seen.valid).toBeGreaterThan(150)
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

describe('a model written', () => {
  const option = (id: string, more: Partial<Option> = {}): Option => ({ id, name: { 'zh-CN': `${id} 型`, en: id }, ...more })
  const mill = handmade(
    [
      {
        id: 'spindle',
        name: { 'zh-CN': '主轴', en: 'Spindle' },
        kind: 'choose-one',
        options: [option('12k', { attributes: { mass: 80.5 } }), option('BT 50', { attributes: { mass: 120 } }), option('or')],
      },
      {
        id: 'tools',
        name: { 'zh-CN': '刀库', en: 'Tools' },
        kind: 'choose-some',
        max: 2,
        options: [option('t16'), option('t24'), option('arm')],
      },
      {
        id: 'cover',
        name: { 'zh-CN': '护罩', en: 'Cover' },
        kind: 'yes-no',
        option: option('"full" cover', { quantity: { min: 1, max: 3 } }),
      },
      { id: 'travel', name: { 'zh-CN': '行程', en: 'Travel' }, kind: 'number', min: 200, max: 800, step: 50, parent: 'arm' },
    ],
    [
      '"12k" => !t24',
      'arm => "BT 50" | travel >= 400 & sum(mass) <= 100',
      'count(t16, t24, arm) == "\\"full\\" cover"',
      'max(mass) < 100 | t16',
    ],
    {
      id: 'mill',
      attributes: [{ id: 'mass', name: { 'zh-CN': '质量', en: 'Mass' }, unit: 'kg', decimals: 1 }],
      prices: [
        { id: 'base', kind: 'base', amount: 100 },
        { id: 'each', kind: 'options', amounts: { '12k': 1050, t16: null } },
      ],
    },
  )

  it('as UVL has ids as names, names in comments, ranges as constraints, and says what is lost', () => {
    const { text, notes } = written(mill, 'uvl')
    expect(text).toBe(`namespace mill

features
	mill {abstract, fettle {currency 'CNY'}} // handmade
		alternative // 主轴 / Spindle
			"12k" {mass 80.5, Price 10.5} // 12k 型 / 12k
			"BT 50" {mass 120} // BT 50 型 / BT 50
			"or" // or 型 / or
		[0..2] // 刀库 / Tools
			t16 {fettle {one 1}} // t16 型 / t16
			t24 {fettle {one 1}} // t24 型 / t24
			arm {fettle {one 1}} // arm 型 / arm
				mandatory
					Integer travel {fettle {step 50}, constraint travel => travel >= 200 & travel <= 800} // 行程 / Travel
		optional // 护罩 / Cover
			"'full' cover" cardinality [1..3] {fettle {one 1}} // "full" cover 型 / "full" cover
constraints
	"12k" => !t24
	arm => "BT 50" | travel >= 400 & sum(mass) <= 100
	t16.fettle.one + t24.fettle.one + arm.fettle.one == "'full' cover".fettle.one
	!"BT 50" | t16
`)
    expect(said(notes)).toEqual([
      '/prices: price rules beyond those of options',
      '/attributes: units',
      '/groups "full" cover: Different in the file: single quotes for double ones in ids',
      '/prices t16: that prices are on request',
    ])
  })

  it('as FeatureIDE XML has abstract features for groups beside others, and no numbers', () => {
    const { text, notes } = written(mill, 'featureide')
    expect(text.split('\n').map(line => line.trim())).toEqual(
      expect.arrayContaining([
        '<and abstract="true" mandatory="true" name="mill">',
        '<alt abstract="true" mandatory="true" name="spindle">',
        '<description>主轴 / Spindle</description>',
        '<attribute name="mass" type="double" unit="kg" value="80.5"/>',
        '<attribute name="Price" type="double" unit="CNY" value="10.5"/>',
        '<feature name="&quot;full&quot; cover">',
      ]),
    )
    expect(text).not.toContain('travel')
    expect(said(notes)).toEqual([
      '/prices: price rules beyond those of options',
      '/attributes: units',
      '/prices t16: that prices are on request',
      '/constraints/1 rule1: The constraint is not expressed in full: it has numbers, pieces, or too many cases',
      '/constraints/2 rule2: The constraint is not expressed in full: it has numbers, pieces, or too many cases',
      '/groups travel: number groups',
      '/groups "full" cover: pieces of options',
      '/groups spindle: Different in the file: these groups are abstract features',
    ])
  })

  it('as DIMACS has a variable for every option, by name', () => {
    const { text, notes } = written(mill, 'dimacs')
    expect(text).toBe(
      'c 1 12k\nc 2 BT 50\nc 3 or\nc 4 t16\nc 5 t24\nc 6 arm\nc 7 "full" cover\np cnf 7 7\n' +
        '1 2 3 0\n-1 -2 0\n-1 -3 0\n-2 -3 0\n-4 -5 -6 0\n-1 -5 0\n-2 4 0\n',
    )
    expect(said(notes)).toContain('/groups: the names of options and groups')
  })

  it('as COOM has enumerations, counted options, and rules of bare numbers', () => {
    const { text, notes } = written(mill, 'coom')
    expect(text).toBe(`product { // handmade
	spindle spindle // 主轴 / Spindle
	0..1 Option t16 // t16 型 / t16
	0..1 Option t24 // t24 型 / t24
	0..1 Option arm // arm 型 / arm
	0..3 Option "\\"full\\" cover" // "full" cover 型 / "full" cover
	num 0-800 travel // 行程 / Travel
}
structure Option { }
enumeration spindle {
	attribute num mass
	"12k" = (80.5) // 12k 型 / 12k
	"BT 50" = (120) // BT 50 型 / BT 50
	or = (0) // or 型 / or
}
behavior {
	require !(count(arm) > 0) || travel >= 200 && travel <= 800
	require count(arm) > 0 || travel = 0
	require count(t16) + count(t24) + count(arm) <= 2
	require !(spindle = "12k") || !(count(t24) > 0)
	require !(count(arm) > 0) || (spindle = "BT 50" || travel >= 400 && spindle.mass <= 100)
	require count(t16) + count(t24) + count(arm) = count(root."\\"full\\" cover")
	require !(spindle = "BT 50") || count(t16) > 0
}
`)
    expect(said(notes)).toContain('/groups travel: the step of numbers')
  })

  it('is refused where it is none', () => {
    expect(exportModel({ ...mill, groups: [] }, 'uvl')).toMatchObject({ ok: false })
  })
})

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
