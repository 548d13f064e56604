import { expect, test } from 'vitest'
import type { Group, LocalizedText, Model } from './model.ts'
import { gridOf, gridValues, indexModel, onGrid, sectionOf } from './model-index.ts'

const label = (name: string): LocalizedText => ({ 'zh-CN': name, en: name })

test.each<[{ min: number; max: number; step?: number }, number[]]>([
  [{ min: 1, max: 3 }, [1, 2, 3]],
  [{ min: 0.1, max: 1, step: 0.3 }, [0.1, 0.4, 0.7, 1]],
  [{ min: -0.5, max: 0.99, step: 0.5 }, [-0.5, 0, 0.5]],
  [{ min: 0.5, max: 3 }, [0.5, 1.5, 2.5]],
  [{ min: -1.25, max: -1.2, step: 0.000025 }, Array.from({ length: 2001 }, (_, i) => (-1_250_000 + 25 * i) / 1_000_000)],
  [{ min: 5, max: 5, step: 7 }, [5]],
])('the grid of %o', (group, values) => {
  const grid = gridOf(group)
  expect(gridValues(grid)).toEqual(values)
  for (const value of values) expect(onGrid(grid, value)).toBe(true)
  for (const value of [group.min - (group.step ?? 1), group.max + 1, group.min + (group.step ?? 1) / 2, Number.NaN])
    expect(onGrid(grid, value)).toBe(false)
})

test('a group is shown under the section it names, that of its parent, or its own', () => {
  const one = (id: string, more: Partial<Group> = {}): Group =>
    ({ id, name: label(id), kind: 'yes-no', option: { id: `${id}_yes`, name: label(id) }, ...more }) as Group
  const groups = [
    one('a'),
    one('b', { parent: 'a_yes' }),
    one('c', { parent: 'b_yes' }),
    one('d', { section: 'a' }),
    one('e', { parent: 'd_yes' }),
    one('f', { parent: 'c_yes', section: 'g' }),
    one('g'),
  ]
  const model: Model = {
    format: 'fettle-model/1',
    id: 'm',
    version: '1',
    name: label('m'),
    currency: 'CNY',
    attributes: [],
    groups,
    constraints: [],
  }
  const index = indexModel(model)
  expect(groups.map(group => sectionOf(index, group)).join('')).toBe('aaaaagg')
})
