import { describe, expect, it } from 'vitest'
import { listPublic, publicData, readPublic, tellWithout } from '../../../test/public-data.ts'
import { compile } from '../../compile.ts'
import { complete } from '../../complete.ts'
import { decide, start } from '../../decide.ts'
import type { Decision, Model } from '../../model.ts'
import { validate } from '../../validate.ts'
import { importModel } from '../index.ts'
import type { ImportResult } from '../problem.ts'
import { importCoom } from './import.ts'
import { readCoomInput } from './user-input.ts'

tellWithout('Import of public COOM models')

const enums =
  'enumeration Size { attribute num/kg mass\n attribute kind\n S = (1.5, a)\n L = (3 b) }\nenumeration Color { Red Blue }\n'

function modelOf(text: string, instances?: number): Model {
  const result = importCoom(text, { ...(instances !== undefined && { instances }) })
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.model
}

function compiledOf(model: Model) {
  const result = compile(model)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.compiled
}

/** The state after some decisions, all of them possible. */
function decidedOn(model: Model, decisions: Decision[]) {
  let state = start(compiledOf(model))
  for (const decision of decisions) {
    const decided = decide(state, decision)
    if (decided.status !== 'ok') throw new Error(JSON.stringify(decided))
    state = decided.state
  }
  return state
}

describe('what a product is made of', () => {
  it('becomes questions that bear the names of COOM paths', () => {
    const model = modelOf(
      `product { Size size\n 0..1 Color color\n Bool lamp\n num.#/kg 0-5 load\n Case case\n 0..1 Lid lid }\nstructure Case { Color color }\nstructure Lid { Color color }\n${enums}`,
    )
    expect(model.groups).toMatchObject([
      { id: 'size', kind: 'choose-one', options: [{ id: 'size = S', attributes: { 'Size.mass': 1.5 } }, { id: 'size = L' }] },
      { id: 'color', kind: 'choose-one', optional: true },
      { id: 'lamp', kind: 'yes-no', option: { id: 'lamp = True' } },
      { id: 'load', kind: 'number', min: 0, max: 5, step: 0.1, unit: 'kg' },
      { id: 'case.color', kind: 'choose-one' },
      { id: 'lid??', kind: 'yes-no', option: { id: 'lid' } },
      { id: 'lid.color', kind: 'choose-one', parent: 'lid' },
    ])
    expect(model.attributes).toMatchObject([{ id: 'Size.mass', unit: 'kg', decimals: 1 }])
  })

  it('is listed where instances differ: those that must be there ask nothing, the next needs the one before', () => {
    const model = modelOf(`product { 1..3 Box box }\nstructure Box { num 0-100 a\n num 0-100 b }`)
    expect(model.groups.map(({ id, parent }) => [id, parent])).toEqual([
      ['box[0].a', undefined],
      ['box[0].b', undefined],
      ['box', undefined],
      ['box[1].a', 'box[1]'],
      ['box[1].b', 'box[1]'],
      ['box[2].a', 'box[2]'],
      ['box[2].b', 'box[2]'],
    ])
    expect(model.constraints).toMatchObject([{ kind: 'requires', if: '"box[2]"', then: '"box[1]"' }])
  })

  it('is counted where nothing tells instances apart: options, parts with few variants, parts with nothing inside', () => {
    const model = modelOf(
      `product { 1..4 Size size\n 0..9 Table table\n 2..7 Leg leg }\nstructure Table { 3..5 Leg legs\n Color color }\nstructure Leg {}\nbehavior Table { condition color = Red\n require count(legs) > 3 }\n${enums}`,
    )
    expect(model.groups).toMatchObject([
      { id: 'size', kind: 'choose-some', min: 1, options: [{ quantity: { min: 1, max: 4 } }, {}] },
      { id: 'table', kind: 'choose-some' },
      { id: 'leg', kind: 'number', min: 2, max: 7 },
    ])
    const table = model.groups[1]!
    expect(table.kind === 'choose-some' && table.options.map(({ name }) => name.en)).toHaveLength(5)
  })

  it('leaves a number only the values that an equation allows', () => {
    const model = modelOf(
      `product { num 0-500 total\n 2..2 Box box }\nstructure Box { num 0-200 price\n num 0-90 x\n P p\n 0..2 P more }\nenumeration P { attribute num price\n A = (20)\n B = (50) }\nbehavior { imply total = sum(box.price) }\nbehavior Box { imply price = p.price + sum(more.price) }`,
    )
    expect(model.groups).toContainEqual(expect.objectContaining({ id: 'box[0].price', min: 0, max: 200, step: 10 }))
    expect(model.groups).toContainEqual(expect.objectContaining({ id: 'total', min: 0, max: 500, step: 10 }))
  })

  it('is bounded where the file leaves it open, with a note', () => {
    const text = 'product { 0..* Box box\n num x }\nstructure Box { num 0-100 a\n num 0-100 b }'
    const result = importCoom(text, { instances: 4 })
    expect(result.ok && result.notes.map(({ code, path }) => [code, path])).toEqual([
      ['bounded', '1:11'],
      ['bounded', '2:2'],
    ])
    expect(modelOf(text, 4).groups.find(({ id }) => id === 'box')).toMatchObject({ options: [{}, {}, {}, { id: 'box[3]' }] })
  })
})

