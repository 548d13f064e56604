import { describe, expect, it } from 'vitest'
import { handmade, number, one, option, some } from '../../test/handmade.ts'
import { readAgain, written } from '../../test/written.ts'
import type { ModelError } from '../api.ts'
import type { Option } from '../model.ts'
import { optionsOf } from '../model-index.ts'
import { exportModel } from './index.ts'

/** Notes in a line each. */
function said(notes: ModelError[]): string[] {
  return notes.map(({ path, value, message }) => `${path}${value && ` ${value}`}: ${message.en.replace('Not in the file: ', '')}`)
}

describe('a model written', () => {
  const model = (id: string, more: Partial<Option> = {}): Option => ({ id, name: { 'zh-CN': `${id} 型`, en: id }, ...more })
  const mill = handmade(
    [
      {
        id: 'spindle',
        name: { 'zh-CN': '主轴', en: 'Spindle' },
        kind: 'choose-one',
        options: [model('12k', { attributes: { mass: 80.5 } }), model('BT 50', { attributes: { mass: 120 } }), model('or')],
      },
      {
        id: 'tools',
        name: { 'zh-CN': '刀库', en: 'Tools' },
        kind: 'choose-some',
        max: 2,
        options: [model('t16'), model('t24'), model('arm')],
      },
      {
        id: 'cover',
        name: { 'zh-CN': '护罩', en: 'Cover' },
        kind: 'yes-no',
        option: model('"full" cover', { quantity: { min: 1, max: 3 } }),
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

  it('as UVL has another name for each of two ids that differ in their quotation marks, and for the root', () => {
    const { text } = written(handmade([one('a', ["'", '"', "'-2"])], [], { id: "'" }), 'uvl')
    const ids = readAgain(text, 'uvl').groups.flatMap(group => optionsOf(group).map(({ id }) => id))
    expect(ids).toEqual(expect.arrayContaining(["'", "'-2"]))
    expect(new Set(ids).size).toBeGreaterThan(2)
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
	require count(t16) + count(t24) + count(arm) <= 2
	require !(count(arm) > 0) || travel >= 200 && travel <= 800
	require count(arm) > 0 || travel = 0
	require !(spindle = "12k") || !(count(t24) > 0)
	require !(count(arm) > 0) || spindle = "BT 50" || travel >= 400 && spindle.mass <= 100
	require count(t16) + count(t24) + count(arm) = count(root."\\"full\\" cover")
	require !(spindle = "BT 50") || count(t16) > 0
}
`)
    expect(said(notes)).toContain('/groups travel: the step of numbers')
  })

  it('as COOM has its defaults, objectives and messages, in statements that are read again', () => {
    const wished = handmade(
      [
        one('spindle', ['s12', 's18']),
        { ...some('tools', ['t16', option('t24', { attributes: { mass: 9 } })]) },
        number('travel', 0, 8),
      ],
      ['s18 => travel > 3', 't16 | t24'],
      {
        attributes: [{ id: 'mass', name: { 'zh-CN': '质量', en: 'Mass' } }],
        defaults: [
          { option: 's12', chosen: true },
          { option: 't24', chosen: true },
          { when: 't16 & travel < 5', number: 'travel', value: 6 },
          { when: 'max(mass) > 2', option: 's18', chosen: true },
          { when: '6 / travel > 2', option: 's12', chosen: true },
        ],
        objectives: [
          { goal: 'least', of: 'travel + 2 * s18 + sum(mass)' },
          { goal: 'greatest', of: 'max(mass)' },
          { goal: 'greatest', of: 'travel - 3' },
        ],
      },
    )
    wished.constraints[1]!.message = { 'zh-CN': ' ', en: ' ' }
    wished.constraints[0]!.message = { 'zh-CN': '重主轴\n要行程', en: 'A "heavy" spindle needs travel' }
    const { text, notes } = written(wished, 'coom')
    expect(text.slice(text.indexOf('behavior'))).toBe(`behavior {
	explanation "重主轴 要行程 / A \\"heavy\\" spindle needs travel"
	require !(spindle = "s18") || travel > 3
	require count(t16) > 0 || count(t24) > 0
	default spindle = "s12"
	condition count(t16) > 0 && travel < 5
	default travel = 6
	condition count(t24) > 0
	default spindle = "s18"
	minimize/3 travel + 2 * spindle.weight + (9 * count(t24))
	maximize/1 travel - 3
}
`)
    expect(said(notes)).toEqual([
      '/attributes mass: attributes of options outside enumerations; rules have their values',
      '/defaults t24, s12: defaults of neither enumerations nor numbers, or under other conditions',
      '/objectives max(mass): an objective of arithmetic that COOM has not',
    ])
    const { constraints, defaults, objectives } = readAgain(text, 'coom')
    expect(constraints.map(({ message }) => message?.en)).toEqual(['重主轴 要行程 / A "heavy" spindle needs travel', undefined])
    expect(defaults).toEqual([
      { option: 'spindle = s12', chosen: true },
      { when: expect.stringContaining('travel < 5'), number: 'travel', value: 6 },
      { when: '(t24 > 0)', option: 'spindle = s18', chosen: true },
    ])
    expect(objectives).toEqual([
      { goal: 'least', of: expect.stringContaining('travel') },
      { goal: 'greatest', of: '(travel - 3)' },
    ])
  })

  it('is refused where it is none', () => {
    expect(exportModel({ ...mill, groups: [] }, 'uvl')).toMatchObject({ ok: false })
  })
})
