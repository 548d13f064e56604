import { describe, expect, it } from 'vitest'
import { listPublic, publicData, readPublic, tellWithout } from '../../../test/public-data.ts'
import type { Model } from '../../model.ts'
import { validate } from '../../validate.ts'
import type { ImportResult } from '../problem.ts'
import type { Expression } from '../tree/feature-tree.ts'
import { importUvl } from './import.ts'
import { parseUvl } from './parse.ts'

tellWithout('Import of public UVL models')

const features =
  'features\n\tA\n\t\toptional\n\t\t\tB\n\t\t\tC\n\t\t\tD\n\t\t\tInteger N {Price 3}\n\t\t\tReal R\n\t\t\tString S\nconstraints\n'

function modelOf(text: string): Model {
  const result = importUvl(text)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.model
}

function formula(constraint: string): string | undefined {
  const [first] = modelOf(`${features}\t${constraint}\n`).constraints
  return first?.kind === 'formula' ? first.formula : undefined
}

function firstError(text: string) {
  const result = importUvl(text)
  if (result.ok) throw new Error('expected an error')
  return result.errors[0]!
}

describe('constraints', () => {
  const shape = (e: Expression): string => {
    switch (e.op) {
      case 'name':
        return e.path.join('.')
      case 'not':
        return `!${shape(e.arg)}`
      case 'and':
      case 'or':
        return `(${e.args.map(shape).join(e.op === 'and' ? '&' : '|')})`
      case 'implies':
      case 'iff':
        return `(${shape(e.left)}${e.op === 'implies' ? '>' : '='}${shape(e.right)})`
      default:
        return e.op
    }
  }

  it.each([
    ['A & B | C', '((A&B)|C)'],
    ['A | B & C', '(A|(B&C))'],
    ['!A & B', '(!A&B)'],
    ['!(A & B)', '!(A&B)'],
    ['A => B | C', '(A>(B|C))'],
    ['A => B => C', '((A>B)>C)'],
    ['A <=> B => C', '(A=(B>C))'],
    ['A => B <=> C', '((A>B)=C)'],
    ['A <=> B <=> C', '((A=B)=C)'],
    ['!!A', '!!A'],
    ['N > 1 & B', '(compare&B)'],
  ])('bind as the official grammar orders it: %s', (written, expected) => {
    expect(shape(parseUvl(`${features}\t${written}`).constraints[0]!.expression)).toBe(expected)
  })

  it.each([
    ['B => C', '(B => C)'],
    ['N + 2 * N > 3 - (1 - 2)', '("N/value" + 2 * "N/value" > 3 - (1 - 2))'],
    ['N / (R - 1) >= -1.50', '("N/value" / ("R/value" - 1) >= (-1.5))'],
    ['sum(Price) < 5', '(sum(Price) < 5)'],
    ['sum(N, R) < 5', '("N/value" + "R/value" < 5)'],
    ['sum(Price, B) < 5', '(0 < 5)'],
    ['N.Price < 5', '(N.Price < 5)'],
    ['floor(N) == 2', '("N/value" == 2)'],
  ])('%s becomes the formula %s', (written, expected) => {
    expect(formula(written)).toBe(expected)
  })

  it.each([
    ["S == 'x' & B", 'B'],
    ["B => S == 'x' & C", '(B => C)'],
    ["!(S == 'x') & B", 'B'],
    ['avg(Price) > 3 | B', undefined],
    ['(len(S) > 3 & B) <=> C', '(C => B)'],
    ['floor(R) > 1', undefined],
  ])('what cannot be expressed forbids nothing, the rest still constrains: %s', (written, expected) => {
    expect(formula(written)).toBe(expected)
    const result = importUvl(`${features}\t${written}`)
    expect(result.ok && result.notes.some(note => note.code === 'not-expressed' && note.path.startsWith('11:'))).toBe(true)
  })

  it('have ranges for their numbers: from constants where they hold always, assumed and noted otherwise', () => {
    const text = `${features}\tN > 20 & N <= 60\n\tR < 2.5\n\tB => N < 30`
    const result = importUvl(text)
    expect(modelOf(text).groups.filter(group => group.kind === 'number')).toMatchObject([
      { id: 'N/value', min: 21, max: 60, step: 1, parent: 'N' },
      { id: 'R/value', min: -100000, max: 2.5, step: 0.001, parent: 'R' },
    ])
    expect(result.ok && result.notes.filter(note => note.code === 'assumed-range').map(note => note.path)).toEqual(['8:9'])
  })
})