describe('a rule', () => {
  const formula = (rule: string, features = 'Size size\n Color color\n num 0-9 n\n 0..1 Box box') => {
    const result = importCoom(`product { ${features} }\nstructure Box { Color color }\n${enums}behavior {\n${rule}\n}`)
    if (!result.ok) throw new Error(JSON.stringify(result.errors))
    const { id: _, ...rest } = result.model.constraints[0] ?? { id: '' }
    return { ...rest, notes: result.notes.map(({ path, value }) => `${path} ${value}`) }
  }

  it.each([
    ['require color = Red', { formula: '"color = Red"' }],
    ['require size.mass > 2', { formula: '"size = L"' }],
    ['require color = box.color', { when: 'box' }],
    ['condition color = Red && size.kind = a\nrequire n <= 3', { when: '("color = Red" & "size = S")', formula: '(n <= 3)' }],
    ['explanation "Red is heavy"\nrequire color != Red', { message: { 'zh-CN': 'Red is heavy', en: 'Red is heavy' } }],
    ['imply n = count(box) + 2', { formula: '(n == (box + 2))' }],
    ['require n = size.mass * 2', { formula: '(n == ((size."Size.mass" / 1[kg]) * 2))' }],
    ['require 1 < n < 5', { formula: '((1 < n) & (n < 5))' }],
    ['require max(size.mass) <= 2', { formula: '"size = S"' }],
    ['combinations (size color)\nallow (S Red)\nallow (L -*-)', { kind: 'table', columns: ['size', 'color'] }],
    ['define heavy = size.mass\nrequire heavy < 2', { formula: '"size = S"' }],
  ])('is said in formulas: %s', (rule, expected) => {
    expect(formula(rule)).toMatchObject({ ...expected, notes: [] })
  })

  it.each([
    ['require sqrt(n) < 3', '12:9 sqrt()'],
    ['require nowhere.color = Red', '12:9 nowhere.color'],
    ['prefer color = Red', '12:1 prefer'],
    ['alldiff box.color', '12:1 alldiff'],
    ['require count(x for x in box) > 1', '12:9 for … in'],
    ['exists x in box { require x.color = Red }', '12:1 exists'],
    ['hide n', '12:1 hide'],
  ])('that formulas cannot say constrains nothing and is noted: %s', (rule, note) => {
    expect(formula(rule).notes).toEqual([note])
  })

  it('may ask for the least and the greatest, the more important first', () => {
    const model = modelOf(
      `product { num 0-20 cost\n 1..4 Size size\n Color color }\n${enums}behavior {\nminimize cost\nmaximize/2 sum(size.mass)\nimply cost = sum(size.mass) * 2\ndefault color = Blue }`,
    )
    expect(model.objectives).toMatchObject([{ goal: 'greatest' }, { goal: 'least', of: 'cost' }])
    expect(model.defaults).toEqual([{ option: 'color = Blue', chosen: true }])
    const state = start(compiledOf(model))
    const [most, least] = model.objectives!.map(objective => complete(state, objective))
    expect(most).toMatchObject({ status: 'proved', objective: 9, bound: 9 })
    expect(least).toMatchObject({ status: 'proved', objective: 3, selection: { options: { 'size = S': 1, 'color = Blue': 1 } } })
  })
})

describe('user input', () => {
  const model = modelOf(
    `product { Size size\n Bool lamp\n num 0-9 n\n 0..3 Box box\n 0..5 Size more }\nstructure Box { Color color\n num 0-100 a\n Case case }\nstructure Case { num 0-100 b }\n${enums}`,
  )
  it('becomes decisions', () => {
    const input = readCoomInput(
      'set size[0] = L\nset root.lamp[0] = true\nset n[0] = 4\nadd box[1]\nblockinput box[0] { set color = Red\n set case[0].b[0] = 7 }\nset more[2] = S',
      model,
    )
    expect(input).toEqual({
      ok: true,
      notes: [],
      decisions: [
        { option: 'size = L', chosen: true },
        { option: 'lamp = True', chosen: true },
        { number: 'n', value: 4 },
        { option: 'box[1]', chosen: true },
        { option: 'box[0].color = Red', chosen: true },
        { number: 'box[0].case.b', value: 7 },
        { option: 'more = S', chosen: true },
      ],
    })
    if (input.ok) expect(complete(decidedOn(model, input.decisions), { goal: 'defaults' }).status).toBe('proved')
  })

  it('that the model does not have is noted, as the file is refused that is none', () => {
    const input = readCoomInput('set nothing = 3\nset n = 99\nset size = XXL\nadd 2 box', model)
    expect(input.ok && input.notes.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unknown-reference 1:5',
      'unknown-reference 2:5',
      'unknown-reference 3:5',
      'not-expressed 4:7',
    ])
    expect(readCoomInput('put n = 3', model)).toMatchObject({ ok: false, errors: [{ code: 'syntax', path: '1:1' }] })
  })
})

