import type { Model, Option } from '@fettle/engine'

/** Nine rows in ten are options, the others groups, rules and lines of the specification, as in a large product of a manufacturer. */
export function largeProduct(rows: number): Model {
  const options = Math.round(rows * 0.9)
  const perGroup = 30
  const groups = Math.ceil(options / perGroup)
  const rules = rows - options - groups
  const label = (zh: string, en: string) => ({ 'zh-CN': zh, en })
  const option = (i: number): Option => ({
    id: `o${i}`,
    name: label(`第 ${i} 号选项`, `Option number ${i}`),
    use: label('适合常见工况', 'for usual work'),
    part: `P-${100_000 + i}`,
    code: String(i % 100),
    attributes: { power: i % 40, mass: (i % 700) / 10, length: 100 + (i % 900) },
  })
  const idOf = (group: number, place: number) => `o${group * perGroup + place}`
  return {
    format: 'fettle-model/1',
    id: 'large',
    version: '1',
    name: label('大型产品', 'Large product'),
    currency: 'CNY',
    attributes: [
      { id: 'power', name: label('功率', 'Power'), unit: 'W' },
      { id: 'mass', name: label('质量', 'Mass'), unit: 'kg', decimals: 1 },
      { id: 'length', name: label('长度', 'Length'), unit: 'mm' },
    ],
    groups: Array.from({ length: groups }, (_, g) => ({
      id: `g${g}`,
      kind: 'choose-one' as const,
      name: label(`第 ${g} 组`, `Group ${g}`),
      options: Array.from({ length: Math.min(perGroup, options - g * perGroup) }, (_, i) => option(g * perGroup + i)),
    })),
    constraints: Array.from({ length: rules }, (_, i) => {
      const message = label('两者配套。', 'They belong together.')
      const [a, b] = [i % (groups - 1), (i % (groups - 1)) + 1]
      const place = i % 20
      return i % 2 === 0
        ? { id: `r${i}`, kind: 'requires' as const, if: idOf(a, place), then: `!${idOf(b, place + 1)}`, message }
        : { id: `r${i}`, kind: 'excludes' as const, options: [idOf(a, place), idOf(b, place + 2)], message }
    }),
    prices: [
      { id: 'base', kind: 'base', amount: 1_000_000 },
      {
        id: 'list',
        kind: 'options',
        amounts: Object.fromEntries(Array.from({ length: options }, (_, i) => [`o${i}`, (i % 500) * 1000])),
      },
    ],
  }
}