describe('features', () => {
  it('become options of groups that keep their parents, the root and what is mandatory in one group of its own', () => {
    const model = modelOf(
      'features\n  Car\n    mandatory\n      Engine\n        alternative\n          Gas\n          Diesel\n    optional\n      Radio\n        or\n          FM\n          DAB\n      Spare cardinality [0..4]\n',
    )
    expect(model.groups).toMatchObject([
      { kind: 'choose-one', name: { en: 'Engine' }, options: [{ id: 'Gas' }, { id: 'Diesel' }] },
      { kind: 'choose-some', min: 0, options: [{ id: 'Radio' }, { id: 'Spare', quantity: { min: 1, max: 4 } }] },
      { kind: 'choose-some', min: 1, parent: 'Radio', options: [{ id: 'FM' }, { id: 'DAB' }] },
      { kind: 'choose-some', min: 2, max: 2, options: [{ id: 'Car', visibility: 'hidden' }, { id: 'Engine' }] },
    ])
    expect(model.untranslated).toBe(true)
    expect(model.prices).toBeUndefined()
  })

  it('carry attributes: Price is the price in minor units, other numbers attributes, nested values under their name', () => {
    const text =
      'features\n\tA {abstract, Price 0.7}\n\t\toptional\n\t\t\tB {price {value 1.995}, Mass 2.50, tags [\'x\', 2, {a 1}], note "free"}\nconstraints\n\tsum(Mass) < 3\n'
    expect(modelOf(text)).toMatchObject({
      currency: 'CNY',
      attributes: [{ id: 'Mass', decimals: 1 }],
      prices: [{ kind: 'options', amounts: { A: 70, B: 200 } }],
    })
    const yen = importUvl(text, { currency: 'JPY' })
    expect(yen.ok && yen.model.prices).toMatchObject([{ amounts: { A: 1, B: 2 } }])
  })

  it('may bring constraints in their attributes', () => {
    const model = modelOf(
      'features\n\tA\n\t\toptional\n\t\t\tB {constraint B => C}\n\t\t\tC {constraints [C => D, !D]}\n\t\t\tD\n',
    )
    expect(model.constraints.map(c => c.kind === 'formula' && c.formula)).toEqual(['(B => C)', '(C => D)', '!D'])
    expect(model.constraints.map(c => c.id)).toEqual(['line-4', 'line-5', 'line-5-2'])
  })

  it('keep their names as ids, those of object properties excepted', () => {
    const model = modelOf(
      'features\n\tA\n\t\toptional\n\t\t\t"__proto__"\n\t\t\t"true"\n\t\t\t车\nconstraints\n\t"__proto__" => "true"\n\t车\n',
    )
    expect(model.groups[0]).toMatchObject({ options: [{ id: '__proto___' }, { id: 'true' }, { id: '车' }] })
    expect(model.constraints).toMatchObject([{ formula: '(__proto___ => "true")' }, { formula: '车' }])
  })

  it('are read with tabs and spaces mixed, comments and blank lines', () => {
    const model = modelOf(
      '// a\nnamespace N\n\ninclude\n  Boolean.group-cardinality\nfeatures // b\n\tA {x 1,\n   y 2} // c\n\n        \toptional /* d\n */\n\t\t\tB\n\n\t\t\tC\n',
    )
    expect(model.groups[1]).toMatchObject({ options: [{ id: 'B' }, { id: 'C' }] })
  })
})

