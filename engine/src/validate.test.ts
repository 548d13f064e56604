import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomModel } from '../test/random-model.ts'
import type { LocalizedText, Model } from './model.ts'
import { validate } from './validate.ts'

const label = (name: string): LocalizedText => ({ 'zh-CN': name, en: name })

function lathe(change: (model: Model) => void = () => {}): Model {
  const model: Model = {
    format: 'fettle-model/1',
    id: 'lathe',
    version: '1',
    name: label('Lathe'),
    currency: 'CNY',
    attributes: [
      { id: 'power', name: label('Power'), unit: 'W', decimals: 0 },
      { id: 'output', name: label('Output'), unit: 'kW', decimals: 3 },
    ],
    interfaces: [{ id: 'slot', name: label('Slot') }],
    groups: [
      {
        id: 'spindle',
        name: label('Spindle'),
        kind: 'choose-one',
        options: [
          { id: 'bt40', name: label('BT40'), attributes: { power: 7500 } },
          { id: 'bt50', name: label('BT50'), attributes: { power: 15_000 }, takes: { slot: 1 } },
        ],
      },
      { id: 'travel', name: label('Travel'), kind: 'number', min: 500, max: 1000, step: 100, unit: 'mm' },
      { id: 'cooled', name: label('Cooling'), kind: 'yes-no', option: { id: 'cooling', name: label('Cooling') } },
      {
        id: 'pump',
        name: label('Pump'),
        kind: 'choose-one',
        parent: 'cooling',
        options: [{ id: 'small_pump', name: label('Small') }],
      },
    ],
    constraints: [{ id: 'long', kind: 'requires', if: 'bt50', then: 'travel >= 700' }],
    prices: [{ id: 'base', kind: 'base', amount: 10_000 }],
  }
  change(model)
  return model
}

/** Breaks a valid model at one place and says what the validator says. */
function complaint(change: (model: Model) => void) {
  const { errors } = validate(lathe(change))
  expect(errors[0]).toBeDefined()
  const { code, path, message, remedy } = errors[0]!
  for (const text of [message, remedy]) {
    expect(text.en).not.toBe('')
    expect(text['zh-CN']).toMatch(/[一-鿿]/)
    expect(text['zh-CN']).not.toMatch(/[一-鿿][,;:?!.]/)
    expect(text.en).not.toMatch(/[一-鿿，。]/)
  }
  return `${code} ${path}: ${message.en} ${remedy.en}`
}

test('a valid model has no errors and comes back with its rules read', () => {
  const { model, rulebook, errors } = validate(lathe())
  expect(errors).toEqual([])
  expect(model).toEqual(lathe())
  expect(rulebook?.rules.constraints).toHaveLength(1)
})

