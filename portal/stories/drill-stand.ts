const both = (zh: string, en: string) => ({ 'zh-CN': zh, en })

/** A small model of this story's own: the strong motor needs the large supply. */
export function drillStand(story: string) {
  const id = `drill_${story}_${crypto.randomUUID().slice(0, 6)}`
  const option = (name: string, zh: string, en: string) => ({ id: name, name: both(zh, en) })
  return {
    format: 'fettle-model/1',
    id,
    version: '1.0.0',
    name: both(`钻台 ${id}`, `Drill stand ${id}`),
    currency: 'CNY',
    attributes: [],
    groups: [
      {
        id: 'motor',
        kind: 'choose-one',
        name: both('电机', 'Motor'),
        options: [option('motor_1kw', '1 kW 电机', '1 kW motor'), option('motor_3kw', '3 kW 电机', '3 kW motor')],
      },
      {
        id: 'supply',
        kind: 'choose-one',
        name: both('电源', 'Supply'),
        options: [option('supply_2kw', '2 kW 电源', '2 kW supply'), option('supply_5kw', '5 kW 电源', '5 kW supply')],
      },
      {
        id: 'table',
        kind: 'choose-one',
        name: both('工作台', 'Table'),
        options: [option('table_plain', '固定工作台', 'Fixed table'), option('table_cross', '十字工作台', 'Cross table')],
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
    defaults: ['motor_1kw', 'supply_2kw', 'table_plain'].map(name => ({ option: name, chosen: true })),
    prices: [{ id: 'base', kind: 'base', amount: 80_000 }],
  }
}
