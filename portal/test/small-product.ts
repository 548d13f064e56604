import type { Model } from '@fettle/engine'
import { publishModel } from '#features/products/server'
import type { Platform } from '#platform/server'

const both = (zh: string, en: string) => ({ 'zh-CN': zh, en })

/** A drill stand: two motors, of which the strong one needs the large supply; net 1,000.00 as standard. */
export const drillStand: Model = {
  format: 'fettle-model/1',
  id: 'drill_stand',
  version: '1.0.0',
  name: both('钻台', 'Drill stand'),
  currency: 'CNY',
  attributes: [],
  groups: [
    {
      id: 'motor',
      kind: 'choose-one',
      name: both('电机', 'Motor'),
      options: [
        { id: 'motor_1kw', name: both('1 kW 电机', '1 kW motor') },
        { id: 'motor_3kw', name: both('3 kW 电机', '3 kW motor') },
      ],
    },
    {
      id: 'supply',
      kind: 'choose-one',
      name: both('电源', 'Supply'),
      options: [
        { id: 'supply_2kw', name: both('2 kW 电源', '2 kW supply') },
        { id: 'supply_5kw', name: both('5 kW 电源', '5 kW supply') },
      ],
    },
  ],
  constraints: [
    {
      id: 'enough_power',
      kind: 'requires',
      if: 'motor_3kw',
      then: 'supply_5kw',
      message: both('3 kW 电机需要 5 kW 电源。', 'The 3 kW motor needs the 5 kW supply.'),
    },
  ],
  defaults: [
    { option: 'motor_1kw', chosen: true },
    { option: 'supply_2kw', chosen: true },
  ],
  prices: [
    { id: 'base', kind: 'base', amount: 80_000 },
    { id: 'parts', kind: 'options', amounts: { motor_1kw: 10_000, motor_3kw: 40_000, supply_2kw: 10_000, supply_5kw: 25_000 } },
  ],
  tax: { name: both('增值税', 'VAT'), percent: 13 },
}

/** The standard drill stand as a visitor's browser would send it. */
export const standardDraft = (modelVersionId: string) => ({
  modelVersionId,
  decisions: [],
  selection: { options: { motor_1kw: 1, supply_2kw: 1 }, numbers: {} },
  net: 100_000,
})

/** Publishes it, as a new version where it is there already. */
export async function publishDrillStand(platform: Platform, change: Partial<Model> = {}): Promise<string> {
  const { productId } = await publishModel(platform, { model: { ...drillStand, ...change }, sourceFormat: 'json', publish: true })
  return productId
}