describe('what is wrong is named with its place and a remedy', () => {
  test.each<[string, (model: Model) => void, string]>([
    [
      'a missing field',
      m => delete (m as Partial<Model>).currency,
      'missing-field : The field "currency" is missing. Add the field "currency".',
    ],
    [
      'a misspelled field',
      m => Object.assign(m, { groop: 1 }),
      'unknown-field /groop: The field "groop" is not allowed here. Did you mean "groups"? Otherwise remove it.',
    ],
    [
      'a wrong type',
      m => Object.assign(m.groups[0]!, { name: 'Spindle' }),
      'wrong-type /groups/0/name: Expected an object {…}, got "Spindle". Change it to an object {…}.',
    ],
    [
      'a wrong kind',
      m => Object.assign(m.groups[0]!, { kind: 'choose' }),
      'wrong-type /groups/0/kind: Expected "choose-one" or "choose-some" or "yes-no" or "number", got "choose".',
    ],
    [
      'an id used twice',
      m => Object.assign(m.groups[1]!, { id: 'bt40' }),
      'duplicate-id /groups/1/id: The id "bt40" is used twice; first at /groups/0/options/0.',
    ],
    [
      'an id that objects have from birth',
      m => Object.assign(m.groups[1]!, { id: 'constructor' }),
      'reserved-id /groups/1/id: "constructor" cannot be used as an id.',
    ],
    [
      'an unknown parent',
      m => Object.assign(m.groups[3]!, { parent: 'coolng' }),
      'unknown-reference /groups/3/parent: The model has no option named "coolng". Did you mean "cooling"?',
    ],
    [
      'a parent cycle',
      m => Object.assign(m.groups[2]!, { parent: 'small_pump' }),
      'cycle /groups/2/parent: The parents form a cycle: cooled → pump → cooled.',
    ],
    [
      'a section that is no root',
      m => Object.assign(m.groups[1]!, { section: 'pump' }),
      'unknown-reference /groups/1/section: The model has no root group named "pump".',
    ],
    [
      'too many decimals',
      m => Object.assign(m.groups[1]!, { min: 0.1234567 }),
      'too-many-decimals /groups/1/min: The value 0.1234567 has more than 6 digits after the point.',
    ],
    [
      'more decimals than the attribute has',
      m => Object.assign(m.groups[0]!, { options: [{ id: 'a', name: label('a'), attributes: { power: 0.5 } }] }),
      'too-many-decimals /groups/0/options/0/attributes/power',
    ],
    [
      'a number beyond the safe range',
      m => Object.assign(m.groups[1]!, { max: 1e300 }),
      'out-of-range /groups/1/max: The value 1e+300 is out of range.',
    ],
    [
      'a maximum below the minimum',
      m => Object.assign(m.groups[1]!, { max: 400 }),
      'out-of-range /groups/1/max: The value 400 is out of range. Use a value at least 500.',
    ],
    [
      'a default off the grid',
      m => {
        m.defaults = [{ number: 'travel', value: 650 }]
      },
      'off-grid /defaults/0/value: The value 650 is not on the grid of allowed values. Use 500 to 1000 in steps of 100.',
    ],
    [
      'a default for nothing',
      m => {
        m.defaults = [{ option: 'bt30', chosen: true }]
      },
      'unknown-reference /defaults/0/option: The model has no option named "bt30". Did you mean "bt40"?',
    ],
    [
      'an unknown name in a formula',
      m => m.constraints.push({ id: 'x', kind: 'formula', formula: 'bt40 => coolling' }),
      'unknown-reference /constraints/1/formula: The model has no option or group named "coolling". Did you mean "cooling"?',
    ],
    [
      'a formula cut off',
      m => m.constraints.push({ id: 'x', kind: 'formula', formula: 'bt40 =>' }),
      'syntax /constraints/1/formula: At character 8: Expected a name, a number or "(", but the formula ends here.',
    ],
    [
      'units that differ',
      m => m.constraints.push({ id: 'x', kind: 'formula', formula: 'sum(power) <= sum(output)' }),
      'unit-mismatch /constraints/1/formula: Units differ: W and kW. Use the same unit on both sides, or multiply one by 0.001[kW/W].',
    ],
    [
      'a formula of 100,000 parentheses',
      m => m.constraints.push({ id: 'x', kind: 'formula', formula: '('.repeat(99_999) }),
      'too-deep /constraints/1/formula: The formula is nested more than 200 levels deep.',
    ],
    [
      'a formula that is too long',
      m => m.constraints.push({ id: 'x', kind: 'formula', formula: 'a'.repeat(100_001) }),
      'too-long /constraints/1/formula: It has 100001 characters; the limit is 100000.',
    ],
    [
      'an empty table',
      m => m.constraints.push({ id: 'x', kind: 'table', columns: ['spindle'], rows: [] }),
      'empty /constraints/1/rows: The table must not be empty.',
    ],
    [
      'a table cell of another column',
      m => m.constraints.push({ id: 'x', kind: 'table', columns: ['spindle', 'travel'], rows: [['bt40', 'bt50']] }),
      'wrong-cell /constraints/1/rows/0/1: "bt50" cannot stand in the column "travel". Write a number or a range, or "*".',
    ],
    [
      'a table row that is too short',
      m => m.constraints.push({ id: 'x', kind: 'table', columns: ['spindle', 'travel'], rows: [['bt40']] }),
      'out-of-range /constraints/1/rows/0: The value 1 is out of range. Use a value from 2 to 2.',
    ],
    [
      'an exclusion of one',
      m => m.constraints.push({ id: 'x', kind: 'excludes', options: ['bt40'] }),
      'out-of-range /constraints/1/options',
    ],
    [
      'an unknown interface',
      m => m.constraints.push({ id: 'x', kind: 'capacity', interface: 'slots' }),
      'unknown-reference /constraints/1/interface: The model has no interface named "slots". Did you mean "slot"?',
    ],
    [
      'a price for an unknown option',
      m => m.prices!.push({ id: 'p', kind: 'options', amounts: { bt4: 100 } }),
      'unknown-reference /prices/1/amounts/bt4: The model has no option named "bt4". Did you mean "bt40"?',
    ],
    [
      'a price that is no integer',
      m => m.prices!.push({ id: 'p', kind: 'base', amount: 0.5 }),
      'wrong-type /prices/1/amount: Expected an integer, got 0.5.',
    ],
    [
      'tiers out of order',
      m =>
        m.prices!.push({
          id: 'p',
          kind: 'tier',
          of: 'travel',
          mode: 'each',
          tiers: [
            { upTo: 700, amount: 1 },
            { upTo: 600, amount: 2 },
          ],
        }),
      'not-ascending /prices/1/tiers/1',
    ],
    [
      'a surcharge on a later rule',
      m => m.prices!.unshift({ id: 'p', kind: 'surcharge', percent: 3, of: ['base'] }),
      'not-earlier /prices/0/of/0: A surcharge can only name price rules before it; "base" is not.',
    ],
    [
      'a bundle without a condition',
      m => m.prices!.push({ id: 'p', kind: 'bundle', amount: -5 } as never),
      'missing-field /prices/1: The field "when" is missing.',
    ],
    [
      'a specification field in another unit',
      m => {
        m.spec = [{ id: 's', name: label('s'), formula: 'sum(power)', unit: 'kW' }]
      },
      'unit-mismatch /spec/0/formula',
    ],
    [
      'a specification field with nothing to say',
      m => {
        m.spec = [{ id: 's', name: label('s') }]
      },
      'missing-field /spec/0',
    ],
    [
      'a type code of an unknown group',
      m => {
        m.typeCode = 'L-{spindel}'
      },
      'unknown-reference /typeCode: The model has no group named "spindel". Did you mean "spindle"?',
    ],
  ])('%s', (_, change, expected) => {
    expect(complaint(change)).toContain(expected)
  })

  test('a key named __proto__', () => {
    const json = JSON.parse(JSON.stringify(lathe()).replace('"power":7500', '"__proto__":7500'))
    expect(validate(json).errors[0]).toMatchObject({
      code: 'reserved-id',
      path: '/groups/0/options/0/attributes/__proto__',
      rule: 'bt40',
    })
  })

  test('every error of a model is found, up to a hundred', () => {
    const broken = lathe(m => {
      for (let i = 0; i < 500; i++) m.constraints.push({ id: `x${i}`, kind: 'formula', formula: 'nowhere' })
    })
    expect(validate(broken).errors).toHaveLength(100)
  })
})

