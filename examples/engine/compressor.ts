import type { LocalizedText, Model } from '@fettle/engine'

const text = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en })

/** A small compressor: four questions, two rules, prices in fen. */
export const compressor: Model = {
  format: 'fettle-model/1',
  id: 'compressor',
  version: '1',
  name: text('螺杆空压机', 'Screw compressor'),
  currency: 'CNY',
  attributes: [
    { id: 'power', name: text('功率', 'Power'), unit: 'kW', decimals: 1 },
    { id: 'supply', name: text('供电能力', 'Supply'), unit: 'kW' },
  ],
  groups: [
    {
      id: 'motor',
      kind: 'choose-one',
      name: text('电机', 'Motor'),
      options: [
        { id: 'm4', name: text('4 kW 电机', '4 kW motor'), attributes: { power: 4 } },
        { id: 'm7', name: text('7.5 kW 电机', '7.5 kW motor'), attributes: { power: 7.5 } },
        { id: 'm11', name: text('11 kW 电机', '11 kW motor'), attributes: { power: 11 } },
      ],
    },
    {
      id: 'mains',
      kind: 'choose-one',
      name: text('电源', 'Mains'),
      options: [
        { id: 'a16', name: text('16 A 插座', '16 A socket'), attributes: { supply: 9 } },
        { id: 'a32', name: text('32 A 插座', '32 A socket'), attributes: { supply: 20 } },
      ],
    },
    {
      id: 'tank',
      kind: 'choose-one',
      name: text('储气罐', 'Tank'),
      options: [
        { id: 't100', name: text('100 L 储气罐', '100 l tank') },
        { id: 't270', name: text('270 L 储气罐', '270 l tank') },
        { id: 't500', name: text('500 L 储气罐', '500 l tank') },
      ],
    },
    {
      id: 'drying',
      kind: 'yes-no',
      name: text('干燥', 'Drying'),
      option: { id: 'dryer', name: text('冷干机', 'Refrigeration dryer'), attributes: { power: 1.6 } },
    },
    { id: 'hose', kind: 'number', name: text('软管长度', 'Length of hose'), min: 5, max: 50, step: 5, unit: 'm' },
  ],
  constraints: [
    {
      id: 'load',
      kind: 'formula',
      formula: 'sum(power) <= sum(supply)',
      message: text('用电设备的功率不能超过插座的供电能力。', 'What draws power draws no more than the socket gives.'),
    },
    {
      id: 'large_tank',
      kind: 'requires',
      if: 't500',
      then: '!m4',
      message: text('4 kW 电机充满 500 L 储气罐的时间太长。', 'A 4 kW motor takes too long to fill 500 l.'),
    },
  ],
  prices: [
    {
      id: 'parts',
      kind: 'options',
      amounts: {
        m4: 820_000,
        m7: 1_090_000,
        m11: 1_460_000,
        a16: 0,
        a32: 45_000,
        t100: 90_000,
        t270: 160_000,
        t500: 240_000,
        dryer: 310_000,
      },
    },
    { id: 'metres', kind: 'quantity', of: 'hose', amount: 1_800, name: text('软管', 'Hose') },
    { id: 'set', kind: 'bundle', when: 'dryer & t500', amount: -60_000, name: text('套装优惠', 'Set of dryer and tank') },
  ],
  tax: { name: text('增值税', 'VAT'), percent: 13 },
}
