import type { Group } from '@fettle/engine'
import { expect, test } from 'vitest'
import { getProduct, importDraft } from '#features/products/core'
import { publishModel } from '#features/products/server'
import { ProblemError } from '#platform/core'
import { drillStand, publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  getConfiguration,
  getVersionEffect,
  listMyConfigurations,
  openConfigurator,
  openPreview,
  saveConfiguration,
} from '../core/index.ts'

const { api, platform, request } = await testPortal()
const visitor = await api()
await publishDrillStand(platform)
const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })
const draft = standardDraft(modelVersionId)

const refused = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => null,
    thrown => thrown,
  )
  if (!(error instanceof ProblemError)) throw new Error('The call was expected to be refused')
  return error.problem
}

test('a saved configuration opens by its link as a complete sheet', async () => {
  const { token } = await visitor.call(saveConfiguration, { body: draft })
  const sheet = await visitor.call(getConfiguration, { params: { token } })
  expect(sheet).toMatchObject({ productSlug: 'drill-stand', withdrawn: false, price: { net: 100_000, gross: 113_000 } })
  expect(sheet.groups.flatMap(group => group.items.map(item => item.name.en))).toEqual(['1 kW motor', '2 kW supply'])
})

test('the sheet is a PDF in both languages', async () => {
  const { token } = await visitor.call(saveConfiguration, { body: draft })
  for (const path of [`/c/${token}/sheet.pdf`, `/en/c/${token}/sheet.pdf`]) {
    const answer = await request(path)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytes.length).toBeGreaterThan(5000)
  }
})

test('a tampered price is refused and nothing is saved', async () => {
  const problem = await refused(visitor.call(saveConfiguration, { body: { ...draft, net: 1 } }))
  expect(problem).toMatchObject({ type: '/problems/price-differs', status: 409, net: 100_000 })
})

test('a selection that breaks a rule is refused with the rule in words', async () => {
  const selection = { options: { motor_3kw: 1, supply_2kw: 1 }, numbers: {} }
  const problem = await refused(visitor.call(saveConfiguration, { body: { ...draft, selection, net: 130_000 } }))
  expect(problem).toMatchObject({ type: '/problems/selection-invalid', status: 422, errors: [{ value: 'enough_power' }] })
})

test('decisions must hold in the selection they come with', async () => {
  const decisions = [{ option: 'motor_3kw', chosen: true }]
  expect((await refused(visitor.call(saveConfiguration, { body: { ...draft, decisions } }))).errors?.[0]?.field).toBe(
    '/decisions/0',
  )
})

test('a name that the model does not have is refused by name', async () => {
  const selection = { options: { motor_1kw: 1, supply_2kw: 1, wings: 1 }, numbers: {} }
  expect(JSON.stringify((await refused(visitor.call(saveConfiguration, { body: { ...draft, selection } }))).errors)).toContain(
    'wings',
  )
})

test('a withdrawn model version cannot be saved, and the answer names the way on', async () => {
  await publishDrillStand(platform, { id: 'old_stand' })
  const before = await visitor.call(getProduct, { params: { slug: 'old-stand' } })
  const { token } = await visitor.call(saveConfiguration, { body: standardDraft(before.modelVersionId) })
  await publishDrillStand(platform, { id: 'old_stand' })
  const now = await visitor.call(getProduct, { params: { slug: 'old-stand' } })
  expect(await refused(visitor.call(saveConfiguration, { body: standardDraft(before.modelVersionId) }))).toMatchObject({
    type: '/problems/model-withdrawn',
    productSlug: 'old-stand',
    currentVersionId: now.modelVersionId,
  })
  expect(await visitor.call(getConfiguration, { params: { token } })).toMatchObject({
    withdrawn: true,
    currentVersionId: now.modelVersionId,
  })
})