test('random models are valid', () => {
  fc.assert(fc.property(randomModel(), model => void expect(validate(model).errors).toEqual([])))
})

test('no JSON makes the validator throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.json().map(text => JSON.parse(text)),
      ),
      value => void validate(value),
    ),
  )
})

test('no change to a valid model makes the validator throw, and what it accepts stays a model', () => {
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>('__proto__', '', -1, 1e308, 0.1, [], {}, null, 'bt40', '*', '(((', [['*']]),
  )
  fc.assert(
    fc.property(randomModel(), fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 3 }), (model, changes) => {
      const json = JSON.parse(JSON.stringify(model))
      for (const [which, value] of changes) {
        const places = leaves(json)
        const place = places[which % places.length]
        if (place) place.holder[place.key] = value
      }
      const { errors, rulebook } = validate(json)
      expect(rulebook === undefined).toBe(errors.length > 0)
      for (const error of errors)
        expect(error.message['zh-CN'] && error.message.en && error.remedy['zh-CN'] && error.remedy.en).toBeTruthy()
    }),
    { numRuns: 500 },
  )
})

type Place = { holder: Record<string, unknown>; key: string }

/** Every place of a JSON value that something else can be put into. */
function leaves(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap(key => [{ holder, key }, ...leaves(holder[key])])
}
