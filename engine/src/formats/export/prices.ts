import type { ModelError } from '../../api.ts'
import type { Model } from '../../model.ts'
import { optionsOf } from '../../model-index.ts'
import { majorUnits } from '../tree/money.ts'
import { lost, some } from './lost.ts'

/**
 * What options cost, by id, for the attribute Price that feature models have: from the first rule for prices of options that always
 * applies. None where the model has an attribute of that name, which says the same or is noted.
 */
export function pricesOf(model: Model, notes: ModelError[]): Map<string, number> {
  const [rule, more] = (model.prices ?? []).filter(rule => rule.kind === 'options' && rule.when === undefined)
  if (more) notes.push(lost('/prices', more.id, '选项的其他单价', 'further prices of options'))
  if (rule?.kind !== 'options') return new Map()
  const onRequest = Object.keys(rule.amounts).filter(option => rule.amounts[option] === null)
  if (onRequest.length) notes.push(lost('/prices', some(onRequest), '价格待询', 'that prices are on request'))
  const prices = new Map<string, number>()
  for (const [option, amount] of Object.entries(rule.amounts))
    if (amount !== null) prices.set(option, majorUnits(amount, model.currency))
  const own = model.attributes.find(({ id }) => id.toLowerCase() === 'price')
  if (!own) return prices
  const carried = new Map(model.groups.flatMap(optionsOf).map(({ id, attributes }) => [id, attributes?.[own.id]]))
  if ([...prices].some(([option, price]) => carried.get(option) !== price))
    notes.push(lost('/prices', own.id, '价格：有同名的属性', 'prices: an attribute has their name'))
  return new Map()
}
