import type { LocalizedText, Model, Option } from '@fettle/engine'

const both = (zh: string, en: string): LocalizedText => ({ 'zh-CN': zh, en })

/** The empty form: no product yet, only what nearly every one has, so that its columns of numbers and prices are there to be filled in. */
export const emptyForm: Model = {
  format: 'fettle-model/1',
  id: 'my-product',
  version: '1.0.0',
  name: both('产品名称', 'Product name'),
  currency: 'CNY',
  attributes: [
    { id: 'power', name: both('功率', 'Power'), unit: 'kW', decimals: 2 },
    { id: 'mass', name: both('质量', 'Mass'), unit: 'kg' },
  ],
  groups: [],
  constraints: [],
  prices: [{ id: 'list', kind: 'options', name: both('选项', 'Options'), amounts: {} }],
}

const option = (id: string, name: LocalizedText, more: Partial<Option> = {}): Option => ({ id, name, ...more })

/** A small product that fills every sheet of the form once: to be looked at, changed and imported. */
export const exampleProduct: Model = {
  format: 'fettle-model/1',
  id: 'chiller-example',
  version: '1.0.0',
  name: both('工业冷水机（示例）', 'Industrial chiller (example)'),
  description: both('为机床主轴和激光器供冷却水。', 'Cooling water for spindles and lasers.'),
  currency: 'CNY',
  tax: { name: both('增值税', 'VAT'), percent: 13 },
  typeCode: 'CH{size}-{pump}{hose}',
  attributes: [
    { id: 'cooling', name: both('制冷量', 'Cooling capacity'), unit: 'kW', decimals: 1 },
    { id: 'power', name: both('功率', 'Power'), unit: 'kW', decimals: 1 },
    { id: 'mass', name: both('质量', 'Mass'), unit: 'kg' },
  ],
  interfaces: [{ id: 'signal', name: both('信号输出', 'Signal output') }],
  groups: [
    {
      id: 'size',
      kind: 'choose-one',
      name: both('规格', 'Size'),
      options: [
        option('s5', both('5 kW', '5 kW'), {
          use: both('单台加工中心', 'one machining centre'),
          code: '05',
          part: 'CH-05',
          attributes: { cooling: 5, power: 2.1, mass: 85 },
          offers: { signal: 1 },
        }),
        option('s12', both('12 kW', '12 kW'), {
          use: both('两台机床或一台激光器', 'two machines or a laser'),
          code: '12',
          part: 'CH-12',
          attributes: { cooling: 12, power: 4.6, mass: 140 },
          offers: { signal: 2 },
        }),
        option('s30', both('30 kW', '30 kW'), {
          use: both('整条生产线', 'a whole line'),
          code: '30',
          part: 'CH-30',
          attributes: { cooling: 30, power: 10.8, mass: 310 },
          offers: { signal: 4 },
        }),
      ],
    },
    {
      id: 'load',
      kind: 'number',
      name: both('所需制冷量', 'Cooling needed'),
      help: both('各台设备发热量之和。', 'The sum of the heat of all machines.'),
      min: 1,
      max: 30,
      step: 0.5,
      unit: 'kW',
    },
    {
      id: 'pump',
      kind: 'choose-one',
      name: both('水泵', 'Pump'),
      options: [
        option('p2', both('2 bar', '2 bar'), { code: 'A', part: 'PU-2', attributes: { power: 0.4, mass: 9 } }),
        option('p4', both('4 bar', '4 bar'), { code: 'B', part: 'PU-4', attributes: { power: 0.8, mass: 14 } }),
        option('p6', both('6 bar', '6 bar'), { code: 'C', part: 'PU-6', attributes: { power: 1.5, mass: 22 } }),
      ],
    },
    {
      id: 'hose',
      kind: 'number',
      name: both('水管长度', 'Hose length'),
      min: 0,
      max: 40,
      step: 5,
      unit: 'm',
      code: '-H{value}',
    },
    {
      id: 'extras',
      kind: 'choose-some',
      name: both('附件', 'Extras'),
      max: 2,
      options: [
        option('flow_alarm', both('流量报警', 'Flow alarm'), { part: 'EX-FA', takes: { signal: 1 } }),
        option('remote', both('远程开关', 'Remote switch'), { part: 'EX-RS', takes: { signal: 1 } }),
        option('filter', both('精密过滤器', 'Fine filter'), {
          part: 'EX-FF',
          attributes: { mass: 4 },
          quantity: { min: 1, max: 2 },
        }),
      ],
    },
    {
      id: 'outdoor_group',
      kind: 'yes-no',
      name: both('室外安装', 'Outdoors'),
      option: option('outdoor', both('室外防护罩', 'Outdoor housing'), { part: 'EX-OD', attributes: { mass: 38 } }),
    },
  ],
  constraints: [
    {
      id: 'enough',
      kind: 'formula',
      formula: 'load <= size.cooling',
      message: both('所需制冷量超过所选规格。', 'More cooling is needed than this size has.'),
    },
    {
      id: 'pump_of_size',
      kind: 'table',
      columns: ['size', 'pump'],
      rows: [
        ['s5', ['p2', 'p4']],
        ['s12', ['p2', 'p4', 'p6']],
        ['s30', ['p4', 'p6']],
      ],
      message: both('该规格不配此水泵。', 'This pump is not made for this size.'),
    },
    {
      id: 'long_hose',
      kind: 'requires',
      if: 'hose > 20',
      then: 'p6',
      message: both('水管超过 20 m 需要 6 bar 水泵。', 'Hoses of more than 20 m need the 6 bar pump.'),
    },
    {
      id: 'no_filter_outdoors',
      kind: 'excludes',
      options: ['filter', 'outdoor'],
      message: both('防护罩内装不下过滤器。', 'The housing has no room for the filter.'),
    },
    { id: 'signals', kind: 'capacity', interface: 'signal', message: both('信号输出不够。', 'Not enough signal outputs.') },
  ],
  defaults: [
    { option: 's12', chosen: true },
    { number: 'load', value: 8 },
    { option: 'p4', chosen: true },
    { option: 'outdoor', chosen: false },
  ],
  prices: [
    { id: 'base', kind: 'base', name: both('5 kW 标准机', '5 kW standard'), amount: 1_280_000 },
    {
      id: 'list',
      kind: 'options',
      name: both('选项', 'Options'),
      amounts: {
        s12: 920_000,
        s30: 2_860_000,
        p4: 60_000,
        p6: 145_000,
        flow_alarm: 38_050,
        remote: 26_000,
        filter: 89_000,
        outdoor: null,
      },
    },
    {
      id: 'hose_by_metre',
      kind: 'tier',
      name: both('水管', 'Hose'),
      of: 'hose',
      mode: 'each',
      tiers: [{ upTo: 10, amount: 4_500 }, { amount: 3_800 }],
    },
    { id: 'export_papers', kind: 'surcharge', name: both('包装', 'Packing'), percent: 1.5 },
  ],
  bom: [{ part: 'HO-25', name: both('耐压水管 25 mm', 'Pressure hose 25 mm'), when: 'hose > 0', quantity: 'hose', unit: 'm' }],
  spec: [
    {
      id: 'capacity',
      name: both('制冷量', 'Cooling capacity'),
      formula: 'size.cooling',
      unit: 'kW',
      decimals: 1,
      headline: true,
    },
    { id: 'total_mass', name: both('质量', 'Mass'), formula: 'sum(mass)', unit: 'kg', role: 'mass' },
    { id: 'pump_shown', name: both('水泵', 'Pump'), group: 'pump' },
  ],
  examples: [
    {
      id: 'laser',
      name: both('激光器常用配置', 'Usual for a laser'),
      decisions: [
        { option: 's12', chosen: true },
        { number: 'load', value: 10 },
        { option: 'p6', chosen: true },
      ],
      expect: 'possible',
    },
    {
      id: 'too_small',
      decisions: [
        { option: 's5', chosen: true },
        { number: 'load', value: 8 },
      ],
      expect: 'impossible',
    },
  ],
}
