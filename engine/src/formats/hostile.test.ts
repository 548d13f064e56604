import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listPublic, publicData, readPublic, tellWithout } from '../../test/public-data.ts'
import { randomModel } from '../../test/random-model.ts'
import { runs } from '../../test/seed.ts'
import { optionsOf } from '../model-index.ts'
import { validate } from '../validate.ts'
import { type ExportFormat, exportModel, type ImportResult, importModel } from './index.ts'

tellWithout('Damaged public files')

/** Read without a throw; what is wrong is said with its place and a remedy, and what was read can be checked. */
function survives(fileName: string, text: string): ImportResult {
  const result = importModel(fileName, text)
  if (result.ok) validate(result.model)
  else expect(result.errors.length).toBeGreaterThan(0)
  for (const { path, message, remedy } of result.ok ? result.notes : result.errors) {
    expect(path).toMatch(/^(\d+:\d+|\/.*)$/)
    for (const said of [message, remedy]) expect(Math.min(said.en.length, said['zh-CN'].length)).toBeGreaterThan(0)
  }
  return result
}

const samples: [fileName: string, text: string][] = [
  [
    'a.uvl',
    'namespace "N x"\ninclude\n\tArithmetic.*\nimports\n\ta.b as c\nfeatures\n\tA {p \'x\', q [1, \'y\'], Price -1.5, fettle {step 5, one 1}}\n\t\t[1..2]\n\t\t\tInteger "B b" cardinality [1..*] // x\n\t\t\tC {constraint C => A}\n\t\t\tc.D\n\t\tmandatory\n\t\t\tReal R {constraint R => R >= 1 & R <= 9.5}\n\t\t\tString S\nconstraints\n\t/* c */ "B b" > 2 <=> C & !R | sum(Price) / 2 != A.Price\n\tlen(S) < 4 & S == \'abc\'\n\tavg(Price, A) > floor(R) | max(Price) == -(1)',
  ],
  [
    'a.xml',
    '<?xml version="1.0"?>\n<extendedFeatureModel><struct><and name="A &amp; B"><attribute name="Price" type="double" unit="€" value="1.5"/><alt name="C"><feature name="D"/><feature name="E"/></alt></and></struct><constraints><rule><imp><var>D</var><not><var><![CDATA[C]]></var></not></imp></rule><rule><atmost1><var>D</var><conj><var>C</var><var>E</var></conj></atmost1></rule></constraints><!-- x --></extendedFeatureModel>',
  ],
  ['a.cnf', 'c 1 root\nc 2$ b c\np cnf 3 3\n1 0\n-1 2 -3 0\n2\n3 0\n'],
  ['a.json', JSON.stringify(fc.sample(randomModel(), { seed: 7, numRuns: 1 })[0], null, 1)],
]

const pieces =
  '\n|\t| |"|\'|{|}|[|]|(|)|!|=>|<=>|&|,|.|..|*|/*|*/|//|0|-1|9e999|A|or|features|constraints|<|>|</|/>|<!|<![CDATA[|]]>|&amp;|&#0;|p cnf 9 9|c 1 x|null|__proto__|\u0000|\ud800|😀|\u2028'.split(
    '|',
  )

describe('a file of any format', () => {
  for (const [fileName, text] of samples) {
    it(`${fileName} is read as it is`, () => {
      expect(survives(fileName, text)).toMatchObject({ ok: true })
    })

    it(`${fileName} is refused with a place and a remedy, or read, wherever it ends`, { timeout: 60_000 }, () => {
      const stride = Math.max(1, Math.floor(text.length / 700))
      for (let end = 0; end < text.length; end += stride) survives(fileName, text.slice(0, end))
    })

    it(`${fileName} is refused with a place and a remedy, or read, however it is changed`, { timeout: 60_000 }, () => {
      const change = fc.record({ at: fc.nat(text.length), gone: fc.nat(6), piece: fc.constantFrom('', ...pieces) })
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), changes => {
          const changed = changes.reduce((now, { at, gone, piece }) => now.slice(0, at) + piece + now.slice(at + gone), text)
          survives(fileName, changed)
        }),
        runs(1500),
      )
    })
  }

  it('may be anything at all', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('a.uvl', 'a.xml', 'a.cnf', 'a.json', 'a'),
        fc.string({ unit: 'binary-ascii', maxLength: 60 }),
        (fileName, text) => {
          survives(fileName, text)
        },
      ),
      runs(200),
    )
  })

  it.skipIf(!publicData)('from outside is read or refused, wherever it ends', { timeout: 120_000 }, () => {
    for (const path of [...listPublic('uvl-numeric'), ...listPublic('xml-attributes'), 'dimacs/berkeleydb.dimacs']) {
      const text = readPublic(path)
      const stride = Math.max(1, Math.floor(text.length / 60))
      for (let end = 0; end <= text.length; end += stride) survives(path, text.slice(0, end))
    }
  })
})

