import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { listAuditEntries } from '#features/audit/core'
import type { ProblemError } from '#platform/core'
import { testPortal } from '../../../../test/test-portal.ts'
import {
  defaultNotice,
  getMyPrivacy,
  getNotice,
  getNoticeDraft,
  getNoticeVersion,
  publishNotice,
  saveNoticeDraft,
} from '../core/index.ts'
import { giveConsent } from './index.ts'

const { api, platform } = await testPortal()
const admin = await api('admin')
const visitor = await api()

const draft = async () => admin.callWithEtag(getNoticeDraft, {})
const save = async (chinese: string, english = '') =>
  admin.callWithEtag(saveNoticeDraft, {
    body: { text: { 'zh-CN': chinese, en: english } },
    ifMatch: (await draft()).etag!,
  })
const publish = async (change: string) =>
  admin.call(publishNotice, { body: { change: { 'zh-CN': change, en: '' } }, ifMatch: (await draft()).etag! })
const refused = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('The call was expected to be refused')
    },
    error => (error as ProblemError).problem,
  )
/** What a consent of today names. */
const consent = async () => {
  const customer = await api('customer')
  const { id } = await platform.database
    .db<{ person: { id: string; kind: string } }>()
    .selectFrom('person')
    .select('id')
    .where('kind', '=', 'customer')
    .executeTakeFirstOrThrow()
  await giveConsent(platform, {
    purpose: 'inquiry',
    version: '2026-11-20',
    language: 'en',
    accountId: id,
    emailDigest: null,
    phoneDigest: null,
    form: 'inquiry',
    requestId: platform.newId(),
  })
  const { consents } = await customer.call(getMyPrivacy, {})
  return consents[0]!.notice
}

test('until a notice is published the text of the portal holds, and a consent names that', async () => {
  expect(await visitor.call(getNotice, {})).toMatchObject({ version: 0, text: defaultNotice, publishedAt: null, versions: [] })
  expect((await draft()).value).toMatchObject({ text: defaultNotice, changed: false })
  expect(await consent()).toBe(0)
})

test('a draft is nobody’s to read; published it holds, in both languages, and a consent names it and its hash', async () => {
  await save('# 隐私\n- 我们不出售数据')
  expect((await visitor.call(getNotice, {})).version).toBe(0)
  await publish('')
  const notice = await visitor.call(getNotice, {})
  expect(notice).toMatchObject({ version: 1, current: 1 })
  expect(notice.text.en).toBe('# 隐私\n- 我们不出售数据')
  expect(await consent()).toBe(1)
  const { rows } = await platform.database.pool.query('select notice_hash from consent order by given_at desc limit 1')
  expect(rows[0].notice_hash).toBe(createHash('sha256').update(notice.text.en).digest('hex'))
})

test('the next version says what is new; earlier ones and what they said stay', async () => {
  await save('# 隐私\n- 我们不出售数据', '# Privacy\n- We sell no data')
  expect((await refused(publish(''))).errors).toMatchObject([{ field: '/change/zh-CN' }])
  await publish('增加英文')
  expect((await refused(publish('再一次'))).errors).toMatchObject([{ field: '/change' }])
  const { version, versions } = await visitor.call(getNotice, {})
  expect(version).toBe(2)
  expect(versions).toMatchObject([{ version: 2, change: { 'zh-CN': '增加英文', en: '增加英文' } }, { version: 1 }])
  expect(await visitor.call(getNoticeVersion, { params: { version: 1 } })).toMatchObject({
    current: 2,
    text: { en: '# 隐私\n- 我们不出售数据' },
  })
  expect((await visitor.call(getNoticeVersion, { params: { version: 0 } })).text).toEqual(defaultNotice)
  expect((await refused(visitor.call(getNoticeVersion, { params: { version: 9 } }))).status).toBe(404)
})

test('of two who write at once the second is told, nothing may be empty, and only administrators write', async () => {
  const { etag } = await draft()
  await save('# 新')
  const body = { text: { 'zh-CN': '# 别的', en: '' } }
  expect((await refused(admin.call(saveNoticeDraft, { body, ifMatch: etag! }))).status).toBe(412)
  const change = { 'zh-CN': '新', en: '' }
  expect((await refused(admin.call(publishNotice, { body: { change }, ifMatch: etag! }))).status).toBe(412)
  expect((await refused(save(' '))).errors).toMatchObject([{ field: '/text/zh-CN' }])
  for (const role of ['sales', 'marketing'] as const)
    expect((await refused((await api(role)).call(getNoticeDraft, {}))).status).toBe(403)
})

test('the audit log has each publication', async () => {
  const { items } = await admin.call(listAuditEntries, { query: { action: 'privacy.notice-published' } })
  expect(items).toHaveLength(2)
})
