import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { light } from '#platform/core'
import { type Chosen, drawings, drawOption, drawProduct, type GroupNode, type Node, ogSvg, toSvg } from './index.ts'

interface Model {
  id: string
  name: { 'zh-CN': string; en: string }
  groups: { id: string; options?: { id: string }[]; option?: { id: string } }[]
}
const models = Object.keys(drawings).map(
  (id): Model => JSON.parse(readFileSync(new URL(`../../../../../../examples/${id}/model.json`, import.meta.url), 'utf8')),
)
const optionsOf = (model: Model) =>
  model.groups.flatMap(group => group.options ?? (group.option ? [group.option] : [])).map(option => option.id)
const chosen = (options: string[], numbers: Record<string, number> = {}): Chosen => ({
  options: Object.fromEntries(options.map(id => [id, 1])),
  numbers,
})

describe.each(models)('$id', model => {
  test('every option has a picture of its own', () => {
    for (const option of optionsOf(model)) {
      const drawing = drawOption(model.id, option)
      const svg = toSvg(drawing)
      expect(svg, option).not.toMatch(/NaN|Infinity|undefined/)
      expect(pathsOf(drawing.nodes), option).toBeGreaterThan(2)
      expect(svg, option).not.toBe(toSvg(drawOption('a-model-without-drawing', 'x')))
    }
  })

  test('the drawing names only options and numbers of the model as parts', () => {
    const ids = new Set([...optionsOf(model), ...model.groups.map(group => group.id)])
    const all = optionsOf(model).flatMap(option => partsOf(drawProduct(model.id, chosen([option])).nodes))
    expect(all.filter(part => !ids.has(part))).toEqual([])
  })
})

describe('the machining centre', () => {
  const standard = ['vm850', 'sp10_direct', 'mag_arm24', 'table_tslot', 'panel_10', 'conv_hinge', 'side_left', 'tank_280']
  const draw = (options: string[], numbers?: Record<string, number>) =>
    toSvg(drawProduct('machining-centre', chosen(options, numbers), { frame: 'stage' }))

  test.each([
    'mag_chain40',
    'mag_umbrella16',
    'rot255',
    'trunnion_170',
    'table_pallet2',
    'side_rear',
    'panel_21',
    'mist_mech',
    'mist_estat',
    'chill_3',
    'chill_5',
    'tr_40',
    'probe_radio',
    'door_auto',
    'robot_io',
    'beacon',
    'foundation',
    'vm1270',
  ])('changes with %s', option => {
    const rivals = { mag: 'mag_arm24', table: 'table_tslot', side: 'side_left', panel: 'panel_10', vm1270: 'vm850' } as Record<
      string,
      string
    >
    const others = standard.filter(id => id !== rivals[option.split('_')[0] ?? ''])
    expect(draw([...others, option])).not.toBe(draw(standard))
  })

  test('changes with the height of the riser', () => {
    expect(draw(standard, { column_riser: 150 })).not.toBe(draw(standard, { column_riser: 50 }))
  })

  test('shows its overall dimensions, the riser included', () => {
    const svg = toSvg(drawProduct('machining-centre', chosen(standard, { column_riser: 150 }), { dimensions: true }))
    for (const measure of ['2450', '2300', '2700']) expect(svg).toContain(`>${measure}</text>`)
  })
})

test('a highlighted part is drawn in the signal colour', () => {
  const drawing = drawProduct('machining-centre', chosen(['vm850', 'mist_mech']))
  const count = (svg: string) => svg.split(light.drawingAccent).length
  expect(count(toSvg(drawing, { colours: light, highlight: 'mist_mech' }))).toBeGreaterThan(
    count(toSvg(drawing, { colours: light })),
  )
})

test('colours are CSS variables on a page and plain colours in a document', () => {
  const drawing = drawProduct('rotary-table', chosen(['d255']))
  expect(toSvg(drawing)).toContain('var(--drawing-line,')
  expect(toSvg(drawing, { colours: light })).not.toContain('var(')
})

test('a model without a drawing shows one module for each chosen option', () => {
  for (const modelId of ['printer', 'constructor'])
    expect(partsOf(drawProduct(modelId, chosen(['a', 'b', 'c'])).nodes).toSorted()).toEqual(['a', 'b', 'c'])
  expect(toSvg(drawProduct('printer', chosen([])))).not.toContain('NaN')
})

test('words in a drawing cannot break out of it', () => {
  const svg = toSvg(drawProduct('printer', chosen(['"><script>'])), { title: '<b>&"' })
  expect(svg).not.toContain('<script>')
  expect(svg).toContain('aria-label="&lt;b&gt;&amp;&quot;"')
})

test('the picture for shared links is 1200 × 630 and carries name and facts', () => {
  const svg = ogSvg(
    {
      name: { 'zh-CN': 'VM 系列立式加工中心', en: 'VM series vertical machining centre' },
      maker: { 'zh-CN': '智造先锋', en: 'Zhizao Pioneer' },
      drawing: drawProduct('machining-centre', chosen(['vm850'])),
      facts: [{ value: '18,000', unit: 'rpm', label: { 'zh-CN': '主轴转速', en: 'Spindle speed' } }],
      colours: light,
    },
    'zh-CN',
  )
  expect(svg).toContain('viewBox="0 0 1200 630"')
  for (const word of ['VM 系列立式', '加工中心', '智造先锋', '18,000', '主轴转速']) expect(svg).toContain(word)
  expect(svg).not.toMatch(/var\(|NaN/)
})

function partsOf(nodes: readonly Node[]): string[] {
  return nodes
    .filter((node): node is GroupNode => node.kind === 'group')
    .flatMap(group => [...(group.part === undefined ? [] : [group.part]), ...partsOf(group.children)])
}

function pathsOf(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + (node.kind === 'group' ? pathsOf(node.children) : node.kind === 'path' ? 1 : 0), 0)
}