describe('a file that is not right', () => {
  const loop = 'structure A { A a }'
  it.each([
    ['product { 0..N Box x }', 'syntax', '1:20'],
    ['product { Color color }', 'unknown-reference', '1:11'],
    [`product { A a }\n${loop}`, 'too-deep', '2:15'],
    ['product { 3..2 Color color }', 'out-of-range', '1:11'],
    ['product { num 5-2 n }', 'out-of-range', '1:11'],
    ['product { num 0-2 n\n num 0-2 n }', 'duplicate-id', '2:2'],
    ['product { num 0-2 n } structure A {', 'syntax', '1:36'],
    ['product { num 0-2 n }\nbehavior { require n = "a }', 'unclosed-quote', '2:24'],
    [`product { num 0-2 n }\nbehavior { require ${'('.repeat(5000)}`, 'too-deep', '2:68'],
    ['structure A {}', 'no-features', '1:1'],
    ['product { 1..1 A a }\nstructure A {}', 'no-features', '1:1'],
    ['product { 1000000 A a }\nstructure A { num 0-100 n\n num 0-100 m }', 'too-large', '2:15'],
    ['enumeration E {}', 'empty-group', '1:13'],
  ])('is refused with its place: %j', (text, code, path) => {
    expect(importCoom(text)).toMatchObject({ ok: false, errors: [{ code, path }] })
  })

  const whole = `/* c */ product { 0..2 Box box\n Size size\n num.##/m² -1.5-9 n }\nstructure Box { 0..* Size s\n static Color c\n reference Box other }\n${enums}behavior Box { define d = s.mass * 2\n explanation "e" condition !(c = Red || d < 3)\n { require count(s) >= 1; imply n = -2 ^ 2 } }\nbehavior { combinations (size n)\n allow (S (1, 2))\n forbid (-*- >= 3)\n minimize/1 sum(box.s.mass) / 2 }`

  it('never throws, wherever it is cut off', () => {
    for (let end = 0; end <= whole.length; end++) expectResult(importCoom(whole.slice(0, end)))
  })

  it('never throws, however it is changed', () => {
    const pieces = [
      '\n',
      ' ',
      '"',
      '{',
      '}',
      '(',
      ')',
      '[0]',
      '=',
      '&&',
      ',',
      '.',
      '..',
      '*',
      '-*-',
      '/*',
      '0',
      '99999',
      'num',
      'Box',
      'count(',
      '\u0000',
      '😀',
      '-',
      '__proto__',
      'constructor',
    ]
    let seed = 7
    const next = (n: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      return (seed >>> 8) % n
    }
    for (let i = 0; i < 1500; i++) {
      let text = whole
      for (let k = 1 + next(3); k > 0; k--) {
        const at = next(text.length)
        text = text.slice(0, at) + (next(3) ? pieces[next(pieces.length)] : '') + text.slice(at + next(4))
      }
      expectResult(importCoom(text, { instances: 3 }))
    }
  }, 60_000)
})

describe('public files', () => {
  const files = listPublic('coom').filter(path => !/-model\.coom$|user-input/.test(path))
  for (const path of files) {
    it(`${path} is imported, valid as a model and can be completed`, { timeout: 60_000 }, () => {
      const result = importModel(path, readPublic(path), { instances: 2 })
      if (!result.ok) throw new Error(JSON.stringify(result.errors))
      expect(validate(result.model).errors).toEqual([])
      expect(complete(start(compiledOf(result.model)), { goal: 'defaults' }).status).toBe('proved')
    })
  }

  it.skipIf(!publicData)('the restaurant takes its user input', () => {
    const model = modelOf(readPublic('coom/bench-restaurant-100.coom'))
    const input = readCoomInput(readPublic('coom/restaurant-100_user-input-400.coom'), model)
    expect(input).toMatchObject({ ok: true, decisions: [{ number: 'totalPlaces', value: 400 }], notes: [] })
    if (input.ok) expect(complete(decidedOn(model, input.decisions), { goal: 'defaults' }).status).toBe('proved')
  })

  it.skipIf(!publicData)('the lightest travel bike has the smallest wheels, and bags only as asked for', () => {
    const model = modelOf(readPublic('coom/travel-bike-minimize.coom'))
    const [objective] = model.objectives!
    expect(complete(start(compiledOf(model)), objective!)).toMatchObject({ status: 'proved', objective: 1300 })
    // 100 + 50 + 10 litres: 1200 + 600 + 100 grams
    const asked = decidedOn(model, [{ number: 'requestedVolume', value: 160 }])
    expect(complete(asked, objective!)).toMatchObject({ status: 'proved', objective: 3200 })
  })
})

function expectResult(result: ImportResult): void {
  if (result.ok) {
    expect(validate(result.model).errors).toEqual([])
    return
  }
  for (const error of result.errors) expect(error.path).toMatch(/^\d+:\d+$/)
}