test('a link of an older version is offered the nearest configuration of the present one, with the differences', async () => {
  const named = { id: 'moved_stand' }
  await publishDrillStand(platform, {
    ...named,
    defaults: [
      { option: 'motor_1kw', chosen: true },
      { option: 'supply_5kw', chosen: true },
    ],
  })
  const params = { slug: 'moved-stand' }
  const { modelVersionId: old, modelVersion: v } = await visitor.call(getProduct, { params })
  const [decisions, selection] = [[chosen('motor_1kw')], { options: { motor_1kw: 1, supply_5kw: 1 }, numbers: {} }]
  const { token } = await visitor.call(saveConfiguration, { body: { modelVersionId: old, decisions, selection, net: 115_000 } })
  expect(await visitor.call(openConfigurator, { params, query: { from: token } })).toMatchObject({ former: null, nearest: null })

  await publishDrillStand(platform, { ...named, version: '2.0.0' })
  const offered = { misfits: [], nearest: { changes: [], gone: [], decisions: [...decisions, chosen('supply_5kw')] } }
  expect(await visitor.call(openConfigurator, { params, query: { from: token } })).toMatchObject(offered)
  expect(await visitor.call(openConfigurator, { params, query: { c: 'motor_1kw', v } })).toMatchObject(offered)

  const [motors, supplies] = drillStand.groups as Extract<Group, { kind: 'choose-one' }>[]
  const without = { ...motors!, options: motors!.options.filter(({ id }) => id !== 'motor_1kw') }
  const { defaults: _, prices: __, ...plain } = drillStand
  await publishModel(platform, {
    model: { ...plain, ...named, version: '3.0.0', groups: [without, supplies!] },
    sourceFormat: 'json',
    publish: true,
  })
  const { misfits, nearest } = await visitor.call(openConfigurator, { params, query: { from: token } })
  expect(misfits).toEqual([])
  expect(nearest).toEqual({
    changes: [{ kind: 'added', option: 'motor_3kw' }],
    gone: [motors!.options[0]!.name],
    decisions: null,
  })
})

const chosen = (option: string) => ({ option, chosen: true })

test('a signed-in customer finds what he saved, and nobody else does', async () => {
  const customer = await api('customer')
  const { token } = await customer.call(saveConfiguration, { body: draft })
  expect((await customer.call(listMyConfigurations, {})).items.map(item => item.token)).toContain(token)
  const staff = await api('sales')
  expect((await refused(staff.call(listMyConfigurations, {}))).status).toBe(403)
  expect((await refused(visitor.call(listMyConfigurations, {}))).status).toBe(401)
})

test('an unknown link is not found', async () => {
  expect((await refused(visitor.call(getConfiguration, { params: { token: 'nothing' } }))).status).toBe(404)
  expect((await request('/c/nothing/sheet.pdf')).status).toBe(404)
})

test('what a draft does to saved configurations is told before it is published', async () => {
  const productId = await publishDrillStand(platform, { id: 'effect_stand' })
  const { modelVersionId: current } = await visitor.call(getProduct, { params: { slug: 'effect-stand' } })
  const strong = { options: { motor_3kw: 1, supply_5kw: 1 }, numbers: {} }
  for (const body of [standardDraft(current), { modelVersionId: current, decisions: [], selection: strong, net: 145_000 }])
    await visitor.call(saveConfiguration, { body })
  const text = JSON.stringify({
    ...drillStand,
    id: 'effect_stand',
    constraints: [...drillStand.constraints, { id: 'no_strong', kind: 'formula', formula: '!motor_3kw' }],
    prices: [{ id: 'base', kind: 'base', amount: 85_000 }, drillStand.prices![1]],
  })
  const editor = await api('product')
  const { draft: waiting } = await editor.call(importDraft, { params: { productId }, body: { fileName: 'm.json', text } })
  const params = { productId, modelVersionId: waiting!.id }
  expect(await editor.call(getVersionEffect, { params })).toEqual({
    looked: 2,
    valid: 1,
    dearer: 1,
    cheaper: 0,
    rise: 5_000,
    fall: 0,
    currency: 'CNY',
  })
  expect(await editor.call(openPreview, { params: { productId } })).toMatchObject({
    modelVersionId: waiting!.id,
    modelPath: `/api/v1/console/products/${productId}/versions/${waiting!.id}/model`,
  })
})
