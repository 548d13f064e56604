import { compile, complete, type Group, type Model, start } from '@fettle/engine'
import { expect, test } from 'vitest'
import { drillStand } from '../../../../../test/small-product.ts'
import { checkModel } from './index.ts'

function found(change: Partial<Model>) {
  const result = compile({ ...drillStand, ...change })
  if (!result.ok) throw new Error(result.errors[0]!.message.en)
  const { selection } = complete(start(result.compiled), { goal: 'defaults' })
  return checkModel(result.compiled, selection!)
}
const told = (change: Partial<Model>) => found(change).map(({ severity, code, path }) => `${severity} ${code} ${path}`)
const both = (zh: string, en: string) => ({ 'zh-CN': zh, en })

/** The drill stand with one of its options changed. */
const withOption = (id: string, change: object): { groups: Group[] } => ({
  groups: drillStand.groups.map(group =>
    group.kind === 'choose-one'
      ? { ...group, options: group.options.map(option => (option.id === id ? { ...option, ...change } : option)) }
      : group,
  ),
})

test('a model with everything it needs is let pass', () => {
  expect(told({})).toEqual([])
})

test('an option nobody can choose is told with the rules that exclude it, and what they force with it', () => {
  const rule = {
    id: 'weak',
    kind: 'formula',
    formula: '!supply_5kw',
    message: both('电源已停产。', 'The supply is out of production.'),
  }
  const findings = found({ constraints: [...drillStand.constraints, rule as Model['constraints'][number]] })
  expect(findings.map(({ code, name }) => `${code} ${name.en}`)).toEqual([
    'dead-option 3 kW motor',
    'dead-option 5 kW supply',
    'always-chosen 1 kW motor',
    'always-chosen 2 kW supply',
  ])
  const [motor, supply] = findings
  expect(motor!.rules!.map(({ id }) => id)).toEqual(expect.arrayContaining(['enough_power', 'weak']))
  expect(supply!.message.en).toBe('Nobody can ever choose “5 kW supply” in “Supply”: The supply is out of production.')
})

test('a rule that others imply, and a price that nobody pays, are told and may be published', () => {
  const again = {
    id: 'again',
    kind: 'formula',
    formula: '!motor_3kw | supply_5kw',
    message: both('同上。', 'Once more.'),
  } as const
  const rebate = { id: 'rebate', kind: 'bundle', amount: -1, when: 'motor_3kw & supply_2kw' } as const
  const findings = found({ constraints: [...drillStand.constraints, again], prices: [...drillStand.prices!, rebate] })
  expect(findings.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual([
    'warning unreachable-price /prices/2/when',
    'warning redundant-rule /constraints/0',
    'warning redundant-rule /constraints/1',
  ])
  expect(findings[2]!.message.en).toBe(
    'The rule “Once more” adds nothing: the other rules imply it: The 3 kW motor needs the 5 kW supply.',
  )
})

test('what there was no time for is said', () => {
  const result = compile(drillStand)
  if (!result.ok) throw new Error('the drill stand compiles')
  const { selection } = complete(start(result.compiled), { goal: 'defaults' })
  const findings = checkModel(result.compiled, selection!, { shouldStop: () => true })
  expect(findings.map(({ code }) => code)).toEqual(['not-checked'])
  expect(findings[0]!.message.en).toBe(
    'Not settled in the time set aside: whether 1 of the rules can be left out, and whether 4 of the conditions can hold.',
  )
})

test.each<[what: string, change: Partial<Model>, expected: string]>([
  [
    'an option beyond the standard without a price',
    { prices: [drillStand.prices![0]!, { id: 'parts', kind: 'options', amounts: { motor_1kw: 1, supply_5kw: 2 } }] },
    'warning missing-price /groups/0/options/1',
  ],
  [
    'an English sentence in both',
    withOption('motor_1kw', { use: both('for light work', 'for light work') }),
    'warning missing-text /groups/0/options/0/use',
  ],
  [
    'a Chinese text in both',
    withOption('motor_1kw', { use: both('轻载。', '轻载。') }),
    'warning missing-text /groups/0/options/0/use',
  ],
  [
    'a picture that its siblings have',
    withOption('supply_2kw', { media: { image: '/supply.webp' } }),
    'warning missing-picture /groups/1/options/1',
  ],
  ['a part number that its siblings have', withOption('motor_1kw', { part: 'M-1' }), 'warning missing-part /groups/0/options/1'],
  [
    'a rule that says nothing',
    { constraints: [{ id: 'enough_power', kind: 'requires', if: 'motor_3kw', then: 'supply_5kw' }] },
    'warning missing-message /constraints/0',
  ],
  [
    'an attribute nothing asks for',
    { attributes: [{ id: 'mass', name: both('质量', 'Mass'), unit: 'kg' }] },
    'warning unused-attribute /attributes/0',
  ],
  [
    'a standard that costs less than nothing',
    { prices: [{ id: 'base', kind: 'base', amount: -1 }] },
    'error negative-price /prices',
  ],
  [
    'an example that does not hold',
    { examples: [{ id: 'weak_motor', expect: 'impossible', decisions: [{ option: 'motor_1kw', chosen: true }] }] },
    'error example-fails /examples/0',
  ],
])('%s is found at its place', (_, change, expected) => {
  expect(told(change)).toEqual([expected])
})

test('a price of zero or on request is a price, and a price by formula too', () => {
  const amounts = { motor_1kw: 1, motor_3kw: null, supply_2kw: 1 }
  const byFormula = { id: 'large', kind: 'formula', formula: 'supply_5kw * 200' } as const
  expect(told({ prices: [{ id: 'parts', kind: 'options', amounts }, byFormula] })).toEqual([])
})

test('texts and reasons are not asked of a model that came from elsewhere', () => {
  const silent = { id: 'enough_power', kind: 'requires', if: 'motor_3kw', then: 'supply_5kw' } as const
  expect(told({ untranslated: true, constraints: [silent] })).toEqual([])
})

test('of one kind fifty are told, and how many more there are', () => {
  const attributes = Array.from({ length: 70 }, (_, at) => ({ id: `a${at}`, name: both(`属性 ${at}`, `Attribute ${at}`) }))
  const findings = found({ attributes })
  expect(findings).toHaveLength(51)
  expect(findings.at(-1)!.message.en).toBe('There are 20 more like it.')
})
