import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Model } from '@fettle/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drillStand } from '../../../../../test/small-product.ts'
import { diffModels } from './index.ts'

const examples = join(import.meta.dirname, '../../../../../../examples')
const models = readdirSync(examples, { withFileTypes: true })
  .filter(entry => entry.isDirectory() && readdirSync(join(examples, entry.name)).includes('model.json'))
  .map(({ name }) => JSON.parse(readFileSync(join(examples, name, 'model.json'), 'utf8')) as Model)

/** by its place: a counterexample should be short */
const chosen = fc.nat({ max: models.length - 1 })

test('a model does not differ from itself, whatever the order of its keys', () => {
  for (const model of [...models, drillStand]) expect(diffModels(model, turned(model) as Model)).toEqual([])
})

test('any value changed anywhere in a model is a difference, and it is found from both sides', () => {
  fc.assert(
    fc.property(chosen, fc.nat(), (at, chance) => {
      const model = models[at]!
      const { changed, path } = changeOne(model, chance)
      expect(diffModels(model, changed), path).not.toEqual([])
      expect(diffModels(changed, model), path).not.toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('what is added one way is removed the other way', () => {
  fc.assert(
    fc.property(chosen, chosen, (one, other) => {
      const names = (from: Model, to: Model, change: string) =>
        diffModels(from, to)
          .filter(found => found.change === change)
          .map(({ kind, id }) => `${kind} ${id}`)
          .toSorted()
      expect(names(models[one]!, models[other]!, 'added')).toEqual(names(models[other]!, models[one]!, 'removed'))
    }),
    { numRuns: 9 },
  )
})

test('a price, a rule and an option are told by their names, with amounts as they are printed', () => {
  const after: Model = {
    ...drillStand,
    groups: drillStand.groups.map(group =>
      group.id === 'supply' && group.kind === 'choose-one'
        ? { ...group, options: [...group.options, { id: 'supply_8kw', name: { 'zh-CN': '8 kW 电源', en: '8 kW supply' } }] }
        : group,
    ),
    constraints: drillStand.constraints.map(rule =>
      rule.kind === 'requires' ? { ...rule, then: 'supply_5kw | supply_8kw' } : rule,
    ),
    prices: [
      { id: 'base', kind: 'base', amount: 85_000 },
      {
        id: 'parts',
        kind: 'options',
        amounts: { motor_1kw: 10_000, motor_3kw: null, supply_2kw: 10_000, supply_5kw: 25_000, supply_8kw: 60_000 },
      },
    ],
  }
  const told = diffModels(drillStand, after).map(({ kind, change, name, details }) => [
    `${kind} ${change} ${name.en}`,
    ...details.map(({ label, from, to }) => `${label.en}: ${from?.en ?? '–'} → ${to?.en ?? '–'}`),
  ])
  expect(told).toEqual([
    ['option added 8 kW supply', 'group: – → Supply'],
    ['rule changed The 3 kW motor needs the 5 kW supply.', 'then: ‘5 kW supply’ → ‘5 kW supply’ | ‘8 kW supply’'],
    ['price changed Base price', 'amount: ¥800 → ¥850'],
    ['price changed Prices of options', '3 kW motor: ¥400 → on request', '8 kW supply: – → ¥600'],
  ])
})

test('options that changed places are told as that alone', () => {
  const [motor, ...rest] = drillStand.groups
  if (motor?.kind !== 'choose-one') throw new Error('The motor is a choice')
  const found = diffModels(drillStand, { ...drillStand, groups: [{ ...motor, options: motor.options.toReversed() }, ...rest] })
  expect(found).toMatchObject([{ kind: 'group', change: 'changed', name: { en: 'Motor' } }])
  expect(found[0]!.details).toMatchObject([{ label: { en: 'order of the options' } }])
})

test('an objective and a clause are told in words', () => {
  const after: Model = {
    ...drillStand,
    constraints: [...drillStand.constraints, { id: 'one', kind: 'clause', chosen: ['supply_5kw'], not: ['motor_3kw'] }],
    objectives: [{ goal: 'least', of: 'count(motor_3kw)' }],
  }
  const told = diffModels(drillStand, after).map(({ name, details }) => [
    name.en,
    ...details.map(({ label, to }) => `${label['zh-CN']}: ${to?.['zh-CN']}; ${label.en}: ${to?.en}`),
  ])
  expect(told).toEqual([
    ['Drill stand', '目标: count(「3 kW 电机」) 最小; objectives: least count(‘3 kW motor’)'],
    ['one', '选中: 5 kW 电源; chosen: 5 kW supply', '不选: 3 kW 电机; not chosen: 3 kW motor'],
  ])
})

/** The same with the keys of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, turned(inner)]),
  )
}

/** A copy with one text, number or flag changed. */
function changeOne(model: Model, chance: number) {
  const changed = structuredClone(model)
  const places: { holder: Record<string, unknown>; key: string; path: string }[] = []
  const visit = (holder: Record<string, unknown>, path: string) => {
    for (const [key, inner] of Object.entries(holder)) {
      if (typeof inner === 'object' && inner !== null) visit(inner as Record<string, unknown>, `${path}/${key}`)
      else if (key !== 'format' && key !== 'kind') places.push({ holder, key, path: `${path}/${key}` })
    }
  }
  visit(changed as unknown as Record<string, unknown>, '')
  const { holder, key, path } = places[chance % places.length]!
  const value = holder[key]
  holder[key] = typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : value === null ? 1 : !value
  return { changed, path }
}
