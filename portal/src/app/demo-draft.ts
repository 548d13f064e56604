import type { Model } from '@fettle/engine'

/** The rotary table of next year: dearer, with a chuck nobody has priced yet, and with an example of what must stay possible. */
export function nextRotaryTable(model: Model): Model {
  return {
    ...model,
    version: '1.1.0',
    groups: model.groups.map(group =>
      group.id === 'clamp' && group.kind === 'choose-one' ? { ...group, options: [...group.options, fourJawChuck] } : group,
    ),
    prices: (model.prices ?? []).map(rule => (rule.kind === 'base' ? { ...rule, amount: rule.amount + 120_000 } : rule)),
    examples: [
      {
        id: 'heavy_flat',
        name: { 'zh-CN': 'Ø400 卧放 500 kg', en: 'Ø400 lying flat with 500 kg' },
        expect: 'possible',
        decisions: [
          { option: 'd400', chosen: true },
          { option: 'flat', chosen: true },
          { number: 'load', value: 500 },
        ],
      },
    ],
  }
}

const fourJawChuck = {
  id: 'c_four',
  name: { 'zh-CN': '四爪单动卡盘', en: 'Four-jaw independent chuck' },
  use: { 'zh-CN': '偏心与不规则零件。', en: 'For off-centre and irregular parts.' },
  attributes: { mass: 26 },
  part: 'RT-CH4',
}
