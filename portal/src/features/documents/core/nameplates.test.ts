import { expect, test } from 'vitest'
import { patternKey, plainKey } from '#features/devices/core'
import { productsOfModel } from './nameplates.ts'

const plates = [
  { productId: 'centre', names: ['VM 系列立式加工中心', 'VM series'], patterns: ['VM-*'] },
  { productId: 'table', names: ['RT series'], patterns: ['rt 320', 'RT-400'] },
]
const productsOf = (model: string) => productsOfModel(plainKey(model), plates)

test('a machine belongs to the product whose name, model or beginning is on its nameplate', () => {
  expect(productsOf('VM-850')).toEqual(['centre'])
  expect(productsOf('vm 1060')).toEqual(['centre'])
  expect(productsOf('RT320')).toEqual(['table'])
  expect(productsOf('RT series')).toEqual(['table'])
})

test('a machine of nobody we know belongs to no product', () => {
  expect(productsOf('RT-3200')).toEqual([])
  expect(productsOf('XVM-850')).toEqual([])
})

test('a pattern that would take every machine is none', () => {
  for (const pattern of ['*', ' - ', '', 'V*M', '**']) expect(patternKey(pattern)).toBeNull()
  expect(patternKey('VM - *')).toBe('VM*')
})
