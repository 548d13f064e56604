import { expect, test } from 'vitest'
import { problemOf } from '../../../../test/problem-of.ts'
import { drillStand, publishDrillStand } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  changeProduct,
  exportModel,
  getModel,
  getProduct,
  importModel,
  listManagedProducts,
  listProducts,
  modelTemplate,
} from '../core/index.ts'

const { api, platform, request } = await testPortal()
const visitor = await api()
const editor = await api('product')

const base64Of = async (answer: unknown) => Buffer.from(await (answer as Response).arrayBuffer()).toString('base64')

test('a published model stands in the catalogue with the price of its defaults', async () => {
  await publishDrillStand(platform)
  const { items } = await visitor.call(listProducts, {})
  expect(items.find(item => item.slug === 'drill-stand')).toMatchObject({
    name: drillStand.name,
    startingPrice: { net: 100_000, currency: 'CNY' },
    selection: { options: { motor_1kw: 1, supply_2kw: 1 } },
  })
})

test('a model published again replaces the version, and says so of the old one', async () => {
  await publishDrillStand(platform, { id: 'press_stand', name: { 'zh-CN': '压台', en: 'Press stand' } })
  const before = await visitor.call(getProduct, { params: { slug: 'press-stand' } })
  await publishDrillStand(platform, { id: 'press_stand' })
  const after = await visitor.call(getProduct, { params: { slug: 'press-stand' } })
  expect(after.modelVersion).toBe('1.0.0-2')
  expect(await visitor.call(getModel, { params: { modelVersionId: before.modelVersionId } })).toMatchObject({
    withdrawn: true,
    currentVersionId: after.modelVersionId,
  })
})

test('an imported UVL file can be configured at once, flagged as untranslated and without a price', async () => {
  const text =
    'features\n    Lamp\n        mandatory\n            Socket\n                alternative\n                    E27\n                    E14\n        optional\n            Dimmer\nconstraints\n    Dimmer => E27\n'
  const product = await editor.call(importModel, { body: { fileName: 'lamp.uvl', text } })
  expect(product).toMatchObject({ slug: 'lamp', status: 'published', untranslated: true, sourceFormat: 'uvl' })
  expect(await visitor.call(getProduct, { params: { slug: 'lamp' } })).toMatchObject({ startingPrice: null })
})

test('a product leaves as an Excel workbook and comes back from it as its next version, the same', async () => {
  await publishDrillStand(platform, { id: 'travelling_stand' })
  const { items } = await editor.call(listManagedProducts, {})
  const product = items.find(({ slug }) => slug === 'travelling-stand')!
  const file = await editor.fetchFile(exportModel, { params: { productId: product.id } })
  const again = await editor.call(importModel, { body: { fileName: 'stand.xlsx', base64: await base64Of(file) } })
  expect(again).toMatchObject({ id: product.id, version: '1.0.0-2', sourceFormat: 'xlsx', notes: [] })
  const [before, after] = await Promise.all(
    [product, again].map(({ modelVersionId }) => visitor.call(getModel, { params: { modelVersionId: modelVersionId! } })),
  )
  expect(after!.model).toEqual({ ...(before!.model as object), version: '1.0.0-2' })
})

test('the filled-in template can be imported as it is; the empty one is refused by the cell', async () => {
  const example = await editor.fetchFile(modelTemplate, { query: { example: 'true' } })
  const imported = await editor.call(importModel, { body: { fileName: 'example.xlsx', base64: await base64Of(example) } })
  expect(imported).toMatchObject({ slug: 'chiller-example', sourceFormat: 'xlsx' })
  const empty = await editor.fetchFile(modelTemplate, {})
  const problem = await problemOf(editor.call(importModel, { body: { fileName: 'empty.xlsx', base64: await base64Of(empty) } }))
  expect(problem).toMatchObject({ type: '/problems/model-invalid', errors: [{ field: '组 Groups!A1' }] })
})

test('the content of a file stands in text or in base64, not in both or neither', async () => {
  const problem = await problemOf(editor.call(importModel, { body: { fileName: 'm.json' } }))
  expect(problem).toMatchObject({ status: 422, errors: [{ field: '/text' }] })
})

test('a model with a contradiction is refused with its rules, and nothing is written', async () => {
  const impossible = {
    ...drillStand,
    id: 'impossible',
    constraints: [...drillStand.constraints, { id: 'never', kind: 'formula', formula: 'motor_3kw & supply_2kw' }],
  }
  const problem = await problemOf(editor.call(importModel, { body: { fileName: 'm.json', text: JSON.stringify(impossible) } }))
  expect(problem).toMatchObject({ type: '/problems/model-invalid', status: 422 })
  expect(JSON.stringify(problem.errors)).toContain('never')
  const { items } = await editor.call(listManagedProducts, {})
  expect(items.map(item => item.slug)).not.toContain('impossible')
})

test.each([
  ['cut.uvl', 'features\n    Lamp\n        mandatory\n            Socket {Pri'],
  ['broken.json', '{"format": "fettle-model/1", "id": '],
  [
    'unknown.json',
    JSON.stringify({ ...drillStand, constraints: [{ id: 'c', kind: 'requires', if: 'motor_9kw', then: 'supply_2kw' }] }),
  ],
  ['shape.json', JSON.stringify({ ...drillStand, groups: 'none' })],
  ['what.txt', 'hello'],
])('a file that is no model is refused with a place and a remedy: %s', async (fileName, text) => {
  const problem = await problemOf(editor.call(importModel, { body: { fileName, text } }))
  expect(problem.status).toBe(422)
  expect(problem.errors?.[0]).toMatchObject({
    field: expect.any(String),
    message: expect.any(String),
    remedy: expect.any(String),
  })
})

test('a withdrawn product is gone for visitors, and an edit of an older view is refused', async () => {
  const id = await publishDrillStand(platform, { id: 'saw_stand' })
  const { items } = await editor.call(listManagedProducts, { query: { limit: 100 } })
  const { revision } = items.find(item => item.id === id)!
  await editor.call(changeProduct, { params: { productId: id }, body: { status: 'withdrawn' }, ifMatch: String(revision) })
  expect((await problemOf(visitor.call(getProduct, { params: { slug: 'saw-stand' } }))).status).toBe(410)
  const stale = changeProduct
  expect(
    (await problemOf(editor.call(stale, { params: { productId: id }, body: { status: 'published' }, ifMatch: String(revision) })))
      .status,
  ).toBe(412)
})

test('only those who keep the catalogue may import', async () => {
  const sales = await api('sales')
  const body = { fileName: 'm.json', text: '{}' }
  expect((await problemOf(sales.call(importModel, { body }))).status).toBe(403)
  expect((await problemOf(visitor.call(importModel, { body }))).status).toBe(401)
})

test('a shared link to a product has a picture of 1200 × 630 in both languages', async () => {
  await publishDrillStand(platform, { id: 'shown_stand' })
  for (const path of ['/pictures/shown-stand.png', '/en/pictures/shown-stand.png']) {
    const answer = await request(path)
    expect(answer.headers.get('content-type')).toBe('image/png')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630])
  }
  expect((await request('/pictures/nothing.png')).status).toBe(404)
})
