import type { Model } from '@fettle/engine'
import { expect, test } from 'vitest'
import { problemOf } from '../../../../test/problem-of.ts'
import { drillStand, publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { saveConfiguration } from '../../configurator/core/index.ts'
import {
  compareVersions,
  discardDraft,
  getManagedProduct,
  getModel,
  getProduct,
  getVersionModel,
  importDraft,
  importModel,
  listManagedProducts,
  listProducts,
  publishAgain,
  publishDraft,
} from '../core/index.ts'

const { api, platform, request } = await testPortal()
const visitor = await api()
const editor = await api('product')

const both = (text: string) => ({ 'zh-CN': text, en: text })

/** A drill stand of its own with version 1.0.0 published. */
async function stand(id: string) {
  const productId = await publishDrillStand(platform, { id })
  return { id, productId, slug: id.replaceAll('_', '-') }
}

const fileOf = (model: Model) => ({ fileName: `${model.id}.json`, text: JSON.stringify(model) })
const draftOf = (id: string, change: Partial<Model> = {}): Model => ({ ...drillStand, id, version: '2.0.0', ...change })
const dearer = { prices: [{ id: 'base', kind: 'base', amount: 90_000 } as const, drillStand.prices![1]!] }

const importInto = (productId: string, model: Model) => editor.call(importDraft, { params: { productId }, body: fileOf(model) })
const read = (productId: string) => editor.callWithEtag(getManagedProduct, { params: { productId } })

test('an imported draft waits beside the current version, and visitors notice nothing', async () => {
  const { id, productId, slug } = await stand('waiting_stand')
  const before = await visitor.call(getProduct, { params: { slug } })
  const { draft, version } = await importInto(productId, draftOf(id, dearer))
  expect(version).toBe('1.0.0')
  expect(draft).toMatchObject({ version: '2.0.0', fileName: 'waiting_stand.json', startingPrice: { net: 110_000 } })
  expect(await visitor.call(getProduct, { params: { slug } })).toEqual(before)

  const strangers = [
    () => visitor.call(getModel, { params: { modelVersionId: draft!.id } }),
    () => visitor.call(saveConfiguration, { body: { ...standardDraft(draft!.id), net: 110_000 } }),
  ]
  for (const call of strangers) expect((await problemOf(call())).status).toBe(404)
  expect((await request(`/models/${draft!.id}.json`)).status).toBe(404)
  const params = { productId, modelVersionId: draft!.id }
  expect((await problemOf(visitor.call(getVersionModel, { params }))).status).toBe(401)
  expect(await editor.call(getVersionModel, { params })).toMatchObject({ id, version: '2.0.0' })
})

test('a draft published becomes the current version, with who and why in the history', async () => {
  const { id, productId, slug } = await stand('published_stand')
  const first = await visitor.call(getProduct, { params: { slug } })
  await importInto(productId, draftOf(id, dearer))
  const { etag } = await read(productId)
  const after = await editor.call(publishDraft, {
    params: { productId },
    body: { reason: 'Prices of 2027' },
    ifMatch: etag,
  })
  expect(after).toMatchObject({ draft: null, version: '2.0.0', status: 'published' })
  expect(after.history.map(({ kind, version, reason }) => [kind, version, reason])).toEqual([
    ['published', '2.0.0', 'Prices of 2027'],
    ['imported', '2.0.0', null],
    ['published', '1.0.0', null],
  ])
  expect(after.history[0]!.author?.name).toBeTruthy()
  const now = await visitor.call(getProduct, { params: { slug } })
  expect(now.startingPrice).toMatchObject({ net: 110_000 })
  expect(await visitor.call(getModel, { params: { modelVersionId: first.modelVersionId } })).toMatchObject({ withdrawn: true })
})

test('of two who publish at once one wins, and the other is told that somebody changed it', async () => {
  const { id, productId } = await stand('contended_stand')
  await importInto(productId, draftOf(id))
  const { etag } = await read(productId)
  const publish = () => editor.call(publishDraft, { params: { productId }, body: { reason: 'Now' }, ifMatch: etag })
  const outcomes = await Promise.allSettled([publish(), publish()])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const lost = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult
  expect(lost.reason.problem).toMatchObject({ status: 412, detail: expect.any(String), remedy: expect.any(String) })
  const { value } = await read(productId)
  expect(value.history.filter(({ kind }) => kind === 'published')).toHaveLength(2)
})

test('a draft is replaced by the next file, and discarded without a trace for visitors', async () => {
  const { id, productId } = await stand('discarded_stand')
  const first = await importInto(productId, draftOf(id))
  const second = await importInto(productId, draftOf(id, { version: '3.0.0' }))
  expect(second.draft).toMatchObject({ version: '3.0.0' })
  expect(second.draft!.id).not.toBe(first.draft!.id)
  const { etag } = await read(productId)
  await editor.call(discardDraft, { params: { productId }, ifMatch: etag })
  const { value } = await read(productId)
  expect(value).toMatchObject({ draft: null, version: '1.0.0' })
  expect(value.history[0]).toMatchObject({ kind: 'discarded', version: '3.0.0' })
})

test('a product that has a draft alone is seen by staff only, and goes with its draft', async () => {
  const body = { ...fileOf(draftOf('new_stand')), publish: false }
  const product = await editor.call(importModel, { body })
  expect(product).toMatchObject({ status: 'draft', version: null, hasDraft: true, name: drillStand.name })
  expect((await visitor.call(listProducts, {})).items.map(({ slug }) => slug)).not.toContain('new-stand')
  expect((await problemOf(visitor.call(getProduct, { params: { slug: 'new-stand' } }))).status).toBe(404)
  const { etag } = await read(product.id)
  await editor.call(discardDraft, { params: { productId: product.id }, ifMatch: etag })
  expect((await problemOf(read(product.id))).status).toBe(404)
  const { items } = await editor.call(listManagedProducts, { query: { limit: 100 } })
  expect(items.map(({ slug }) => slug)).not.toContain('new-stand')
})

test('an example that does not hold stops a draft, and an import that is to be published at once', async () => {
  const examples: Model['examples'] = [
    {
      id: 'strong_on_small',
      name: both('Strong motor on the small supply'),
      expect: 'possible',
      decisions: [
        { option: 'motor_3kw', chosen: true },
        { option: 'supply_2kw', chosen: true },
      ],
    },
  ]
  const { id, productId } = await stand('stopped_stand')
  const { draft } = await importInto(productId, draftOf(id, { examples }))
  expect(draft!.findings[0]).toMatchObject({ severity: 'error', code: 'example-fails', path: '/examples/0' })
  const { etag } = await read(productId)
  const publish = editor.call(publishDraft, {
    params: { productId },
    body: { reason: 'Now', acceptWarnings: true },
    ifMatch: etag,
  })
  expect(await problemOf(publish)).toMatchObject({ status: 422, type: '/problems/checks-failed' })
  const atOnce = editor.call(importModel, { body: { ...fileOf(draftOf(id, { examples })), publish: true } })
  expect(await problemOf(atOnce)).toMatchObject({ type: '/problems/model-invalid', errors: [{ field: '/examples/0' }] })
})

test('warnings are to be accepted before a draft is published', async () => {
  const { id, productId } = await stand('warned_stand')
  const never = { id: 'no_strong', kind: 'formula', formula: '!motor_3kw' } as const
  const { draft } = await importInto(productId, draftOf(id, { constraints: [...drillStand.constraints, never] }))
  const codes = draft!.findings.map(({ code, name }) => `${code} ${name.en}`)
  expect(codes).toContain('dead-option 3 kW motor')
  expect(codes).toContain('missing-message no_strong')
  expect(draft!.findings.find(({ code }) => code === 'dead-option')!.message.en).toContain('no_strong')
  const { etag } = await read(productId)
  const publish = (acceptWarnings: boolean) =>
    editor.call(publishDraft, { params: { productId }, body: { reason: 'Only weak ones now', acceptWarnings }, ifMatch: etag })
  expect(await problemOf(publish(false))).toMatchObject({ status: 409, type: '/problems/warnings-not-accepted' })
  expect(await publish(true)).toMatchObject({ version: '2.0.0' })
})

test('a file of another product is refused with both names and a remedy', async () => {
  const { productId } = await stand('own_stand')
  const problem = await problemOf(importInto(productId, draftOf('foreign_stand')))
  expect(problem).toMatchObject({ status: 422, type: '/problems/other-model', remedy: expect.stringContaining('own_stand') })
  expect(problem.detail).toContain('foreign_stand')
})

test('an earlier version published again is a new version, and what came between stays in the history', async () => {
  const { id, productId, slug } = await stand('again_stand')
  const first = await visitor.call(getProduct, { params: { slug } })
  await importInto(productId, draftOf(id, dearer))
  await editor.call(publishDraft, { params: { productId }, body: { reason: 'Dearer' }, ifMatch: (await read(productId)).etag })
  const params = { productId, modelVersionId: first.modelVersionId }
  const after = await editor.call(publishAgain, {
    params,
    body: { reason: 'Too dear' },
    ifMatch: (await read(productId)).etag,
  })
  expect(after.version).toBe('1.0.0-2')
  expect(after.history[0]).toMatchObject({ kind: 'published', again: '1.0.0', reason: 'Too dear' })
  expect((await visitor.call(getProduct, { params: { slug } })).startingPrice).toMatchObject({ net: 100_000 })
})

test('two versions are compared by what they say, with the starting price of each', async () => {
  const { id, productId, slug } = await stand('compared_stand')
  const { modelVersionId } = await visitor.call(getProduct, { params: { slug } })
  const { draft } = await importInto(productId, draftOf(id, dearer))
  const compared = await editor.call(compareVersions, {
    params: { productId },
    query: { before: modelVersionId, after: draft!.id },
  })
  expect(compared).toMatchObject({
    total: 1,
    before: { version: '1.0.0', startingPrice: { net: 100_000 } },
    after: { version: '2.0.0', startingPrice: { net: 110_000 } },
    differences: [{ kind: 'price', change: 'changed' }],
  })
})