describe('a file that is not right', () => {
  it.each([
    ['features\n\tA\n\t\tmandatory\n', 'empty-group', '3:3', 'mandatory'],
    ['features\n\tA\n\t\toptional\n\t\t\tB\n\t\t C\n', 'bad-indentation', '5:4', 'C'],
    ['features\n\tA\n\t\toptional\n\t\t\tB\n\t\t\tB\n', 'duplicate-id', '5:4', 'B'],
    [`${features}\tB => X\n`, 'unknown-reference', '11:7', 'X'],
    [`${features}\tB.Price > 1\n`, 'unknown-reference', '11:2', 'B.Price'],
    [`${features}\tB => "C\n`, 'unclosed-quote', '11:7', '"C'],
    [`${features}\t(B => C\n`, 'unclosed-bracket', '11:2', '('],
    [`${features}\tB =>\n`, 'syntax', '11:6', ''],
    [`${features}\tN\n\t\t> 3\n`, 'syntax', '12:3', ''],
    [`${features}\tN => 3\n`, 'type-mismatch', '11:7', '3'],
    [`${features}\tmedian(N) > 3\n`, 'unknown-function', '11:2', 'median'],
    ['features\n\tA {Price 1\n', 'unclosed-bracket', '2:4', '{'],
    ['features\n\tA\n\t\t[3..2]\n\t\t\tB\n', 'out-of-range', '3:3', '[3..2]'],
    ['features\n\tA\n\t\t[2..3]\n\t\t\tB\n', 'out-of-range', '3:3', '[2..3]'],
    ['features\n\tA\n\tB\n', 'several-roots', '3:2', 'B'],
    ['features\n\tA /* open', 'unclosed-comment', '2:4', '/*'],
    ['features\n\t4x4\n', 'syntax', '2:2', '4x4'],
    ['', 'no-features', '1:1', ''],
    ['hello', 'syntax', '1:1', 'hello'],
    ['imports\n\tother as o\nfeatures\n\tA\n\t\toptional\n\t\t\to.B\n', 'unsupported-import', '6:4', 'o.B'],
    [`features\n\tA\nconstraints\n\t${'('.repeat(10_000)}A${')'.repeat(10_000)}\n`, 'too-deep', '4:50', '('],
    [`features\n${deep(300)}`, 'too-deep', '404:404', 'F201'],
  ])('is refused with place, value and remedy: %j', (text, code, path, value) => {
    const error = firstError(text)
    expect(error).toMatchObject({ code, path, value })
    for (const said of [error.message, error.remedy]) expect(said['zh-CN'].length * said.en.length).toBeGreaterThan(0)
  })

  const whole = `namespace "N x"\nimports\n\ta.b as c\nfeatures\n\tA {p 'x', q [1, 'y'], Price -1.5}\n\t\t[1..2]\n\t\t\tInteger "B b" cardinality [1..*] // x\n\t\t\tC {constraint C => A}\n\t\tmandatory\n\t\t\tD\nconstraints\n\t/* c */ "B b" > 2 <=> C & !D | sum(Price) / 2 != C.Price\n\tlen('x') < 4`

  it('never throws, wherever it is cut off', () => {
    for (let end = 0; end <= whole.length; end++) expectResult(importUvl(whole.slice(0, end)))
  })

  it('never throws, however it is changed', () => {
    const pieces = [
      '\n',
      '\t',
      ' ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '!',
      '=>',
      '&',
      ',',
      '.',
      '..',
      '*',
      '/*',
      '0',
      'A',
      'or',
      'constraints',
      '\u0000',
      '😀',
      '-',
    ]
    let seed = 11
    const next = (n: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      return (seed >>> 8) % n
    }
    for (let i = 0; i < 3000; i++) {
      let text = whole
      for (let k = 1 + next(3); k > 0; k--) {
        const at = next(text.length)
        text = text.slice(0, at) + (next(3) ? pieces[next(pieces.length)] : '') + text.slice(at + next(4))
      }
      expectResult(importUvl(text))
    }
  })

  it.skipIf(!publicData)('never throws on any beginning of a public file', { timeout: 60_000 }, () => {
    for (const path of [...listPublic('uvl-numeric'), 'uvl/printer.uvl', 'uvl/featureide-server.uvl']) {
      const text = readPublic(path)
      const stride = Math.max(1, Math.floor(text.length / 400))
      for (let end = 0; end <= text.length; end += stride) expectResult(importUvl(text.slice(0, end)))
    }
  })
})

describe('public models', () => {
  for (const path of [...listPublic('uvl-numeric'), ...listPublic('uvl')]) {
    it(`${path} is imported, and valid as a model`, () => {
      const model = modelOf(readPublic(path))
      expect(validate(model).errors).toEqual([])
    })
  }

  it.skipIf(!publicData)('lose nothing but texts, averages, roundings and instances with choices of their own', () => {
    const result = importUvl(readPublic('uvl-numeric/Sundermann2024_Pizza.uvl'))
    expect(result.ok && result.notes.map(note => `${note.path} ${note.value}`)).toEqual([
      '30:2 comparing texts',
      '31:2 len()',
      '24:13 Street, City',
      '22:4 DeliveryAddress [1..10]',
    ])
  })
})

function expectResult(result: ImportResult): void {
  if (result.ok) return
  expect(result.errors.length).toBeGreaterThan(0)
  for (const error of result.errors) expect(error.path).toMatch(/^\d+:\d+$/)
}

function deep(levels: number): string {
  let text = ''
  for (let i = 0; i < levels; i++) text += `${'\t'.repeat(2 * i + 1)}F${i}\n${'\t'.repeat(2 * i + 2)}or\n`
  return text
}
