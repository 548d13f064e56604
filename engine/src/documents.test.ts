import { describe, expect, test } from 'vitest'
import { bom } from './bom.ts'
import { check } from './check.ts'
import type { LocalizedText, Model, Selection } from './model.ts'
import type { Rulebook } from './rules.ts'
import { spec } from './spec.ts'
import { typeCode } from './type-code.ts'
import { validate } from './validate.ts'

const label = (name: string): LocalizedText => ({ 'zh-CN': `${name}（中）`, en: name })

const model: Model = {
  format: 'fettle-model/1',
  id: 'conveyor',
  version: '1',
  name: label('Conveyor'),
  currency: 'CNY',
  attributes: [
    { id: 'mass', name: label('Mass'), unit: 'kg' },
    { id: 'days', name: label('Lead time'), unit: 'd' },
  ],
  interfaces: [{ id: 'port', name: label('Port') }],
  groups: [
    {
      id: 'drive',
      name: label('Drive'),
      kind: 'choose-one',
      options: [
        { id: 'servo', name: label('Servo'), code: 'S', part: 'D-1', attributes: { mass: 4.25, days: 10 }, offers: { port: 2 } },
        { id: 'belt', name: label('Belt'), code: 'B', part: 'D-2', attributes: { mass: 6, days: 30 }, offers: { port: 1 } },
      ],
    },
    {
      id: 'sensors',
      name: label('Sensors'),
      kind: 'choose-some',
      max: 1,
      options: [
        { id: 'eye', name: label('Eye'), code: 'E', part: 'S-1', quantity: { min: 1, max: 4 }, takes: { port: 1 } },
        { id: 'scale', name: label('Scale'), part: 'S-2' },
      ],
    },
    {
      id: 'mount',
      name: label('Mount'),
      kind: 'choose-one',
      parent: 'eye',
      optional: true,
      options: [{ id: 'arm', name: label('Arm') }],
    },
    { id: 'length', name: label('Length'), kind: 'number', min: 0.5, max: 3, step: 0.25, unit: 'm', code: 'L{value}' },
  ],
  constraints: [
    { id: 'ports', kind: 'capacity', interface: 'port', message: label('No free port') },
    {
      id: 'lengths',
      kind: 'table',
      columns: ['drive', 'length'],
      rows: [
        ['servo', { max: 2 }],
        ['belt', '*'],
      ],
      when: '!scale',
    },
    { id: 'never', kind: 'excludes', options: ['belt', 'scale'] },
  ],
  bom: [
    { part: 'D-1', name: label('Spare drive'), when: 'length > 1' },
    { part: 'RAIL', name: label('Rail'), quantity: '2 * length', unit: 'm' },
    { part: 'CAP', name: label('Cap'), quantity: 'eye - 3' },
  ],
  spec: [
    { id: 'mass', name: label('Mass'), formula: 'sum(mass) + length * 1.5[kg/m]', decimals: 1, headline: true, role: 'mass' },
    { id: 'lead', name: label('Lead time'), formula: 'max(days) + 5', role: 'lead-time' },
    { id: 'drive', name: label('Drive'), group: 'drive' },
    { id: 'sensors', name: label('Sensors'), group: 'sensors' },
    { id: 'length', name: label('Length'), group: 'length' },
    { id: 'rate', name: label('Rate'), formula: '1 / count(scale)' },
  ],
  typeCode: 'CV-{drive}-{sensors}-{mount}/{length}',
}

function rules(): Rulebook {
  const { rulebook, errors } = validate(model)
  expect(errors).toEqual([])
  return rulebook!
}

const selection: Selection = { options: { servo: 1, eye: 2 }, numbers: { length: 1.25 } }

test('the bill of materials joins option parts with rule parts of the same number', () => {
  expect(bom(rules(), selection)).toEqual([
    { part: 'D-1', name: label('Servo'), quantity: 2, from: ['servo', 'rule'] },
    { part: 'S-1', name: label('Eye'), quantity: 2, from: ['eye'] },
    { part: 'RAIL', name: label('Rail'), quantity: 2.5, unit: 'm', from: ['rule'] },
  ])
})

test('the specification sheet has numbers with units, and names in both languages', () => {
  expect(spec(rules(), selection)).toEqual([
    { id: 'mass', name: label('Mass'), value: 6.1, unit: 'kg', decimals: 1, headline: true, role: 'mass' },
    { id: 'lead', name: label('Lead time'), value: 15, unit: 'd', headline: false, role: 'lead-time' },
    { id: 'drive', name: label('Drive'), value: label('Servo'), headline: false },
    { id: 'sensors', name: label('Sensors'), value: { 'zh-CN': 'Eye（中） × 2', en: 'Eye × 2' }, headline: false },
    { id: 'length', name: label('Length'), value: 1.25, unit: 'm', headline: false },
  ])
})

test('the type code leaves out what has no code, with its separator', () => {
  expect(typeCode(rules(), selection)).toBe('CV-S-E/L1.25')
  expect(typeCode(rules(), { options: { belt: 1, scale: 1 }, numbers: {} })).toBe('CV-B')
})

describe('check names every rule a selection breaks', () => {
  test.each<[string, Selection, string[]]>([
    ['nothing', selection, []],
    ['an empty selection', { options: {}, numbers: {} }, ['group drive', 'number length']],
    ['two of one', { options: { servo: 1, belt: 1 }, numbers: { length: 1 } }, ['group drive']],
    ['more than some', { options: { servo: 1, eye: 1, scale: 1 }, numbers: { length: 1 } }, ['group sensors']],
    ['a choice without its parent', { options: { servo: 1, arm: 1 }, numbers: { length: 1 } }, ['parent mount']],
    ['too many pieces for the ports', { options: { servo: 1, eye: 3 }, numbers: { length: 1 } }, ['constraint ports']],
    ['a row the table does not have', { options: { servo: 1 }, numbers: { length: 2.25 } }, ['constraint lengths']],
    ['that row while its condition does not hold', { options: { servo: 1, scale: 1 }, numbers: { length: 2.25 } }, []],
    ['an excluded pair', { options: { belt: 1, scale: 1 }, numbers: { length: 1 } }, ['constraint never']],
  ])('%s', (_, given, broken) => {
    const { valid, violations, errors } = check(rules(), given)
    expect(violations.map(({ kind, id }) => `${kind} ${id}`)).toEqual(broken)
    expect(errors).toEqual([])
    expect(valid).toBe(broken.length === 0)
  })

  test('and every name and value it cannot have', () => {
    const { valid, errors } = check(rules(), { options: { servo: 1, eyes: 1, eye: 9 }, numbers: { length: 0.6, drive: 1 } })
    expect(valid).toBe(false)
    expect(errors.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unknown-reference /options/eyes',
      'out-of-range /options/eye',
      'off-grid /numbers/length',
      'unknown-reference /numbers/drive',
    ])
  })

  test('even for ids that objects have from birth', () => {
    const hostile = JSON.parse('{"options":{"servo":1,"__proto__":1,"constructor":1},"numbers":{"length":1,"toString":2}}')
    expect(check(rules(), hostile).errors).toHaveLength(3)
    expect(check(rules(), { options: { servo: Number.NaN }, numbers: { length: Number.POSITIVE_INFINITY } }).valid).toBe(false)
  })
})
