import { readFileSync } from 'node:fs'
import {
  type Compiled,
  check,
  compile,
  complete,
  type Decision,
  decideAll,
  type Model,
  price,
  type Selection,
  spec,
  start,
  typeCode,
} from '@fettle/engine'
import { describe, expect, test } from 'vitest'
import { breaking } from '../breaking.ts'

const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
const model: Model = read('model.json')
const compiled = compiledOf(model)

test('the catalogue has at least 60 options in 9 steps and 40 constraints, all with a message in both languages', () => {
  const steps = model.groups.filter(group => group.parent === undefined && group.section === undefined)
  const options = model.groups.flatMap(group => ('options' in group ? group.options : 'option' in group ? [group.option] : []))
  expect(steps).toHaveLength(9)
  expect(options.length).toBeGreaterThanOrEqual(60)
  expect(model.constraints.length).toBeGreaterThanOrEqual(40)
  for (const option of options)
    expect(option.use, option.id).toMatchObject({ 'zh-CN': expect.any(String), en: expect.any(String) })
  for (const { id, message } of model.constraints)
    expect(message, id).toMatchObject({ 'zh-CN': expect.any(String), en: expect.any(String) })
})

describe('every constraint forbids something that the others allow', () => {
  test.each(model.constraints.map(constraint => constraint.id))('%s', id => {
    const loose = compile(breaking(model, id))
    expect(loose.ok ? [] : loose.errors).toEqual([])
    if (!loose.ok) return
    const { selection } = complete(start(loose.compiled), { goal: 'defaults' })
    expect(check(compiled, selection as Selection).violations.map(rule => rule.id)).toEqual([id])
  })
})

test('the standard machine costs ¥486,000 net and is delivered in 45 days', () => {
  const selection = completed([])
  expect(price(compiled, selection)).toMatchObject({ status: 'priced', net: 48600000, currency: 'CNY' })
  expect(spec(compiled, selection).find(line => line.role === 'lead-time')?.value).toBe(45)
  expect(typeCode(compiled, selection)).toBe('VM850-S10-BT40-T24-F-F0-C0L-H0')
})

test('the starting configurations of the product page are valid as they stand', () => {
  const page = read('page.json') as { starts: { id: string; decisions: Decision[] }[] }
  for (const { id, decisions } of page.starts) {
    const selection = completed(decisions, id)
    expect(check(compiled, selection), id).toEqual({ valid: true, violations: [], errors: [] })
  }
})

test('a machine with everything for titanium in five axes can be built', () => {
  const selection = completed([
    ...chosen(
      'vm1060',
      'sp12_direct',
      'bbt40',
      'mag_chain60',
      'trunnion_250',
      'tnc7',
      'fn_rtcp',
      'fn_collision',
      'mat_ti',
      'filter_drum',
      'probe_radio',
      'kin_cal',
      'setter_laser',
      'scales',
      'war_36',
    ),
    { number: 'column_riser', value: 200 },
  ])
  expect(check(compiled, selection).valid).toBe(true)
  expect(selection.options).toMatchObject({ cts70: 1, foundation: 1, iot_gateway: 1, air_dryer: 1 })
})

test('the 18,000 rpm spindle does not run on a 30 kVA supply', () => {
  const { unfit } = decideAll(compiled, chosen('supply_30', 'sp18_builtin'))
  expect(unfit.map(({ decision }) => decision)).toEqual(chosen('sp18_builtin'))
  expect(unfit[0]?.explanation?.rules.map(rule => rule.id)).toContain('supply_covers_load')
})

function completed(decisions: Decision[], name = ''): Selection {
  const { state, unfit } = decideAll(compiled, decisions)
  expect(unfit, name).toEqual([])
  const { selection, status } = complete(state, { goal: 'defaults' })
  expect(status).toBe('proved')
  return selection as Selection
}

function chosen(...options: string[]): Decision[] {
  return options.map(option => ({ option, chosen: true }))
}

function compiledOf(json: unknown): Compiled {
  const result = compile(json)
  if (!result.ok) throw new Error(JSON.stringify(result.errors, null, 2))
  return result.compiled
}