const repeat = (text: string, times: number) => text.repeat(times)
const uvl = (constraints: string, features = '\t\toptional\n\t\t\tB {flag true}\n\t\t\tN\n') =>
  `features\n\tA\n${features}constraints\n${constraints}\n`
const rules = (inside: string) =>
  `<featureModel><struct><and name="A"><feature name="B"/></and></struct><constraints><rule>${inside}</rule></constraints></featureModel>`
const many = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i)).join('')

describe('a file made to hurt', () => {
  it.each([
    ['brackets in a constraint', 'a.uvl', uvl(`\t${repeat('(', 100_000)}A${repeat(')', 100_000)}`), 'too-long|too-deep'],
    ['negations', 'a.uvl', uvl(`\t${repeat('!', 90_000)}A`), 'too-deep'],
    ['braces of attributes', 'a.uvl', `features\n\tA ${repeat('{a ', 100_000)}${repeat('}', 100_000)}`, 'too-deep'],
    ['lists of attributes', 'a.uvl', `features\n\tA {a ${repeat('[', 100_000)}${repeat(']', 100_000)}}`, 'too-deep'],
    ['brackets that stay open', 'a.uvl', `features\n\tA ${repeat('[{(', 100_000)}`, 'unclosed-bracket'],
    ['indentation', 'a.uvl', `features\n${many(2000, i => `${repeat('\t', i + 1)}${i % 2 ? 'or' : `F${i}`}\n`)}`, 'too-deep'],
    ['indentation of language levels', 'a.uvl', `include\n${many(3000, i => `${repeat('\t', i + 1)}Type\n`)}features\n\tA`, 'ok'],
    ['features', 'a.uvl', `features\n\tA\n\t\tor\n${many(60_000, i => `\t\t\tF${i}\n`)}`, 'too-many'],
    ['constraints', 'a.uvl', uvl(many(200_001, () => '\tA\n')), 'too-many'],
    ['a cardinality', 'a.uvl', 'features\n\tA cardinality [1..99999999999999999999]\n', 'syntax'],
    ['a group cardinality', 'a.uvl', 'features\n\tA\n\t\t[0..99999999]\n\t\t\tB\n', 'syntax'],
    ['a number', 'a.uvl', uvl(`\tN > 1e${repeat('9', 1000)}`), 'out-of-range'],
    [
      'a number as the bound of a range',
      'a.uvl',
      uvl('\tN => N >= 1e300 & N <= 1e999', '\t\toptional\n\t\t\tInteger N\n'),
      'out-of-range',
    ],
    ['digits', 'a.uvl', uvl(`\tN > ${repeat('9', 90_000)}`), 'out-of-range'],
    ['a name', 'a.uvl', `features\n\t"${repeat('x', 1_000_000)}"\n`, 'ok'],
    ['points in a name', 'a.uvl', uvl(`\tA${repeat('.a', 40_000)} > 1`), 'too-long'],
    ['quotes in a line', 'a.uvl', `features\n\tA {a [${repeat("'a',", 400_000)}'a']}\n`, 'ok'],
    ['truths compared with truths', 'a.uvl', uvl(`\t${repeat('(', 40)}B.flag${repeat(' == true)', 40)}`), 'ok'],
    ['equivalences of what cannot be expressed', 'a.uvl', uvl(`\t${repeat("(A <=> 'x' < 'y' & ", 24)}B${repeat(')', 24)}`), 'ok'],
    [
      'short sums that stand for long ones',
      'a.uvl',
      `features\n\tA\n\t\toptional\n\t\t\tP\n\t\t\t\tor\n${many(9000, i => `\t\t\t\t\tF${i} {c 1}\n`)}\t\t\tQ {c 1}\nconstraints\n${many(5000, () => '\tsum(c, P) > 1\n')}`,
      'too-long',
    ],
    [
      'texts compared with texts',
      'a.uvl',
      `features\n\tA\n\t\toptional\n\t\t\tString S\n\t\t\tString T\nconstraints\n${many(4000, i => `\tS == 'text ${i}'\n`)}${many(4000, () => '\tS == T\n')}`,
      'too-long',
    ],
    ['elements in elements', 'a.xml', `${repeat('<a>', 100_000)}${repeat('</a>', 100_000)}`, 'too-deep'],
    ['features in features', 'a.xml', `<featureModel><struct>${repeat('<and name="A">', 400)}`, 'unclosed-element'],
    ['terms in terms', 'a.xml', rules(`${repeat('<not>', 300)}<var>A</var>${repeat('</not>', 300)}`), 'too-deep'],
    ['terms in a term', 'a.xml', rules(`<conj><conj>${repeat('<var>A</var>', 300_000)}</conj></conj>`), 'too-long'],
    [
      'terms of which one may hold',
      'a.xml',
      rules(`<atmost1>${repeat(`<conj>${repeat('<var>B</var>', 900)}</conj>`, 90)}</atmost1>`),
      'too-long',
    ],
    [
      'entities that stand for entities',
      'a.xml',
      `<!DOCTYPE a [<!ENTITY a "ha">${many(40, i => `<!ENTITY a${i} "&a;&a;&a;">`)}]><featureModel>&a39;</featureModel>`,
      'doctype',
    ],
    ['an entity', 'a.xml', `<featureModel name="&${repeat('a', 1_000_000)};"/>`, 'syntax'],
    ['a comment that stays open', 'a.xml', `<featureModel>${repeat('<!-- ', 100_000)}`, 'syntax'],
    ['attributes', 'a.xml', `<featureModel ${many(100_000, i => `a${i}="" `)}/>`, 'no-features'],
    ['variables', 'a.cnf', 'p cnf 99999999 0\n', 'too-many'],
    ['clauses that are promised', 'a.cnf', 'p cnf 1 999999999\n', 'too-many'],
    ['clauses', 'a.cnf', `p cnf 1 200000\n${repeat('1 0\n', 200_001)}`, 'too-many'],
    ['literals', 'a.cnf', `p cnf 1 1\n${repeat('1 ', 1_000_000)}0\n`, 'ok'],
    [
      'long names in every clause',
      'a.cnf',
      `c 1 ${repeat('x', 100_000)}\np cnf 1 100000\n${repeat('1 -1 1 -1 1 -1 1 0\n', 100_000)}`,
      'ok',
    ],
    ['brackets', 'a.json', repeat('[', 100_000), 'syntax'],
    [
      'brackets that close',
      'a.json',
      `{"format":"fettle-model/1","groups":${repeat('[', 100_000)}${repeat(']', 100_000)}}`,
      'ok|syntax',
    ],
    ['size', 'a.uvl', repeat('\n', 17 * 1024 * 1024), 'too-many'],
  ])('by its %s ends in a clear error or a model', { timeout: 60_000 }, (_, fileName, text, codes) => {
    const result = survives(fileName, text)
    expect(codes.split('|')).toContain(result.ok ? 'ok' : result.errors[0]!.code)
  })
})

