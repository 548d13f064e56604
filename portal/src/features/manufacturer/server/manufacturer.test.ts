import { expect, test } from 'vitest'
import { listAuditEntries } from '#features/audit/core'
import type { ProblemError } from '#platform/core'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  blankProfile,
  getManufacturer,
  getProfile,
  type ManufacturerProfile,
  saveProfile,
  unnamedManufacturer,
} from '../core/index.ts'

const { api, request } = await testPortal()
const admin = await api('admin')
const visitor = await api()

const named: ManufacturerProfile = { ...unnamedManufacturer, name: { 'zh-CN': '华东包装机械', en: '' } }
const save = async (profile: ManufacturerProfile, etag?: string) => {
  const ifMatch = etag ?? (await admin.callWithEtag(getProfile, {})).etag
  return admin.call(saveProfile, { body: profile, ifMatch })
}
const refused = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('The call was expected to be refused')
    },
    error => (error as ProblemError).problem,
  )

test('an empty portal says so, and who runs it stands there from the first saving on, in both languages', async () => {
  const { value, etag } = await admin.callWithEtag(getProfile, {})
  expect(value).toEqual({ profile: blankProfile, unnamed: true })
  expect((await visitor.call(getManufacturer, {})).name['zh-CN']).toBe('贵公司名称')
  const saved = await save({ ...named, legalName: { 'zh-CN': '', en: '' } }, etag)
  expect(saved.unnamed).toBe(false)
  const shown = await visitor.call(getManufacturer, {})
  expect(shown.name).toEqual({ 'zh-CN': '华东包装机械', en: '华东包装机械' })
  expect(shown.legalName).toEqual(shown.name)
})

test('of two who save at once the second is told', async () => {
  const { etag } = await admin.callWithEtag(getProfile, {})
  await save({ ...named, phone: '+86 512 5550 0118' }, etag)
  expect((await refused(save({ ...named, phone: '' }, etag))).status).toBe(412)
  expect((await visitor.call(getManufacturer, {})).phone).toBe('+86 512 5550 0118')
})

test('what cannot be is refused with the field and what to do, and nothing is changed', async () => {
  await save(named)
  const wrong = { ...named, name: { 'zh-CN': ' ', en: '' }, phone: 'call us', email: 'sales at home', timeZone: 'Asia/Suzhou' }
  const { errors } = await refused(save(wrong))
  expect(errors?.map(({ field }) => field).sort()).toEqual(['/email', '/name/zh-CN', '/phone', '/timeZone'])
  expect(errors?.every(({ remedy }) => remedy)).toBe(true)
  expect((await refused(save({ ...named, legalLines: Array(11).fill(named.name) }))).errors).toMatchObject([
    { field: '/legalLines' },
  ])
  expect((await visitor.call(getManufacturer, {})).name['zh-CN']).toBe('华东包装机械')
})

test('the audit log has what was changed, and only that', async () => {
  await save(named)
  await save({ ...named, hours: { 'zh-CN': '周一至周五', en: 'Monday to Friday' } })
  const { items } = await admin.call(listAuditEntries, { query: { action: 'manufacturer.changed' } })
  expect(items[0]).toMatchObject({ target: { kind: 'manufacturer' }, outcome: 'done' })
  expect(JSON.stringify(items[0])).toContain('Monday to Friday')
  expect(JSON.stringify(items[0])).not.toContain('华东包装机械')
})

test('nobody but administrators edits it', async () => {
  for (const role of ['sales', 'product', 'service', 'marketing'] as const)
    expect((await refused((await api(role)).call(getProfile, {}))).status).toBe(403)
  const answer = await request('/api/v1/manufacturer/profile')
  expect(answer.status).toBe(401)
})
