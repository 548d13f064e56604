import { expect, test } from 'vitest'
import { listAuditEntries } from '#features/audit/core'
import type { ProblemError } from '#platform/core'
import { publishDrillStand } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { getPreset, getPricing, getShownPrices, type ProductPreset, savePreset, savePricing } from '../core/index.ts'
import { modelTemplate, readModelApart, readPreset } from './index.ts'

const { api, platform } = await testPortal()
const admin = await api('admin')
const refused = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('The call was expected to be refused')
    },
    error => (error as ProblemError).problem,
  )
const save = async (preset: ProductPreset) => {
  const { etag } = await admin.callWithEtag(getPreset, {})
  return admin.call(savePreset, { body: preset, ifMatch: etag! })
}
const vat = { name: { 'zh-CN': '增值税', en: '' }, percent: 13 }

test('the empty product form begins with the currency and tax of the house', async () => {
  expect((await admin.call(getPreset, {})).currency).toBe('CNY')
  await save({ currency: 'eur', tax: vat })
  const { preset } = await readPreset(platform.database)
  expect(preset).toEqual({ currency: 'EUR', tax: { name: { 'zh-CN': '增值税', en: '增值税' }, percent: 13 } })
  const file = await modelTemplate({ example: true, preset }, 'en')
  const parts: Uint8Array[] = []
  for await (const part of file.content as AsyncIterable<Uint8Array>) parts.push(part)
  const bytes = Buffer.concat(parts)
  const read = await readModelApart({ fileName: 'form.xlsx', bytes })
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  expect(JSON.parse(read.json)).toMatchObject({ currency: 'EUR', tax: { percent: 13 } })
})

test.each([
  ['a currency there is not', { currency: 'XXQ', tax: null }, '/currency'],
  ['a tax of more than everything', { currency: 'CNY', tax: { ...vat, percent: 130 } }, '/tax/percent'],
  ['a tax of three decimals', { currency: 'CNY', tax: { ...vat, percent: 7.125 } }, '/tax/percent'],
  ['a tax without a name', { currency: 'CNY', tax: { name: { 'zh-CN': '', en: ' ' }, percent: 13 } }, '/tax/name/zh-CN'],
])('%s is refused with what to do', async (_, preset, field) => {
  const { errors } = await refused(save(preset))
  expect(errors).toMatchObject([{ field }])
  expect(errors![0]!.remedy).toBeTruthy()
})

test('of two who save at once the second is told, and the log has the change', async () => {
  const { etag } = await admin.callWithEtag(getPreset, {})
  await save({ currency: 'USD', tax: null })
  expect((await refused(admin.call(savePreset, { body: { currency: 'CNY', tax: null }, ifMatch: etag! }))).status).toBe(412)
  const { items } = await admin.call(listAuditEntries, { query: { action: 'product-preset.changed' } })
  expect(items[0]).toMatchObject({ outcome: 'done' })
})

test('whoever sees no price is not told what kind of prices they are', async () => {
  const shown = async (as?: 'customer' | 'sales') => (await (await api(as)).call(getShownPrices, {})).shown
  expect(await shown()).toBe(true)
  await publishDrillStand(platform)
  expect(await shown()).toBe(true)
  const { etag } = await admin.callWithEtag(getPricing, {})
  await admin.call(savePricing, { body: { visibility: 'signed-in' }, ifMatch: etag! })
  expect([await shown(), await shown('customer'), await shown('sales')]).toEqual([false, true, true])
})