describe('a model to be written', () => {
  const formats: ExportFormat[] = ['uvl', 'featureide', 'dimacs', 'coom']

  it.each(formats)('as %s may have any ids, and they are kept but for what the format has no sign for', format => {
    const id = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter(text => !/\p{Cc}|\p{Cs}/u.test(text) && text.trim() === text)
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(id, fc.constantFrom(...pieces.filter(piece => !/\p{Cc}|\p{Cs}|^\s*$/u.test(piece)))), {
          minLength: 2,
          maxLength: 6,
        }),
        ids => {
          const label = { 'zh-CN': 'x // */ \n', en: '<!-- " -->' }
          const model = {
            format: 'fettle-model/1' as const,
            id: ids[0]!,
            version: '1',
            name: label,
            currency: 'CNY',
            attributes: [],
            groups: [
              {
                id: 'all',
                name: label,
                kind: 'choose-some' as const,
                min: 1,
                max: 1,
                options: ids.map(id => ({ id, name: label })),
              },
            ],
            constraints: [],
          }
          const file = exportModel(model, format)
          if (!file.ok) return
          const again = importModel({ uvl: 'a.uvl', featureide: 'a.xml', dimacs: 'a.cnf', coom: 'a.coom' }[format], file.text)
          if (!again.ok) expect.fail(`${JSON.stringify(again.errors[0])}\n${file.text}`)
          const read = again.model.groups.flatMap(group => optionsOf(group).map(({ id }) => id))
          for (const id of ids) if (format !== 'uvl' || !id.includes('"')) expect(read).toContain(id)
        },
      ),
      runs(300),
    )
  })

  it.each(formats)('as %s is refused or written, however deep and large it is', { timeout: 60_000 }, format => {
    const name = { 'zh-CN': 'x', en: 'x' }
    const base = { format: 'fettle-model/1' as const, id: 'm', version: '1', name, currency: 'CNY', attributes: [] }
    const deep = many(1, () => '') + repeat('!', 150)
    const groups = Array.from({ length: 1000 }, (_, i) => ({
      id: `g${i}`,
      name,
      kind: 'yes-no' as const,
      option: { id: `o${i}`, name },
      ...(i > 0 && { parent: `o${i - 1}` }),
    }))
    const chain = exportModel({ ...base, groups, constraints: [] }, format)
    expect(chain.ok || chain.errors[0]!.code).toBe(format === 'dimacs' || format === 'coom' ? true : 'too-deep')
    const options = Array.from({ length: 3000 }, (_, i) => ({ id: `o${i}`, name }))
    const wide = exportModel(
      {
        ...base,
        groups: [{ id: 'g', name, kind: 'choose-some', min: 1000, max: 2000, options }],
        constraints: [
          { id: 'nested', kind: 'formula', formula: `${deep}o1` },
          { id: 'counted', kind: 'formula', formula: `count(g) * count(g) <= 500 => o7` },
          { id: 'twice', kind: 'formula', formula: `${many(20, i => `o${i} <=> (`)}o20${repeat(')', 20)}` },
        ],
      },
      format,
    )
    expect(wide.ok).toBe(true)
  })
})
