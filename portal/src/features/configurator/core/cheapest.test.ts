import { readFileSync } from 'node:fs'
import { compile, type Model } from '@fettle/engine'
import { expect, test } from 'vitest'
import { cheapestOf } from './cheapest.ts'
import { begin, type Configuring, replace } from './configuring.ts'
import { outlook } from './outlook.ts'

function starting(example: string): Configuring {
  const path = new URL(`../../../../../examples/${example}/model.json`, import.meta.url)
  const result = compile(JSON.parse(readFileSync(path, 'utf8')) as Model)
  if (!result.ok) throw new Error(JSON.stringify(result.errors[0]))
  return begin(result.compiled).configuring
}

const never = () => false
const both = (name: string) => ({ 'zh-CN': name, en: name })
const part = (id: string) => ({ id, name: both(id) })

for (const example of ['machining-centre', 'rotary-table', 'wardrobe']) {
  test(`${example}: what is told as the lowest price is had by its decisions, keeps those made, and cannot be bettered`, () => {
    const start = starting(example)
    const free = Object.entries(outlook(start).domains.options).filter(([, { state }]) => state === 'free')
    for (const [option] of free.slice(0, 8)) {
      const now = replace(start, [{ option, chosen: true }], [])
      const cheapest = cheapestOf(now, never)!
      const taken = replace(now, cheapest.decisions, [])
      expect(taken.price).toMatchObject({ status: 'priced', net: cheapest.net })
      expect(taken.selection.options[option]).toBe(1)
      expect(cheapest.bound).toBe(cheapest.net)
      expect(cheapest.net <= now.price.net).toBe(true)
      expect(cheapest.changes.length > 0).toBe(cheapest.net < now.price.net)
      expect(cheapestOf(taken, never)).toMatchObject({ net: cheapest.net, changes: [] })
    }
  })
}

test('where not everything can be tried in time, the lowest price found is had all the same', () => {
  const now = starting('suit')
  let looks = 0
  const { net, bound, decisions } = cheapestOf(now, () => ++looks > 100)!
  expect(net).toBeLessThan(now.price.net)
  expect(bound).toBeLessThan(net)
  expect(replace(now, decisions, []).price).toMatchObject({ net })
})

test('what only staff may choose is not taken for its price', () => {
  const model = {
    format: 'fettle-model/1',
    id: 'm',
    version: '1',
    name: both('m'),
    currency: 'CNY',
    attributes: [],
    groups: [
      { id: 'motor', name: both('motor'), kind: 'choose-one', options: [part('strong'), part('weak')] },
      { id: 'favours', name: both('favours'), kind: 'choose-some', options: [{ ...part('rebate'), visibility: 'staff' }] },
    ],
    constraints: [],
    defaults: [{ option: 'strong', chosen: true }],
    prices: [{ id: 'p', kind: 'options', amounts: { strong: 900, weak: 700, rebate: -300 } }],
  }
  const result = compile(model)
  if (!result.ok) throw new Error(JSON.stringify(result.errors[0]))
  const { configuring } = begin(result.compiled)
  expect(cheapestOf(configuring, never)).toMatchObject({ net: 700, bound: 700, decisions: [{ option: 'weak', chosen: true }] })
  const byStaff = replace(configuring, [{ option: 'rebate', chosen: true }], [])
  expect(cheapestOf(byStaff, never)).toMatchObject({ net: 400, bound: 400 })
})

test('an ended search tells what it found and what it may still come to', () => {
  const now = starting('machining-centre')
  const { net, bound } = cheapestOf(now, () => true)!
  expect(net).toBe(now.price.net)
  expect(bound).toBeLessThan(net)
})
