import { describe, expect, it } from 'vitest'
import { allSelections } from '../../../test/oracle.ts'
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
    ['avg(Price) < 4', '(sum(Price) / (N) < 4)'],
    ['avg(N, R) < 4', '(("N/value" + "R/value") / count(N, R) < 4)'],
    ['avg(Price, B) < 4', '((0 / 0) < 4)'],
    ['max(Price) < 4', '(max(Price) < 4)'],
    ['min(Price, B) < 4', '(0 < 4)'],
    ['floor(R) >= 2', '("R/value" >= 2)'],
    ['2 < floor(R)', '!("R/value" < 3)'],
    ['ceil(R) == -1.5', 'false'],
    ['ceil(R) != N', '!(("R/value" > "N/value" - 1) & ("R/value" <= "N/value"))'],
    ["S == 'x'", '"S=\'x\'"'],
    ["'x' != S", '!"S=\'x\'"'],
    ["S == ''", '(!S | "S=\'\'")'],
    ['len(S) > 3', '(("S/length") > 3)'],
    ["len(S) > 3 & S != 'abc'", '(((3 * "S=\'abc\'" + "S/length") > 3) & !"S=\'abc\'")'],
  ])('%s becomes the formula %s', (written, expected) => {
    expect(formula(written)).toBe(expected)
  })

  it.each([
    ["S < 'x' & B", 'B'],
    ["B => S >= 'x' & C", '(B => C)'],
    ["!(S > 'x') & B", 'B'],
    ['avg(N, 2) > 3 | B', undefined],
    ['(floor(R) > N / 2 & B) <=> C', '(C => B)'],
    ['floor(R) == ceil(R)', undefined],
    ['max(N, R) > 3', undefined],
  ])('what cannot be expressed forbids nothing, the rest still constrains: %s', (written, expected) => {
    expect(formula(written)).toBe(expected)
    const result = importUvl(`${features}\t${written}`)
    expect(result.ok && result.notes.some(note => note.code === 'not-expressed' && note.path.startsWith('11:'))).toBe(true)
  })

  it('that state the range of a feature that is chosen are its range, and no constraint besides', () => {
    const model = modelOf(`${features}\tN => N >= 5 & N <= 60\n\tR => R >= 1\n\tR => R <= 4 & B\n`)
    expect(model.groups.filter(group => group.kind === 'number')).toMatchObject([
      { id: 'N/value', min: 5, max: 60 },
      { id: 'R/value', min: 1, max: 4 },
    ])
    expect(model.constraints).toMatchObject([{ formula: '(R => (("R/value" <= 4) & B))' }])
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

describe('texts', () => {
  const text = `features
\tA
\t\toptional
\t\t\tString Colour {default 'blue'}
\t\t\tString Lid
\t\t\tString Note
constraints
\tColour == 'red' | Colour == Colour.default
\tLid == Colour
\tlen(Note) < 20
`

  it('become a choice of those that constraints name, the same for all that are compared with one another, and of another', () => {
    const { groups, constraints } = modelOf(text)
    const options = (name: string) => [`${name}='red'`, `${name}='blue'`, `${name}/other`].map(id => ({ id }))
    expect(groups.filter(({ parent }) => parent !== undefined)).toMatchObject([
      { id: 'Colour/text', kind: 'choose-one', parent: 'Colour', options: options('Colour') },
      { id: 'Lid/text', kind: 'choose-one', parent: 'Lid', options: options('Lid') },
      { id: 'Note/length', kind: 'number', parent: 'Note', min: 0, max: 1000 },
    ])
    expect(constraints[0]).toMatchObject({
      formula: `("Colour='red'" | (("Colour='blue'" & Colour) | (!Colour & !Colour)))`,
    })
  })

  it('that nobody names may be equal or not; that is noted', () => {
    const result = importUvl(text)
    expect(result.ok && result.notes.map(note => `${note.path} ${note.value}`)).toEqual([
      '9:2 comparing two texts that no constraint lists',
      '4:11 Colour, Lid, Note',
      '2:2 default',
      '6:11 Note',
    ])
  })
})

describe('several instances', () => {
  const shelf = (cardinality: string, rest = '') =>
    `features\n\tShelf\n\t\tmandatory\n\t\t\tBay cardinality ${cardinality}\n\t\t\t\talternative\n\t\t\t\t\tDoor {Price 2}\n\t\t\t\t\tDrawer {Price 3}\n${rest}`
  const selections = (text: string) => {
    const { rulebook } = validate(modelOf(text))
    return allSelections(rulebook!)
  }

  it('with choices of their own are options below each other, each with a copy of what is below', () => {
    expect(selections(shelf('[1..3]'))).toHaveLength(2 + 4 + 8)
    expect(selections(shelf('[2..3]'))).toHaveLength(4 + 8)
    expect(selections(shelf('[0..2]'))).toHaveLength(1 + 2 + 4)
    expect(importUvl(shelf('[1..3]'))).toMatchObject({ notes: [] })
    expect(modelOf(shelf('[1..2]')).groups).toMatchObject([
      { kind: 'choose-one', options: [{ id: 'Door' }, { id: 'Drawer' }] },
      { kind: 'choose-some', min: 0, options: [{ id: 'Bay#2' }] },
      { kind: 'choose-one', parent: 'Bay#2', options: [{ id: 'Door#2' }, { id: 'Drawer#2' }] },
      { options: [{ id: 'Shelf' }, { id: 'Bay' }] },
    ])
  })

  it('count in sums of attributes', () => {
    const prices = selections(shelf('[1..3]', 'constraints\n\tsum(Price) == 7\n'))
    expect(prices).toHaveLength(3)
  })

  it.each([
    ['a constraint speaks of one', shelf('[1..3]', 'constraints\n\tDoor => Shelf\n'), 'not-expressed'],
    ['there is no limit', shelf('[1..*]'), 'not-expressed'],
    ['there are too many', shelf('[1..1000]'), 'not-expressed'],
  ])('are one where %s, and that is noted', (_, text, code) => {
    expect(importUvl(text)).toMatchObject({ notes: [{ code, path: '4:4' }] })
    expect(selections(text)).toHaveLength(2)
  })
})

describe('a file of several', () => {
  it('keeps the features it takes from others as they are, and what it asks of those it cannot see constrains nothing', () => {
    const result = importUvl(
      'imports\n\tsub.Motor as m\n\tLid\nfeatures\n\tA\n\t\toptional\n\t\t\tm.Motor\n\t\t\tLid.Lid\n\t\t\tC\nconstraints\n\tC => m.Motor\n\tC => m.Large & Lid.Lid\n',
    )
    if (!result.ok) throw new Error(JSON.stringify(result.errors))
    expect(result.model.groups[0]).toMatchObject({ options: [{ id: 'm.Motor' }, { id: 'Lid.Lid' }, { id: 'C' }] })
    expect(result.model.constraints).toMatchObject([{ formula: '(C => "m.Motor")' }, { formula: '(C => "Lid.Lid")' }])
    expect(result.notes.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'import-not-read 2:2',
      'import-not-read 3:2',
      'not-expressed 12:7',
    ])
  })

  it('names a language level that nobody knows', () => {
    const include = (levels: string) => importUvl(`include\n${levels}features\n\tA\n`)
    expect(include('\tBoolean.*\n\tArithmetic.aggregate-function\n\tType\n\tSMT-level\n')).toMatchObject({ notes: [] })
    expect(include('\tBoolean\n\t\tQuantum.leap\n')).toMatchObject({
      notes: [{ code: 'unknown-level', path: '3:3', value: 'Quantum.leap' }],
    })
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
    ['imports\n\tother as o\nfeatures\n\tA\n\t\toptional\n\t\t\tp.B\n', 'unsupported-import', '6:4', 'p.B'],
    ['imports\n\tother as o\nfeatures\n\tA\nconstraints\n\tA => p.B\n', 'unknown-reference', '6:7', 'p.B'],
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

  it.skipIf(!publicData)(
    'lose nothing but free texts, attributes that are no numbers, and instances with choices of their own',
    () => {
      const result = importUvl(readPublic('uvl-numeric/Sundermann2024_Pizza.uvl'))
      expect(result.ok && result.notes.map(note => `${note.path} ${note.value}`)).toEqual([
        '24:13 Street, City',
        '2:2 City',
        '22:4 DeliveryAddress [1..10]',
        '24:13 Street',
      ])
    },
  )
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
